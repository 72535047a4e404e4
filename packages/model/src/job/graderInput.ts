import { OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'

const source = apiSchemaSource('EvalItem')

export const PromptCacheBreakpoint = describedRecord(
  'PromptCacheBreakpoint',
  { description: 'The end of a prefix that the service caches.', source },
  { mode: describedField(OpenEnum('CacheMode', ['explicit']), 'The mode of the cache.') },
  { ttl: describedField(OpenEnum('CacheTtl', ['30m', '12h']), 'The lifetime in the cache.') },
)

export const InputText = describedRecord(
  'InputText',
  { description: 'A text that is given to a grading model.', source },
  {
    type: describedField(t.literal('input_text'), 'Always `"input_text"`.'),
    text: describedField(t.string, 'The text, with `{{…}}` templates.'),
  },
  {
    prompt_cache_breakpoint: describedField(
      PromptCacheBreakpoint,
      'The end of a prefix that the service caches.',
    ),
  },
)

export const OutputText = describedRecord(
  'OutputText',
  { description: 'A text that a model wrote.', source },
  {
    type: describedField(t.literal('output_text'), 'Always `"output_text"`.'),
    text: describedField(t.string, 'The text, with `{{…}}` templates.'),
  },
)

export const InputImage = describedRecord(
  'InputImage',
  { description: 'An image that is given to a grading model.', source },
  {
    type: describedField(t.literal('input_image'), 'Always `"input_image"`.'),
    image_url: describedField(t.string, 'The URL of the image.'),
  },
  { detail: describedField(t.string, 'The level of detail.') },
)

export const InputAudio = describedRecord(
  'InputAudio',
  { description: 'A sound that is given to a grading model.', source },
  {
    type: describedField(t.literal('input_audio'), 'Always `"input_audio"`.'),
    input_audio: describedField(
      describedRecord(
        'AudioData',
        { description: 'A sound and its format.', source },
        {
          data: describedField(t.string, 'The sound in base64.'),
          format: describedField(OpenEnum('AudioFormat', ['mp3', 'wav']), 'The format of the sound.'),
        },
      ),
      'The sound and its format.',
    ),
  },
)

const Part = t.union([t.string, InputText, OutputText, InputImage, InputAudio])

/** A message to a grading model. */
export const GraderMessage = describedRecord(
  'GraderMessage',
  { description: 'A message to a grading model.', source },
  {
    role: describedField(
      OpenEnum('GraderRole', ['user', 'assistant', 'system', 'developer']),
      'The role of the author.',
    ),
    content: describedField(t.union([Part, t.array(Part)]), 'The text of the message, or its parts.'),
  },
  { type: describedField(OpenEnum('MessageType', ['message']), 'Always `"message"`.') },
)

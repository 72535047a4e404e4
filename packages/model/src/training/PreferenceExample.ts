import { record } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'
import { conversationOptions } from './ChatExample.ts'
import { ChatMessage } from './ChatMessage.ts'

/** One line of a training file for direct preference optimization. */
export const PreferenceExample = describedRecord(
  'PreferenceExample',
  {
    description: 'A conversation with a preferred and a rejected answer.',
    source: apiSchemaSource('FineTunePreferenceRequestInput'),
  },
  {
    input: describedField(
      record(
        'PreferenceInput',
        { messages: describedField(t.array(ChatMessage), 'The conversation, oldest message first.') },
        conversationOptions,
      ),
      'The conversation before the answer.',
    ),
    preferred_output: describedField(t.array(ChatMessage), 'The preferred answer.'),
    non_preferred_output: describedField(t.array(ChatMessage), 'The rejected answer.'),
  },
)
export interface PreferenceExample extends t.TypeOf<typeof PreferenceExample> {}

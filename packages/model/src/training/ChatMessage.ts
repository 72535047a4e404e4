import { Integer, OpenEnum, nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'

/** One message of a conversation, in the form of the chat API. */
export const ChatMessage = describedRecord(
  'ChatMessage',
  {
    description: 'One message of a conversation.',
    source: apiSchemaSource('ChatCompletionRequestMessage'),
  },
  {
    role: describedField(
      OpenEnum('ChatRole', ['developer', 'system', 'user', 'assistant', 'tool', 'function']),
      'Who speaks.',
    ),
  },
  {
    content: describedField(
      nullable(t.union([t.string, t.array(t.UnknownRecord)])),
      'The text, or its parts; null for a message that only calls tools.',
    ),
    name: describedField(t.string, 'A name that tells speakers of one role apart.'),
    weight: describedField(Integer, '1 if the message is trained on, 0 if it is not.'),
    tool_calls: describedField(t.array(t.UnknownRecord), 'The tool calls of an assistant message.'),
    tool_call_id: describedField(t.string, 'The tool call that a tool message answers.'),
    function_call: describedField(nullable(t.UnknownRecord), 'The deprecated form of one tool call.'),
    refusal: describedField(nullable(t.string), 'The text of a refusal.'),
  },
)
export interface ChatMessage extends t.TypeOf<typeof ChatMessage> {}

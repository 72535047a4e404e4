import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'
import { ChatMessage } from './ChatMessage.ts'

/** Fields that a conversation may carry besides its messages. */
export const conversationOptions = {
  tools: describedField(t.array(t.UnknownRecord), 'The tools that the model may call.'),
  parallel_tool_calls: describedField(t.boolean, 'True if several tools may be called at once.'),
  functions: describedField(t.array(t.UnknownRecord), 'The deprecated form of `tools`.'),
}

/**
 * One line of a training file for a chat model: a conversation that ends with the wanted answer.
 */
export const ChatExample = describedRecord(
  'ChatExample',
  {
    description: 'A conversation that ends with the wanted answer.',
    source: apiSchemaSource('FineTuneChatRequestInput'),
  },
  { messages: describedField(t.array(ChatMessage), 'The conversation, oldest message first.') },
  conversationOptions,
)
export interface ChatExample extends t.TypeOf<typeof ChatExample> {}

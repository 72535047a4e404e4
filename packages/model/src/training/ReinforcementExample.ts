import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'
import { conversationOptions } from './ChatExample.ts'
import { ChatMessage } from './ChatMessage.ts'

/**
 * One line of a training file for reinforcement: a conversation that waits for an answer. Other
 * keys are what the grader compares the answer with, and are kept.
 */
export const ReinforcementExample = describedRecord(
  'ReinforcementExample',
  {
    description: 'A conversation that waits for an answer, with what its grader needs.',
    source: apiSchemaSource('FineTuneReinforcementRequestInput'),
  },
  { messages: describedField(t.array(ChatMessage), 'The conversation, oldest message first.') },
  conversationOptions,
)
export interface ReinforcementExample extends t.TypeOf<typeof ReinforcementExample> {}

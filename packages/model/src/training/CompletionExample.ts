import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'

/** One line of a training file for a completion model. */
export const CompletionExample = describedRecord(
  'CompletionExample',
  {
    description: 'A prompt and the wanted completion.',
    source: apiSchemaSource('FineTuneCompletionRequestInput'),
  },
  {
    prompt: describedField(t.string, 'The text that is given.'),
    completion: describedField(t.string, 'The text that is wanted.'),
  },
)
export interface CompletionExample extends t.TypeOf<typeof CompletionExample> {}

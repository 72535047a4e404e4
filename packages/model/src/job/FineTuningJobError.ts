import { nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'
import { snapshotOf } from '../snapshotOf.ts'

export const FineTuningJobError = describedRecord(
  'FineTuningJobError',
  { description: 'The reason why a job failed.', source: apiSchemaSource('FineTuningJob, error') },
  {
    code: describedField(t.string, 'The error as a word for programs.'),
    message: describedField(t.string, 'The error in words.'),
    param: describedField(
      nullable(t.string),
      'The parameter at fault, usually `training_file` or `validation_file`.',
    ),
  },
)
export interface FineTuningJobError extends t.TypeOf<typeof FineTuningJobError> {}

/** The reason why a job failed; empty, or full of nulls, while it has not. */
export const FineTuningJobErrorSnapshot = snapshotOf(FineTuningJobError, {
  description: 'The reason why a job failed; empty, or full of nulls, while it has not.',
  mayBeAbsent: ['code', 'message', 'param'],
})
export interface FineTuningJobErrorSnapshot extends t.TypeOf<typeof FineTuningJobErrorSnapshot> {}

import { nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedRecord, describedField } from '../describedRecord.ts'

const fields = <S extends t.Mixed>(text: S) => ({
  code: describedField(text, 'The error as a word for programs.'),
  message: describedField(text, 'Why the job failed, in words.'),
  param: describedField(
    nullable(t.string),
    'The parameter that was at fault, usually `training_file` or `validation_file`.',
  ),
})

const source = apiSchemaSource('FineTuningJob, error')

export const FineTuningJobError = describedRecord(
  'FineTuningJobError',
  { description: 'Why a job failed.', source },
  fields(t.string),
)
export interface FineTuningJobError extends t.TypeOf<typeof FineTuningJobError> {}

export const FineTuningJobErrorSnapshot = describedRecord(
  'FineTuningJobErrorSnapshot',
  { description: 'Why a job failed, as it is seen: empty, or full of nulls, while it has not.', source },
  {},
  fields(nullable(t.string)),
)
export interface FineTuningJobErrorSnapshot extends t.TypeOf<typeof FineTuningJobErrorSnapshot> {}

import { nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiDescription } from '../apiDescription.ts'
import { described, field } from '../described.ts'

const fields = <S extends t.Mixed>(text: S) => ({
  /** The error as a word for programs. */
  code: field(text, 'The error as a word for programs.'),
  /** Why the job failed, in words. */
  message: field(text, 'Why the job failed, in words.'),
  /** The parameter that was at fault, usually `training_file` or `validation_file`. */
  param: field(
    nullable(t.string),
    'The parameter that was at fault, usually `training_file` or `validation_file`.',
  ),
})

const source = apiDescription('FineTuningJob, error')

/** Why a job failed. */
export const FineTuningJobError = described(
  'FineTuningJobError',
  { description: 'Why a job failed.', source },
  fields(t.string),
)
export interface FineTuningJobError extends t.TypeOf<typeof FineTuningJobError> {}

/** Why a job failed, as it is seen: empty, or full of nulls, while it has not. */
export const FineTuningJobErrorSnapshot = described(
  'FineTuningJobErrorSnapshot',
  { description: 'Why a job failed, as it is seen: empty, or full of nulls, while it has not.', source },
  {},
  fields(nullable(t.string)),
)
export interface FineTuningJobErrorSnapshot extends t.TypeOf<typeof FineTuningJobErrorSnapshot> {}

import { FineTuneSnapshot, FineTuningJobSnapshot } from '@finetune-kit/model'
import * as Flag from 'effect/cli/Flag'
import type * as t from 'io-ts'

/** `--job`: which of the two families of records a command reads. */
export const job = Flag.Boolean('job').pipe(
  Flag.withDefault(false),
  Flag.withDescription('The records are fine-tuning jobs, not fine-tunes'),
)

/** The codec of a family, as one of records that only their codec knows. */
export const recordType = (job: boolean): t.Type<unknown, unknown> =>
  (job ? FineTuningJobSnapshot : FineTuneSnapshot) as t.Type<unknown, unknown>

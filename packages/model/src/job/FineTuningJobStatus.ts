import { annotate, OpenEnum } from '@finetune-kit/codec'
import type * as t from 'io-ts'

/** The stages of a job, oldest first. A reinforcement job can be paused and resumed. */
const stages = [
  ['validating_files'],
  ['queued'],
  ['running', 'paused'],
  ['succeeded', 'failed', 'cancelled'],
] as const

/** The status of a job. Other words occur: `created` and `pending` were seen. */
export const FineTuningJobStatus = annotate(OpenEnum('FineTuningJobStatus', stages.flat()), {
  description: 'The status of a job.',
  order: stages,
})
export type FineTuningJobStatus = t.TypeOf<typeof FineTuningJobStatus>

import { annotate, dictionary, Integer, nullable, OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { describedField } from '../describedRecord.ts'
import { UnixSeconds } from '../UnixSeconds.ts'
import { FineTuningIntegration } from './FineTuningIntegration.ts'
import { FineTuningMethod } from './FineTuningMethod.ts'

/** The stages of a job; the words of the last one are ends. */
const stages = [['validating_files'], ['queued'], ['running'], ['succeeded', 'failed', 'cancelled']]

/** Where a job stands. Other words occur: `created`, `pending` and `paused` were seen. */
export const FineTuningJobStatus = annotate(OpenEnum('FineTuningJobStatus', stages.flat()), {
  description: 'Where a job stands.',
  order: stages,
})
export type FineTuningJobStatus = t.TypeOf<typeof FineTuningJobStatus>

/** The fields that are always there, given the two that may then be null. */
export const fields = <O extends t.Mixed, R extends t.Mixed>(organization: O, results: R) => ({
  /** The id of the job: `ftjob-…`. */
  id: describedField(t.string, 'The id of the job: `ftjob-…`.'),
  /** Always `"fine_tuning.job"`. */
  object: describedField(t.string, 'Always `"fine_tuning.job"`.'),
  /** When the job was created. */
  created_at: describedField(UnixSeconds, 'When the job was created.'),
  /** The name of the base model. */
  model: describedField(t.string, 'The name of the base model.'),
  /** The name of the model that the job makes: null until it is published. */
  fine_tuned_model: describedField(
    nullable(t.string),
    'The name of the model that the job makes: null until it is published.',
  ),
  /** The organization whose job it is. */
  organization_id: describedField(organization, 'The organization whose job it is.'),
  /** Where the job stands. */
  status: describedField(FineTuningJobStatus, 'Where the job stands.'),
  /** The id of the file that it is trained on. */
  training_file: describedField(t.string, 'The id of the file that it is trained on.'),
  /** The id of the file that it is validated on, if there is one. */
  validation_file: describedField(
    nullable(t.string),
    'The id of the file that it is validated on, if there is one.',
  ),
  /** The ids of the files that the service wrote about the job. */
  result_files: describedField(results, 'The ids of the files that the service wrote about the job.'),
})

/** The fields that the documentation calls required and that are not always there. */
export const requiredByContract = <H extends t.Mixed, E extends t.Mixed, S extends t.Mixed>(
  hyperparameters: H,
  error: E,
  seed: S,
) => ({
  /** When the job ended: null until it has. */
  finished_at: describedField(nullable(UnixSeconds), 'When the job ended: null until it has.', {
    unit: 'Unix seconds',
  }),
  /** What the job is trained with. */
  hyperparameters: describedField(hyperparameters, 'What the job is trained with.'),
  /** How many tokens were paid for: null until the job has ended. */
  trained_tokens: describedField(
    nullable(Integer),
    'How many tokens were paid for: null until the job has ended.',
    {
      unit: 'tokens',
    },
  ),
  /** Why the job failed, if it did. */
  error: describedField(error, 'Why the job failed, if it did.'),
  /** The seed of the job: the same seed and parameters should give the same results. */
  seed: describedField(
    seed,
    'The seed of the job: the same seed and parameters should give the same results.',
  ),
})

/** The fields that the documentation too calls optional. */
export const optionalFields = {
  /** Where else the metrics of the job go. */
  integrations: describedField(
    nullable(t.array(FineTuningIntegration)),
    'Where else the metrics of the job go.',
  ),
  /** How the job trains. */
  method: describedField(nullable(FineTuningMethod), 'How the job trains.'),
  /** Whatever the client wanted to keep with the job. */
  metadata: describedField(
    nullable(dictionary(t.string)),
    'Whatever the client wanted to keep with the job.',
  ),
  /** When the job will probably end, if the service can tell. */
  estimated_finish: describedField(
    nullable(UnixSeconds),
    'When the job will probably end, if the service can tell.',
    {
      unit: 'Unix seconds',
    },
  ),
}

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
  id: describedField(t.string, 'The id of the job: `ftjob-…`.'),
  object: describedField(t.string, 'Always `"fine_tuning.job"`.'),
  created_at: describedField(UnixSeconds, 'When the job was created.'),
  model: describedField(t.string, 'The name of the base model.'),
  fine_tuned_model: describedField(
    nullable(t.string),
    'The name of the model that the job makes: null until it is published.',
  ),
  organization_id: describedField(organization, 'The organization whose job it is.'),
  status: describedField(FineTuningJobStatus, 'Where the job stands.'),
  training_file: describedField(t.string, 'The id of the file that it is trained on.'),
  validation_file: describedField(
    nullable(t.string),
    'The id of the file that it is validated on, if there is one.',
  ),
  result_files: describedField(results, 'The ids of the files that the service wrote about the job.'),
})

/** The fields that the documentation calls required and that are not always there. */
export const requiredByContract = <H extends t.Mixed, E extends t.Mixed, S extends t.Mixed>(
  hyperparameters: H,
  error: E,
  seed: S,
) => ({
  finished_at: describedField(nullable(UnixSeconds), 'When the job ended: null until it has.', {
    unit: 'Unix seconds',
  }),
  hyperparameters: describedField(hyperparameters, 'What the job is trained with.'),
  trained_tokens: describedField(
    nullable(Integer),
    'How many tokens were paid for: null until the job has ended.',
    {
      unit: 'tokens',
    },
  ),
  error: describedField(error, 'Why the job failed, if it did.'),
  seed: describedField(
    seed,
    'The seed of the job: the same seed and parameters should give the same results.',
  ),
})

/** The fields that the documentation too calls optional. */
export const optionalFields = {
  integrations: describedField(
    nullable(t.array(FineTuningIntegration)),
    'Where else the metrics of the job go.',
  ),
  method: describedField(nullable(FineTuningMethod), 'How the job trains.'),
  metadata: describedField(
    nullable(dictionary(t.string)),
    'Whatever the client wanted to keep with the job.',
  ),
  estimated_finish: describedField(
    nullable(UnixSeconds),
    'When the job will probably end, if the service can tell.',
    {
      unit: 'Unix seconds',
    },
  ),
}

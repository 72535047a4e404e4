import { dictionary, Integer, nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'
import { UnixSeconds } from '../UnixSeconds.ts'
import { FineTuningHyperparameters } from './FineTuningHyperparameters.ts'
import { FineTuningIntegration } from './FineTuningIntegration.ts'
import { FineTuningJobError } from './FineTuningJobError.ts'
import { FineTuningJobStatus } from './FineTuningJobStatus.ts'
import { FineTuningMethod } from './FineTuningMethod.ts'

export const FineTuningJob = describedRecord(
  'FineTuningJob',
  {
    description: 'A fine-tuning job by the documented contract.',
    source: apiSchemaSource('FineTuningJob'),
    identity: { key: 'id' },
  },
  {
    id: describedField(t.string, 'The id of the job: `ftjob-…`.'),
    object: describedField(t.literal('fine_tuning.job'), 'Always `"fine_tuning.job"`.'),
    created_at: describedField(UnixSeconds, 'The time of creation.'),
    model: describedField(t.string, 'The name of the base model.'),
    fine_tuned_model: describedField(
      nullable(t.string),
      'The name of the fine-tuned model; null until it is published.',
    ),
    organization_id: describedField(t.string, 'The organization that owns the job.'),
    status: describedField(FineTuningJobStatus, 'The status of the job.'),
    training_file: describedField(t.string, 'The id of the training file.'),
    validation_file: describedField(nullable(t.string), 'The id of the validation file, if there is one.'),
    result_files: describedField(t.array(t.string), 'The ids of the files of metrics.'),
    finished_at: describedField(nullable(UnixSeconds), 'The time of the end; null until then.', {
      unit: 'Unix seconds',
    }),
    hyperparameters: describedField(FineTuningHyperparameters, 'The hyperparameters of the training.'),
    trained_tokens: describedField(
      nullable(Integer),
      'The number of billable tokens; null until the job has ended.',
      { unit: 'tokens' },
    ),
    error: describedField(nullable(FineTuningJobError), 'The reason why the job failed, if it did.'),
    seed: describedField(Integer, 'The seed: the same seed and parameters should give the same results.'),
  },
  {
    integrations: describedField(
      nullable(t.array(FineTuningIntegration)),
      'The services that also receive the metrics of the job.',
    ),
    method: describedField(nullable(FineTuningMethod), 'The method of the training.'),
    metadata: describedField(nullable(dictionary(t.string)), 'The labels that the client gave the job.'),
    estimated_finish: describedField(
      nullable(UnixSeconds),
      'The time when the job will probably end, if the service can tell.',
      { unit: 'Unix seconds' },
    ),
  },
)
export interface FineTuningJob extends t.TypeOf<typeof FineTuningJob> {}

import { Finite, Integer } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedRecord, describedField } from '../describedRecord.ts'
import { UnixSeconds } from '../UnixSeconds.ts'

const source = apiSchemaSource('FineTuningJobCheckpoint')

const CheckpointMetrics = describedRecord(
  'CheckpointMetrics',
  { description: 'How good a model was at one step of its training.', source },
  {},
  {
    step: describedField(Finite, 'The number of the step.'),
    train_loss: describedField(Finite, 'The loss on the training examples of the step.'),
    train_mean_token_accuracy: describedField(
      Finite,
      'The share of tokens that were right, over the training examples of the step.',
    ),
    valid_loss: describedField(Finite, 'The loss on the validation examples of the step.'),
    valid_mean_token_accuracy: describedField(
      Finite,
      'The share of tokens that were right, over the validation examples of the step.',
    ),
    full_valid_loss: describedField(Finite, 'The loss on the whole validation file.'),
    full_valid_mean_token_accuracy: describedField(
      Finite,
      'The share of tokens that were right, over the whole validation file.',
    ),
  },
)

export const FineTuningJobCheckpoint = describedRecord(
  'FineTuningJobCheckpoint',
  {
    description: 'A model as it was at one step of its training, ready for use.',
    source,
    identity: { key: 'id' },
  },
  {
    id: describedField(t.string, 'The id of the checkpoint: `ftckpt_…`.'),
    object: describedField(t.string, 'Always `"fine_tuning.job.checkpoint"`.'),
    created_at: describedField(UnixSeconds, 'When the checkpoint was made.'),
    fine_tuned_model_checkpoint: describedField(t.string, 'The name of the model at this step.'),
    fine_tuning_job_id: describedField(t.string, 'The id of the job that made it.'),
    step_number: describedField(Integer, 'The number of the step.'),
    metrics: describedField(CheckpointMetrics, 'How good the model was at this step.'),
  },
)
export interface FineTuningJobCheckpoint extends t.TypeOf<typeof FineTuningJobCheckpoint> {}

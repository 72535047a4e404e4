import { Finite, Integer } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiDescription } from '../apiDescription.ts'
import { described, field } from '../described.ts'
import { UnixSeconds } from '../UnixSeconds.ts'

const source = apiDescription('FineTuningJobCheckpoint')

const CheckpointMetrics = described(
  'CheckpointMetrics',
  { description: 'How good a model was at one step of its training.', source },
  {},
  {
    /** The number of the step. */
    step: field(Finite, 'The number of the step.'),
    /** The loss on the training examples of the step. */
    train_loss: field(Finite, 'The loss on the training examples of the step.'),
    /** The share of tokens that were right, over the training examples of the step. */
    train_mean_token_accuracy: field(
      Finite,
      'The share of tokens that were right, over the training examples of the step.',
    ),
    /** The loss on the validation examples of the step. */
    valid_loss: field(Finite, 'The loss on the validation examples of the step.'),
    /** The share of tokens that were right, over the validation examples of the step. */
    valid_mean_token_accuracy: field(
      Finite,
      'The share of tokens that were right, over the validation examples of the step.',
    ),
    /** The loss on the whole validation file. */
    full_valid_loss: field(Finite, 'The loss on the whole validation file.'),
    /** The share of tokens that were right, over the whole validation file. */
    full_valid_mean_token_accuracy: field(
      Finite,
      'The share of tokens that were right, over the whole validation file.',
    ),
  },
)

/** A model as it was at one step of its training, ready for use. */
export const FineTuningJobCheckpoint = described(
  'FineTuningJobCheckpoint',
  {
    description: 'A model as it was at one step of its training, ready for use.',
    source,
    identity: { key: 'id' },
  },
  {
    /** The id of the checkpoint: `ftckpt_…`. */
    id: field(t.string, 'The id of the checkpoint: `ftckpt_…`.'),
    /** Always `"fine_tuning.job.checkpoint"`. */
    object: field(t.string, 'Always `"fine_tuning.job.checkpoint"`.'),
    /** When the checkpoint was made. */
    created_at: field(UnixSeconds, 'When the checkpoint was made.'),
    /** The name of the model at this step. */
    fine_tuned_model_checkpoint: field(t.string, 'The name of the model at this step.'),
    /** The id of the job that made it. */
    fine_tuning_job_id: field(t.string, 'The id of the job that made it.'),
    /** The number of the step. */
    step_number: field(Integer, 'The number of the step.'),
    /** How good the model was at this step. */
    metrics: field(CheckpointMetrics, 'How good the model was at this step.'),
  },
)
export interface FineTuningJobCheckpoint extends t.TypeOf<typeof FineTuningJobCheckpoint> {}

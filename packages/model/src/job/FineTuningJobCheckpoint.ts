import { Finite, Integer } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'
import { snapshotOf } from '../snapshotOf.ts'
import { UnixSeconds } from '../UnixSeconds.ts'

const source = apiSchemaSource('FineTuningJobCheckpoint')

/** The description of both fields in which a record tells its step. */
const stepDescription = 'The number of the step.'

const CheckpointMetrics = describedRecord(
  'CheckpointMetrics',
  { description: 'The metrics of a model at one step of its training.', source },
  {},
  {
    step: describedField(Finite, stepDescription),
    train_loss: describedField(Finite, 'The loss on the training examples of the step.'),
    train_mean_token_accuracy: describedField(
      Finite,
      'The share of tokens predicted right in the training examples of the step.',
    ),
    valid_loss: describedField(Finite, 'The loss on the validation examples of the step.'),
    valid_mean_token_accuracy: describedField(
      Finite,
      'The share of tokens predicted right in the validation examples of the step.',
    ),
    full_valid_loss: describedField(Finite, 'The loss on the whole validation file.'),
    full_valid_mean_token_accuracy: describedField(
      Finite,
      'The share of tokens predicted right in the whole validation file.',
    ),
  },
)

export const FineTuningJobCheckpoint = describedRecord(
  'FineTuningJobCheckpoint',
  {
    description: 'A model at one step of its training, ready for use.',
    source,
    identity: { key: 'id' },
  },
  {
    id: describedField(t.string, 'The id of the checkpoint: `ftckpt_…`.'),
    object: describedField(t.literal('fine_tuning.job.checkpoint'), 'Always `"fine_tuning.job.checkpoint"`.'),
    created_at: describedField(UnixSeconds, 'The time of creation.'),
    fine_tuned_model_checkpoint: describedField(t.string, 'The name of the model at this step.'),
    fine_tuning_job_id: describedField(t.string, 'The id of the job.'),
    step_number: describedField(Integer, stepDescription),
    metrics: describedField(CheckpointMetrics, 'The metrics of the model at this step.'),
  },
)
export interface FineTuningJobCheckpoint extends t.TypeOf<typeof FineTuningJobCheckpoint> {}

/** A checkpoint with null where a metric is absent, or without metrics. */
export const FineTuningJobCheckpointSnapshot = snapshotOf(FineTuningJobCheckpoint, {
  description: 'A model at one step of its training, as its record is found.',
  mayBeAbsent: ['metrics'],
  replaced: {
    metrics: snapshotOf(CheckpointMetrics, {
      description: 'The metrics of a model at one step, null where there is none.',
    }),
  },
})
export interface FineTuningJobCheckpointSnapshot extends t.TypeOf<typeof FineTuningJobCheckpointSnapshot> {}

import { Finite, Integer, nullable, OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'
import { snapshotOf } from '../snapshotOf.ts'

/** The number, or `"auto"` while the service has not chosen it. */
const orAuto = <C extends t.Mixed>(codec: C) => t.union([codec, t.literal('auto')], `${codec.name} or "auto"`)

/**
 * The numbers of hyperparameters. Requests have bounds; records keep what the service wrote, -1
 * included.
 */
export interface HyperparameterNumbers {
  readonly epochs: t.Type<number>
  readonly batchSize: t.Type<number>
  readonly learningRate: t.Type<number>
  readonly beta: t.Type<number>
  readonly computeMultiplier: t.Type<number>
  readonly count: t.Type<number>
}

export const unboundedNumbers: HyperparameterNumbers = {
  epochs: Integer,
  batchSize: Integer,
  learningRate: Finite,
  beta: Finite,
  computeMultiplier: Finite,
  count: Integer,
}

const common = ({ epochs, batchSize, learningRate }: HyperparameterNumbers) => ({
  n_epochs: describedField(orAuto(epochs), 'The number of passes over the training file.'),
  batch_size: describedField(orAuto(batchSize), 'The number of examples in a training step.'),
  learning_rate_multiplier: describedField(orAuto(learningRate), 'The factor for the base learning rate.'),
})

/** The hyperparameters of all three methods, with these numbers. */
// @__NO_SIDE_EFFECTS__
export const hyperparametersOf = (numbers: HyperparameterNumbers) => ({
  supervised: describedRecord(
    'SupervisedHyperparameters',
    {
      description: 'The hyperparameters of supervised training.',
      source: apiSchemaSource('FineTuneSupervisedHyperparameters'),
    },
    {},
    common(numbers),
  ),
  dpo: describedRecord(
    'DpoHyperparameters',
    {
      description: 'The hyperparameters of direct preference optimization (DPO).',
      source: apiSchemaSource('FineTuneDPOHyperparameters'),
    },
    {},
    {
      ...common(numbers),
      beta: describedField(orAuto(numbers.beta), 'The weight of the penalty for leaving the base model.'),
    },
  ),
  reinforcement: describedRecord(
    'ReinforcementHyperparameters',
    {
      description: 'The hyperparameters of reinforcement training.',
      source: apiSchemaSource('FineTuneReinforcementHyperparameters'),
    },
    {},
    {
      ...common(numbers),
      compute_multiplier: describedField(
        orAuto(numbers.computeMultiplier),
        'The factor for the compute that is spent on exploration.',
      ),
      eval_interval: describedField(orAuto(numbers.count), 'The number of steps between two evaluations.'),
      eval_samples: describedField(orAuto(numbers.count), 'The number of samples in an evaluation.'),
      reasoning_effort: describedField(
        OpenEnum('TrainingReasoningEffort', ['default', 'low', 'medium', 'high']),
        'The effort of reasoning before an answer.',
      ),
    },
  ),
})

export const FineTuningHyperparameters = describedRecord(
  'FineTuningHyperparameters',
  {
    description: 'The hyperparameters of a job by the documented contract.',
    source: apiSchemaSource('FineTuningJob, hyperparameters'),
  },
  {},
  {
    ...common(unboundedNumbers),
    batch_size: describedField(nullable(orAuto(Integer)), 'The number of examples in a training step.'),
  },
)
export interface FineTuningHyperparameters extends t.TypeOf<typeof FineTuningHyperparameters> {}

/**
 * The hyperparameters of a job at any moment: null, `"auto"` or -1 until the service has chosen.
 */
export const FineTuningHyperparametersSnapshot = snapshotOf(FineTuningHyperparameters, {
  description: 'The hyperparameters of a job: null, `"auto"` or -1 until the service has chosen.',
})
export interface FineTuningHyperparametersSnapshot
  extends t.TypeOf<typeof FineTuningHyperparametersSnapshot> {}

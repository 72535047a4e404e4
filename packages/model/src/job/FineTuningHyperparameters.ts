import { Finite, Integer, nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedRecord, describedField } from '../describedRecord.ts'

/** A number, or `"auto"` while the service has not chosen it. */
const orAuto = <C extends t.Mixed>(codec: C) => t.union([codec, t.literal('auto')], `${codec.name} or "auto"`)

const fields = <E extends t.Mixed, L extends t.Mixed>(epochs: E, learningRate: L) => ({
  n_epochs: describedField(epochs, 'How many times the training file is gone through.'),
  batch_size: describedField(nullable(orAuto(Integer)), 'How many examples a training step takes.'),
  learning_rate_multiplier: describedField(learningRate, 'What the base learning rate is multiplied by.'),
})

export const FineTuningHyperparameters = describedRecord(
  'FineTuningHyperparameters',
  {
    description: 'What a job is trained with, as the documentation describes it.',
    source: apiSchemaSource('FineTuningJob, hyperparameters'),
  },
  {},
  fields(orAuto(Integer), orAuto(Finite)),
)
export interface FineTuningHyperparameters extends t.TypeOf<typeof FineTuningHyperparameters> {}

export const FineTuningHyperparametersSnapshot = describedRecord(
  'FineTuningHyperparametersSnapshot',
  {
    description:
      'What a job is trained with, as it is seen: any of it null, `"auto"` or -1 until the service has chosen.',
    source: apiSchemaSource('FineTuningJob, hyperparameters'),
  },
  {},
  fields(nullable(orAuto(Integer)), nullable(orAuto(Finite))),
)
export interface FineTuningHyperparametersSnapshot
  extends t.TypeOf<typeof FineTuningHyperparametersSnapshot> {}

/** What a job of one method is trained with; each method leaves out what it has no use for. */
export const MethodHyperparameters = describedRecord(
  'MethodHyperparameters',
  {
    description: 'What a job of one method is trained with; each method leaves out what it has no use for.',
    source: apiSchemaSource('FineTuneReinforcementHyperparameters'),
  },
  {},
  {
    ...fields(nullable(orAuto(Integer)), nullable(orAuto(Finite))),
    beta: describedField(
      nullable(orAuto(Finite)),
      'How much a preferred answer counts: of preference (dpo) jobs.',
    ),
    eval_interval: describedField(
      nullable(orAuto(Integer)),
      'How many steps lie between two evaluations: of reinforcement jobs.',
    ),
    eval_samples: describedField(
      nullable(orAuto(Integer)),
      'How many samples an evaluation takes: of reinforcement jobs.',
    ),
    compute_multiplier: describedField(
      nullable(orAuto(Finite)),
      'How much is explored in training: of reinforcement jobs.',
    ),
    reasoning_effort: describedField(
      nullable(t.string),
      'How much the model thinks before it answers: of reinforcement jobs.',
    ),
  },
)
export interface MethodHyperparameters extends t.TypeOf<typeof MethodHyperparameters> {}

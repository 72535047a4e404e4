import { Finite, Integer, nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from './apiSchemaSource.ts'
import { describedRecord, describedField } from './describedRecord.ts'

/** The fields that are always there; the service chooses two of them, if the request did not. */
const required = <B extends t.Mixed, L extends t.Mixed>(batchSize: B, learningRate: L) => ({
  /** How many times the training file is gone through. */
  n_epochs: describedField(Integer, 'How many times the training file is gone through.'),
  /** How many examples a training step takes. */
  batch_size: describedField(batchSize, 'How many examples a training step takes.'),
  /** What the base learning rate is multiplied by. */
  learning_rate_multiplier: describedField(learningRate, 'What the base learning rate is multiplied by.'),
  /** How much the loss on the prompt counts. */
  prompt_loss_weight: describedField(Finite, 'How much the loss on the prompt counts.'),
})

const optional = {
  /** Whether classification metrics are computed on the validation file after every epoch. */
  compute_classification_metrics: describedField(
    t.boolean,
    'Whether classification metrics are computed on the validation file after every epoch.',
  ),
  /** How many classes the classification has. */
  classification_n_classes: describedField(Integer, 'How many classes the classification has.'),
  /** The positive class of a binary classification. */
  classification_positive_class: describedField(t.string, 'The positive class of a binary classification.'),
}

const source = apiSchemaSource('FineTune, hyperparams')

/** What a run was trained with. */
export const FineTuneHyperparams = describedRecord(
  'FineTuneHyperparams',
  { description: 'What a run was trained with.', source },
  required(Integer, Finite),
  optional,
)
export interface FineTuneHyperparams extends t.TypeOf<typeof FineTuneHyperparams> {}

/** What a run is to be trained with: the batch size and the learning rate are null until its files are validated. */
export const FineTuneHyperparamsSnapshot = describedRecord(
  'FineTuneHyperparamsSnapshot',
  {
    description:
      'What a run is to be trained with: the batch size and the learning rate are null until its files are validated.',
    source,
  },
  required(nullable(Integer), nullable(Finite)),
  optional,
)
export interface FineTuneHyperparamsSnapshot extends t.TypeOf<typeof FineTuneHyperparamsSnapshot> {}

import { Finite, Integer, nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from './apiSchemaSource.ts'
import { describedRecord, describedField } from './describedRecord.ts'

/** The fields that are always there; the service chooses two of them, if the request did not. */
const required = <B extends t.Mixed, L extends t.Mixed>(batchSize: B, learningRate: L) => ({
  n_epochs: describedField(Integer, 'How many times the training file is gone through.'),
  batch_size: describedField(batchSize, 'How many examples a training step takes.'),
  learning_rate_multiplier: describedField(learningRate, 'What the base learning rate is multiplied by.'),
  prompt_loss_weight: describedField(Finite, 'How much the loss on the prompt counts.'),
})

const optional = {
  compute_classification_metrics: describedField(
    t.boolean,
    'Whether classification metrics are computed on the validation file after every epoch.',
  ),
  classification_n_classes: describedField(Integer, 'How many classes the classification has.'),
  classification_positive_class: describedField(t.string, 'The positive class of a binary classification.'),
}

const source = apiSchemaSource('FineTune, hyperparams')

export const FineTuneHyperparams = describedRecord(
  'FineTuneHyperparams',
  { description: 'What a run was trained with.', source },
  required(Integer, Finite),
  optional,
)
export interface FineTuneHyperparams extends t.TypeOf<typeof FineTuneHyperparams> {}

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

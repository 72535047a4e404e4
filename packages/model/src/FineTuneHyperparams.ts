import { Finite, Integer, nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from './apiSchemaSource.ts'
import { describedField, describedRecord } from './describedRecord.ts'
import { snapshotOf } from './snapshotOf.ts'

export const FineTuneHyperparams = describedRecord(
  'FineTuneHyperparams',
  {
    description: 'The hyperparameters of a legacy fine-tune.',
    source: apiSchemaSource('FineTune, hyperparams'),
  },
  {
    n_epochs: describedField(Integer, 'The number of passes over the training file.'),
    batch_size: describedField(Integer, 'The number of examples in a training step.'),
    learning_rate_multiplier: describedField(
      Finite,
      'The factor that the base learning rate is multiplied by.',
    ),
    prompt_loss_weight: describedField(Finite, 'The weight of the loss on the prompt.'),
  },
  {
    compute_classification_metrics: describedField(
      t.boolean,
      'True if classification metrics are computed on the validation file after every epoch.',
    ),
    classification_n_classes: describedField(Integer, 'The number of classes.'),
    classification_positive_class: describedField(t.string, 'The positive class of a binary classification.'),
  },
)
export interface FineTuneHyperparams extends t.TypeOf<typeof FineTuneHyperparams> {}

/**
 * The hyperparameters of a run at any moment: two of them are null until the service has validated
 * the files.
 */
export const FineTuneHyperparamsSnapshot = snapshotOf(FineTuneHyperparams, {
  description: 'The hyperparameters of a legacy fine-tune; two are null until its files are validated.',
  replaced: { batch_size: nullable(Integer), learning_rate_multiplier: nullable(Finite) },
})
export interface FineTuneHyperparamsSnapshot extends t.TypeOf<typeof FineTuneHyperparamsSnapshot> {}

import { Finite, Integer, nullable, record } from '@finetune-kit/codec'
import * as t from 'io-ts'

const optional = {
  /** Whether classification metrics were computed on the validation file. */
  compute_classification_metrics: t.boolean,
  /** How many classes the classification has. */
  classification_n_classes: Integer,
  /** The positive class of a binary classification. */
  classification_positive_class: t.string,
}

/** What a run was trained with. */
export const FineTuneHyperparams = record(
  'FineTuneHyperparams',
  {
    /** How many times the training file was gone through. */
    n_epochs: Integer,
    /** How many examples a training step takes. */
    batch_size: Integer,
    /** What the base learning rate was multiplied by. */
    learning_rate_multiplier: Finite,
    /** How much the loss on the prompt counts. */
    prompt_loss_weight: Finite,
  },
  optional,
)
export interface FineTuneHyperparams extends t.TypeOf<typeof FineTuneHyperparams> {}

/** What a run is to be trained with: two of the values are null until its files are validated. */
export const FineTuneHyperparamsSnapshot = record(
  'FineTuneHyperparamsSnapshot',
  {
    /** How many times the training file is gone through. */
    n_epochs: Integer,
    /** How many examples a training step takes; null until the service has chosen. */
    batch_size: nullable(Integer),
    /** What the base learning rate is multiplied by; null until the service has chosen. */
    learning_rate_multiplier: nullable(Finite),
    /** How much the loss on the prompt counts. */
    prompt_loss_weight: Finite,
  },
  optional,
)
export interface FineTuneHyperparamsSnapshot extends t.TypeOf<typeof FineTuneHyperparamsSnapshot> {}

import { nullable, record } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { fields, optionalFields } from './FineTuneFields.ts'
import { FineTuneHyperparamsSnapshot } from './FineTuneHyperparams.ts'

/**
 * A fine-tune at any moment of its life: what the service really sends. Every `FineTune` is one; a run that has not
 * succeeded is only this.
 */
export const FineTuneSnapshot = record(
  'FineTuneSnapshot',
  {
    ...fields,
    /** The name of the model that the run made; null until it is published. */
    fine_tuned_model: nullable(t.string),
    /** What it is trained with. */
    hyperparams: FineTuneHyperparamsSnapshot,
  },
  optionalFields,
)
export interface FineTuneSnapshot extends t.TypeOf<typeof FineTuneSnapshot> {}

import { record } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { fields, optionalFields } from './FineTuneFields.ts'
import { FineTuneHyperparams } from './FineTuneHyperparams.ts'

/** A fine-tune as the documentation describes it: a run that has succeeded. */
export const FineTune = record(
  'FineTune',
  {
    ...fields,
    /** The name of the model that the run made. */
    fine_tuned_model: t.string,
    /** What it was trained with. */
    hyperparams: FineTuneHyperparams,
  },
  optionalFields,
)
export interface FineTune extends t.TypeOf<typeof FineTune> {}

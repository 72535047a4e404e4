import { nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { FineTune } from './FineTune.ts'
import { FineTuneHyperparamsSnapshot } from './FineTuneHyperparams.ts'
import { OpenAIFileSnapshot } from './OpenAIFile.ts'
import { snapshotOf } from './snapshotOf.ts'

/**
 * A legacy fine-tune at any moment of its life, as the service sends it. Every `FineTune` is one.
 */
export const FineTuneSnapshot = snapshotOf(FineTune, {
  description: 'A legacy fine-tune at any moment of its life, as the service sends it.',
  replaced: {
    fine_tuned_model: nullable(t.string),
    hyperparams: FineTuneHyperparamsSnapshot,
    training_files: t.array(OpenAIFileSnapshot),
    validation_files: t.array(OpenAIFileSnapshot),
    result_files: t.array(OpenAIFileSnapshot),
  },
})
export interface FineTuneSnapshot extends t.TypeOf<typeof FineTuneSnapshot> {}

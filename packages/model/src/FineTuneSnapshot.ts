import { nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from './apiSchemaSource.ts'
import { describedRecord } from './describedRecord.ts'
import { fields, optionalFields } from './FineTuneFields.ts'
import { FineTuneHyperparamsSnapshot } from './FineTuneHyperparams.ts'

/**
 * A fine-tune at any moment of its life: what the service really sends. Every `FineTune` is one; a run that has not
 * succeeded is only this.
 */
export const FineTuneSnapshot = describedRecord(
  'FineTuneSnapshot',
  {
    description: 'A fine-tune at any moment of its life: what the service really sends.',
    source: apiSchemaSource('FineTune'),
    identity: { key: 'id' },
  },
  fields(nullable(t.string), FineTuneHyperparamsSnapshot),
  optionalFields,
)
export interface FineTuneSnapshot extends t.TypeOf<typeof FineTuneSnapshot> {}

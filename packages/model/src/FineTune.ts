import * as t from 'io-ts'
import { apiSchemaSource } from './apiSchemaSource.ts'
import { describedRecord } from './describedRecord.ts'
import { fields, optionalFields } from './FineTuneFields.ts'
import { FineTuneHyperparams } from './FineTuneHyperparams.ts'

export const FineTune = describedRecord(
  'FineTune',
  {
    description: 'A fine-tune as the documentation describes it: a run that has succeeded.',
    source: apiSchemaSource('FineTune'),
    identity: { key: 'id' },
  },
  fields(t.string, FineTuneHyperparams),
  optionalFields,
)
export interface FineTune extends t.TypeOf<typeof FineTune> {}

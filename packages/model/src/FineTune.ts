import * as t from 'io-ts'
import { apiDescription } from './apiDescription.ts'
import { described } from './described.ts'
import { fields, optionalFields } from './FineTuneFields.ts'
import { FineTuneHyperparams } from './FineTuneHyperparams.ts'

/** A fine-tune as the documentation describes it: a run that has succeeded. */
export const FineTune = described(
  'FineTune',
  {
    description: 'A fine-tune as the documentation describes it: a run that has succeeded.',
    source: apiDescription('FineTune'),
    identity: { key: 'id' },
  },
  fields(t.string, FineTuneHyperparams),
  optionalFields,
)
export interface FineTune extends t.TypeOf<typeof FineTune> {}

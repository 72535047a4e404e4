import { Integer, nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiDescription } from '../apiDescription.ts'
import { described } from '../described.ts'
import { FineTuningHyperparametersSnapshot } from './FineTuningHyperparameters.ts'
import { FineTuningJobErrorSnapshot } from './FineTuningJobError.ts'
import { fields, lateFields, optionalFields } from './FineTuningJobFields.ts'

/** A fine-tuning job at any moment of its life, of any year and of Azure: what is really seen. */
export const FineTuningJobSnapshot = described(
  'FineTuningJobSnapshot',
  {
    description:
      'A fine-tuning job at any moment of its life, of any year and of Azure: what is really seen.',
    source: apiDescription('FineTuningJob'),
    identity: { key: 'id' },
  },
  fields(nullable(t.string), nullable(t.array(t.string))),
  {
    ...lateFields(
      nullable(FineTuningHyperparametersSnapshot),
      nullable(FineTuningJobErrorSnapshot),
      nullable(Integer),
    ),
    ...optionalFields,
  },
)
export interface FineTuningJobSnapshot extends t.TypeOf<typeof FineTuningJobSnapshot> {}

import { Integer, nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedRecord } from '../describedRecord.ts'
import { FineTuningHyperparametersSnapshot } from './FineTuningHyperparameters.ts'
import { FineTuningJobErrorSnapshot } from './FineTuningJobError.ts'
import { fields, requiredByContract, optionalFields } from './FineTuningJobFields.ts'

export const FineTuningJobSnapshot = describedRecord(
  'FineTuningJobSnapshot',
  {
    description:
      'A fine-tuning job at any moment of its life, of any year and of Azure: what is really seen.',
    source: apiSchemaSource('FineTuningJob'),
    identity: { key: 'id' },
  },
  fields(nullable(t.string), nullable(t.array(t.string))),
  {
    ...requiredByContract(
      nullable(FineTuningHyperparametersSnapshot),
      nullable(FineTuningJobErrorSnapshot),
      nullable(Integer),
    ),
    ...optionalFields,
  },
)
export interface FineTuningJobSnapshot extends t.TypeOf<typeof FineTuningJobSnapshot> {}

import { Integer, nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedRecord } from '../describedRecord.ts'
import { FineTuningHyperparameters } from './FineTuningHyperparameters.ts'
import { FineTuningJobError } from './FineTuningJobError.ts'
import { fields, requiredByContract, optionalFields } from './FineTuningJobFields.ts'

export const FineTuningJob = describedRecord(
  'FineTuningJob',
  {
    description:
      'A fine-tuning job, the successor of the fine-tune, as the documentation of today describes it.',
    source: apiSchemaSource('FineTuningJob'),
    identity: { key: 'id' },
  },
  {
    ...fields(t.string, t.array(t.string)),
    ...requiredByContract(FineTuningHyperparameters, nullable(FineTuningJobError), Integer),
  },
  optionalFields,
)
export interface FineTuningJob extends t.TypeOf<typeof FineTuningJob> {}

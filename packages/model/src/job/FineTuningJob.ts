import { Integer, nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiDescription } from '../apiDescription.ts'
import { described } from '../described.ts'
import { FineTuningHyperparameters } from './FineTuningHyperparameters.ts'
import { FineTuningJobError } from './FineTuningJobError.ts'
import { fields, lateFields, optionalFields } from './FineTuningJobFields.ts'

/** A fine-tuning job, the successor of the fine-tune, as the documentation of today describes it. */
export const FineTuningJob = described(
  'FineTuningJob',
  {
    description:
      'A fine-tuning job, the successor of the fine-tune, as the documentation of today describes it.',
    source: apiDescription('FineTuningJob'),
    identity: { key: 'id' },
  },
  {
    ...fields(t.string, t.array(t.string)),
    ...lateFields(FineTuningHyperparameters, nullable(FineTuningJobError), Integer),
  },
  optionalFields,
)
export interface FineTuningJob extends t.TypeOf<typeof FineTuningJob> {}

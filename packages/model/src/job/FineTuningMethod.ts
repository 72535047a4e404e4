import { nullable, OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedRecord, describedField } from '../describedRecord.ts'
import { MethodHyperparameters } from './FineTuningHyperparameters.ts'

const source = apiSchemaSource('FineTuneMethod')

const MethodSettings = describedRecord(
  'MethodSettings',
  { description: 'The settings of one method; a reinforcement job has its grader here.', source },
  {},
  {
    hyperparameters: describedField(nullable(MethodHyperparameters), 'What the job is trained with.'),
  },
)

export const FineTuningMethod = describedRecord(
  'FineTuningMethod',
  { description: 'How a job trains: the name of the method, and under the same name its settings.', source },
  {
    type: describedField(
      OpenEnum('MethodType', ['supervised', 'dpo', 'reinforcement']),
      'The name of the method.',
    ),
  },
  {
    supervised: describedField(nullable(MethodSettings), 'The settings of a supervised job.'),
    dpo: describedField(nullable(MethodSettings), 'The settings of a preference job.'),
    reinforcement: describedField(nullable(MethodSettings), 'The settings of a reinforcement job.'),
  },
)
export interface FineTuningMethod extends t.TypeOf<typeof FineTuningMethod> {}

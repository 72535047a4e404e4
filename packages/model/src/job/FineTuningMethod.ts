import { nullable, OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiDescription } from '../apiDescription.ts'
import { described, field } from '../described.ts'
import { MethodHyperparameters } from './FineTuningHyperparameters.ts'

const source = apiDescription('FineTuneMethod')

const MethodSettings = described(
  'MethodSettings',
  { description: 'The settings of one method; a reinforcement job has its grader here.', source },
  {},
  {
    /** What the job is trained with. */
    hyperparameters: field(nullable(MethodHyperparameters), 'What the job is trained with.'),
  },
)

/** How a job trains: the name of the method, and under the same name its settings. */
export const FineTuningMethod = described(
  'FineTuningMethod',
  { description: 'How a job trains: the name of the method, and under the same name its settings.', source },
  {
    /** The name of the method. */
    type: field(OpenEnum('MethodType', ['supervised', 'dpo', 'reinforcement']), 'The name of the method.'),
  },
  {
    /** The settings of a supervised job. */
    supervised: field(nullable(MethodSettings), 'The settings of a supervised job.'),
    /** The settings of a preference job. */
    dpo: field(nullable(MethodSettings), 'The settings of a preference job.'),
    /** The settings of a reinforcement job. */
    reinforcement: field(nullable(MethodSettings), 'The settings of a reinforcement job.'),
  },
)
export interface FineTuningMethod extends t.TypeOf<typeof FineTuningMethod> {}

import { OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'
import {
  type HyperparameterNumbers,
  hyperparametersOf,
  unboundedNumbers,
} from './FineTuningHyperparameters.ts'
import { Grader } from './Grader.ts'

const hyperparametersText = 'The hyperparameters of the method.'

/** The codec of a method whose hyperparameters are these numbers. */
// @__NO_SIDE_EFFECTS__
export const methodOf = (numbers: HyperparameterNumbers) => {
  const hyperparameters = hyperparametersOf(numbers)
  return describedRecord(
    'FineTuningMethod',
    {
      description: 'The method of a job: its name, and its settings under the same name.',
      source: apiSchemaSource('FineTuneMethod'),
    },
    {
      type: describedField(
        OpenEnum('MethodType', ['supervised', 'dpo', 'reinforcement']),
        'The name of the method.',
      ),
    },
    {
      supervised: describedField(
        describedRecord(
          'SupervisedMethod',
          {
            description: 'The settings of supervised training.',
            source: apiSchemaSource('FineTuneSupervisedMethod'),
          },
          {},
          { hyperparameters: describedField(hyperparameters.supervised, hyperparametersText) },
        ),
        'The settings of supervised training.',
      ),
      dpo: describedField(
        describedRecord(
          'DpoMethod',
          {
            description: 'The settings of direct preference optimization (DPO).',
            source: apiSchemaSource('FineTuneDPOMethod'),
          },
          {},
          { hyperparameters: describedField(hyperparameters.dpo, hyperparametersText) },
        ),
        'The settings of direct preference optimization (DPO).',
      ),
      reinforcement: describedField(
        describedRecord(
          'ReinforcementMethod',
          {
            description: 'The settings of reinforcement training.',
            source: apiSchemaSource('FineTuneReinforcementMethod'),
          },
          { grader: describedField(Grader, 'The grader that scores answers.') },
          { hyperparameters: describedField(hyperparameters.reinforcement, hyperparametersText) },
        ),
        'The settings of reinforcement training.',
      ),
    },
  )
}

export const FineTuningMethod = methodOf(unboundedNumbers)
export interface FineTuningMethod extends t.TypeOf<typeof FineTuningMethod> {}

import * as t from 'io-ts'
import { describedField } from '../describedRecord.ts'
import { snapshotOf } from '../snapshotOf.ts'
import { hyperparametersOf, unboundedNumbers } from './FineTuningHyperparameters.ts'
import { FineTuningMethod } from './FineTuningMethod.ts'
import { GraderSnapshot } from './GraderSnapshot.ts'

const [, { props }] = FineTuningMethod.types
const hyperparameters = hyperparametersOf(unboundedNumbers)

/** The method of a job at any moment. */
export const FineTuningMethodSnapshot = snapshotOf(FineTuningMethod, {
  description: 'The method of a job at any moment: settings of other methods may be null.',
  replaced: {
    supervised: snapshotOf(props.supervised, {
      description: 'The settings of supervised training at any moment.',
      replaced: {
        hyperparameters: snapshotOf(hyperparameters.supervised, {
          description: 'The hyperparameters of supervised training at any moment.',
        }),
      },
    }),
    dpo: snapshotOf(props.dpo, {
      description: 'The settings of DPO at any moment.',
      replaced: {
        hyperparameters: snapshotOf(hyperparameters.dpo, {
          description: 'The hyperparameters of DPO at any moment.',
        }),
      },
    }),
    reinforcement: snapshotOf(props.reinforcement, {
      description: 'The settings of reinforcement training at any moment.',
      mayBeAbsent: ['grader'],
      replaced: {
        grader: GraderSnapshot,
        hyperparameters: snapshotOf(hyperparameters.reinforcement, {
          description: 'The hyperparameters of reinforcement training at any moment.',
        }),
      },
      undocumented: {
        response_format: describedField(t.unknown, 'The JSON Schema that answers follow.'),
      },
    }),
  },
})
export interface FineTuningMethodSnapshot extends t.TypeOf<typeof FineTuningMethodSnapshot> {}

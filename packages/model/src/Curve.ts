import { Finite, nullable, OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { describedField, describedRecord } from './describedRecord.ts'

const source = 'finetune-kit'

/** The value of a metric at one step. */
export const CurvePoint = describedRecord(
  'CurvePoint',
  { description: 'The value of a metric at one step.', source, identity: { key: 'step' } },
  {
    step: describedField(Finite, 'The number of the step.', { unit: 'steps' }),
    value: describedField(Finite, 'The value at this step.'),
    source: describedField(
      OpenEnum('CurveSource', ['results', 'event', 'checkpoint', 'message']),
      'The kind of record that the value comes from: the most exact one that tells the step.',
    ),
  },
)
export interface CurvePoint extends t.TypeOf<typeof CurvePoint> {}

/** A metric of a run by step. Steps without a value have no point: nothing is interpolated. */
export const Curve = describedRecord(
  'Curve',
  {
    description: 'A metric of a run by step. Steps without a value have no point.',
    source,
    identity: { key: 'metric' },
  },
  {
    metric: describedField(t.string, 'The name of the metric, as event data writes it: `train_loss`.'),
    points: describedField(t.array(CurvePoint), 'At least one point, in the order of steps, one a step.'),
    last: describedField(CurvePoint, 'The point of the last step.'),
    best: describedField(
      nullable(CurvePoint),
      'The first point of the best value; null where it is not known which values are better.',
    ),
  },
)
export interface Curve extends t.TypeOf<typeof Curve> {}

import { Finite, Integer, nullable, record } from '@finetune-kit/codec'
import { Curve } from '@finetune-kit/model'
import * as t from 'io-ts'

/** When a step was done. */
const StepTime = record('StepTime', { step: Finite, at: Finite })

/** The facts that the points of a long curve no longer tell: see `Thinning` of the report package. */
const Thinning = record('Thinning', {
  /** The number of points before. */
  count: Integer,
  means: t.readonlyArray(record('MeanPoint', { step: Finite, value: Finite })),
  starts: t.readonlyArray(Finite),
})

/** A curve; `thinning` is set where it has fewer points than were recorded. */
const DrawnCurve = record('DrawnCurve', Curve.types[0].props, { thinning: Thinning })

/** `GET /api/runs/KEY/curves`: the metrics of a run by step, as far as a chart can show them. */
export const RunCurves = record('RunCurves', {
  curves: t.readonlyArray(DrawnCurve),
  /** The number of further metrics, which are left out. */
  more: Integer,
  /** When steps were done, in Unix seconds: some of many. */
  times: t.readonlyArray(StepTime),
  /** When the training began. */
  started_at: nullable(Finite),
})
export interface RunCurves extends t.TypeOf<typeof RunCurves> {}

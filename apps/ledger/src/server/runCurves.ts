import { type Curve, curvesOf, type StepTime, stepTimesOf } from '@finetune-kit/model'
import { sharePoints, thinCurve } from '@finetune-kit/report'
import type { RunCurves } from '../api/curves.ts'
import { maxPoints } from '../api/definition/runs.ts'
import { courseOf, type ReadableRun } from './runDetail.ts'

/** The part of a run's curves that is asked for: see the definition of the endpoint. */
export interface CurveQuery {
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly axis?: 'linear' | 'logarithmic' | undefined
  readonly points?: number | undefined
}

/** The most metrics of an answer, and characters of the name of one. The page draws fewer. */
const [maxCurves, maxName] = [200, 200]

/** The body for the curves of a run: whole short ones, and long ones as far as they can be seen. */
export const runCurves = (
  run: ReadableRun,
  { from, to, axis, points = maxPoints }: CurveQuery,
): RunCurves => {
  const { resources } = run
  const isInside = ({ step }: { readonly step: number }): boolean =>
    step >= (from ?? step) && step <= (to ?? step)
  const all = curvesOf(resources).flatMap((curve): ReadonlyArray<Curve> => {
    const inside = curve.points.filter(isInside)
    return inside.length === 0 ? [] : [{ ...curve, points: inside }]
  })
  const shown = all.filter(({ metric }) => metric.length <= maxName).slice(0, maxCurves)
  const limit = sharePoints(
    shown.map(curve => curve.points.length),
    points,
  )
  return {
    curves: shown.map(thinCurve({ limit, isLog: axis === 'logarithmic' })).map(withoutNothing),
    more: all.length - shown.length,
    times: thinTimes(stepTimesOf(resources)),
    started_at: courseOf(run).startedAt,
  }
}

type Drawn = RunCurves['curves'][number]

const withoutNothing = ({ thinning, ...curve }: ReturnType<ReturnType<typeof thinCurve>>): Drawn =>
  thinning === undefined ? curve : { ...curve, thinning }

const maxTimes = 500

/** Evenly chosen times with the first and the last: the page draws steps between them by share. */
const thinTimes = (times: ReadonlyArray<StepTime>): ReadonlyArray<StepTime> => {
  const stride = Math.max(1, (times.length - 1) / (maxTimes - 1))
  return times.filter((_, i) => Math.round(Math.round(i / stride) * stride) === i)
}

import type { CurvePoint } from '@finetune-kit/model'
import type { Thinning } from './thinCurve.ts'
import { elapsedAt, type Trace } from './Trace.ts'

/** The horizontal axis of a chart: the number of the step, or the seconds since training began. */
export type XAxis = 'step' | 'time'

/** A value of a metric and its place on the horizontal axis. */
export interface SeriesPoint {
  readonly x: number
  readonly value: number
  readonly step: number
}

/** A metric of a run over a horizontal axis. */
export interface Series {
  readonly run: string
  /** The number of the run among several; null where it is the only one. */
  readonly runNumber: number | null
  readonly metric: string
  /** In the order of steps. */
  readonly points: ReadonlyArray<SeriesPoint>
  /** Null where it is not known, and where it is outside the points. */
  readonly best: SeriesPoint | null
  /** Set if there were more points: see {@link Thinning}. */
  readonly thinning?: SeriesThinning | undefined
}

/** A thinning with its means placed on the horizontal axis. */
export interface SeriesThinning extends Omit<Thinning, 'means'> {
  readonly means: ReadonlyArray<SeriesPoint>
}

/** Returns the curves of runs over an axis. Over time, steps without a time are left out. */
export const seriesOf =
  (x: XAxis) =>
  (traces: ReadonlyArray<Trace>): ReadonlyArray<Series> =>
    traces.flatMap((trace, i) => {
      const elapsed = elapsedAt(trace)
      const place = ({ step, value }: Pick<CurvePoint, 'step' | 'value'>): ReadonlyArray<SeriesPoint> => {
        const at = x === 'step' ? step : elapsed(step)
        return at === null ? [] : [{ x: at, value, step }]
      }
      return trace.curves.map(
        ({ metric, points, best, thinning }): Series => ({
          run: trace.run,
          runNumber: traces.length > 1 ? i : null,
          metric,
          points: points.flatMap(place),
          best: best === null || isOutside(points, best) ? null : (place(best)[0] ?? null),
          ...(thinning === undefined
            ? {}
            : { thinning: { ...thinning, means: thinning.means.flatMap(place) } }),
        }),
      )
    })

/** True for a step before or after all points, as the best one of the whole run can be. */
const isOutside = (points: ReadonlyArray<CurvePoint>, { step }: CurvePoint): boolean =>
  step < (points[0]?.step ?? step) || step > (points.at(-1)?.step ?? step)

/**
 * Groups series into charts. Those of one run share an axis: losses with losses, accuracies with
 * accuracies. Those of several runs are one over the other: a chart for each metric.
 */
export const groupSeries = (all: ReadonlyArray<Series>): ReadonlyMap<string, ReadonlyArray<Series>> => {
  const isOne = isOneRun(all)
  // Map.groupBy came with Node 21
  const groups = new Map<string, Array<Series>>()
  for (const series of all) {
    const name = isOne ? series.metric.split('_').at(-1) || series.metric : series.metric
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [series])
    else group.push(series)
  }
  return groups
}

/** True if the series are those of the only run, so that their metrics tell them apart. */
export const isOneRun = (all: ReadonlyArray<Pick<Series, 'runNumber'>>): boolean =>
  all.every(({ runNumber }) => runNumber === null)

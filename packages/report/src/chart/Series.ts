import type { CurvePoint } from '@finetune-kit/model'
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
  readonly best: SeriesPoint | null
}

/** Returns the curves of runs over an axis. Over time, steps without a time are left out. */
export const seriesOf =
  (x: XAxis) =>
  (traces: ReadonlyArray<Trace>): ReadonlyArray<Series> =>
    traces.flatMap((trace, i) => {
      const elapsed = elapsedAt(trace)
      const place = ({ step, value }: CurvePoint): ReadonlyArray<SeriesPoint> => {
        const at = x === 'step' ? step : elapsed(step)
        return at === null ? [] : [{ x: at, value, step }]
      }
      return trace.curves.map(
        ({ metric, points, best }): Series => ({
          run: trace.run,
          runNumber: traces.length > 1 ? i : null,
          metric,
          points: points.flatMap(place),
          best: best === null ? null : (place(best)[0] ?? null),
        }),
      )
    })

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

const gapFactor = 3.5

/**
 * Cuts a series where steps are missing: where the next point is further away than three and a half
 * times the usual distance. Nothing is drawn across such a gap.
 *
 * Law: the segments, one after the other, are the points.
 */
export const segmentsOf = (points: ReadonlyArray<SeriesPoint>): ReadonlyArray<ReadonlyArray<SeriesPoint>> => {
  const distances = points.slice(1).map(({ step }, i) => step - (points[i]?.step ?? 0))
  const usual = distances.toSorted((a, b) => a - b)[distances.length >> 1] ?? 0
  const segments: Array<Array<SeriesPoint>> = []
  points.forEach((point, i) => {
    const isCut = i === 0 || (distances.length > 2 && (distances[i - 1] ?? 0) > usual * gapFactor)
    if (isCut) segments.push([point])
    else segments.at(-1)?.push(point)
  })
  return segments
}

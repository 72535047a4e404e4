import type { Curve, CurvePoint } from '@finetune-kit/model'
import { segmentsOf } from './segments.ts'
import { columnsOf, thinBy } from './thin.ts'

/** The facts about a curve that its points no longer tell, for there are fewer of them. */
export interface Thinning {
  /** The number of points before. */
  readonly count: number
  /** The mean of each column: a smoothed line through extremes would lean to the wilder side. */
  readonly means: ReadonlyArray<Pick<CurvePoint, 'step' | 'value'>>
  /** The steps that begin a segment: before each, steps are missing. */
  readonly starts: ReadonlyArray<number>
}

/** A curve, possibly thinned. */
export interface ThinnedCurve extends Curve {
  readonly thinning?: Thinning | undefined
}

/** The form of a thinned curve. */
export interface ThinOptions {
  /** The most points of a curve. At least 4. */
  readonly limit: number
  /** Columns of equal ratios of steps, for a logarithmic axis. Default: of equal numbers of steps. */
  readonly isLog?: boolean
}

/**
 * Thins a curve for a chart by M4, which keeps the first, the least, the greatest and the last
 * point of each column. Largest-triangle-three-buckets, which npm's `downsample` has, may drop a
 * spike or the best point; M4 cannot. Shorter curves stay as they are.
 *
 * Laws: every point is one of the curve's; the least, the greatest, the first and the last stay.
 */
export const thinCurve =
  ({ limit, isLog = false }: ThinOptions) =>
  (curve: Curve): ThinnedCurve => {
    const { points } = curve
    if (points.length <= limit) return curve
    const columnOf = columns(points, Math.max(1, Math.floor(limit / 4)), isLog)
    const left = thinBy<CurvePoint>(
      ({ step }) => columnOf(step),
      ({ value }) => value,
    )(points)
    return {
      ...curve,
      points: [...left],
      thinning: {
        count: points.length,
        means: columnsOf<CurvePoint>(({ step }) => columnOf(step))(points).map(meanOf),
        starts: startsOf(points, left),
      },
    }
  }

const columns = (points: ReadonlyArray<CurvePoint>, count: number, isLog: boolean) => {
  // halves, for the difference of two huge steps is no number
  const position = (step: number): number => (isLog ? Math.log1p(Math.max(0, step)) : step) / 2
  const [from, to] = [position(points[0]?.step ?? 0), position(points.at(-1)?.step ?? 0)]
  return (step: number): number =>
    Math.min(count - 1, Math.floor(((position(step) - from) / (to - from || 1)) * count))
}

/** Six digits are finer than a pixel. */
const short = (value: number): number => Number(value.toPrecision(6))

const meanOf = (column: ReadonlyArray<CurvePoint>): Thinning['means'][number] => {
  // parts are added, for the sum of huge values is no number
  const mean = (valueOf: (point: CurvePoint) => number): number =>
    short(column.reduce((sum, point) => sum + valueOf(point) / column.length, 0))
  return { step: mean(({ step }) => step), value: mean(({ value }) => value) }
}

/** A gap within a column cannot be seen: it counts where the points on both sides are left. */
const startsOf = (
  points: ReadonlyArray<CurvePoint>,
  left: ReadonlyArray<CurvePoint>,
): ReadonlyArray<number> => {
  const kept = new Set(left)
  const segments = segmentsOf(points)
  return segments.flatMap(([first], i) => {
    const before = segments[i - 1]?.at(-1)
    return first !== undefined && before !== undefined && kept.has(first) && kept.has(before)
      ? [first.step]
      : []
  })
}

/**
 * Shares a number of points among curves of these lengths: short ones get all that they have, the
 * others as much as each other.
 */
export const sharePoints = (lengths: ReadonlyArray<number>, total: number): number => {
  let [left, share] = [total, total]
  lengths
    .toSorted((a, b) => a - b)
    .forEach((length, i) => {
      share = Math.floor(left / (lengths.length - i))
      left -= Math.min(length, share)
    })
  return Math.max(4, share)
}

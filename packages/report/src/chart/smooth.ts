import type { SeriesPoint } from './Series.ts'

/**
 * Smooths values by an exponential moving average without the bias of its start, as TensorBoard
 * does. `weight` is that of the past, from 0 to below 1.
 *
 * Laws: a weight of 0 returns the points; a constant stays as it is; no value leaves the range.
 */
export const smooth =
  (weight: number) =>
  (points: ReadonlyArray<SeriesPoint>): ReadonlyArray<SeriesPoint> => {
    let [past, share] = [0, 0]
    return points.map(point => {
      share = share * weight + (1 - weight)
      const own = (1 - weight) / share
      const [least, greatest] = [Math.min(past, point.value), Math.max(past, point.value)]
      // two products, because the difference of huge values is no number
      const mean = past + (own * point.value - own * past)
      past = own === 1 ? point.value : Math.max(least, Math.min(greatest, mean))
      return { ...point, value: past }
    })
  }

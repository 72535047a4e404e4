import { cellOf } from '@finetune-kit/diff/story'
import { tickLabel } from './Axis.ts'
import type { Chart, ChartLine, Dot } from './Chart.ts'
import { lineName, pointText, valueText } from './labels.ts'

/** A place on the horizontal axis where some line has a value. */
export interface Stop {
  /** Its place in the drawing. */
  readonly at: number
  readonly x: number
  readonly step: number
}

/** The value of a line at a stop. */
export interface Reading {
  readonly line: ChartLine
  /** The name that tells the line from the others, and its value. */
  readonly text: string
  readonly dot: Dot
}

/** The places where lines have values, from left to right. */
export const stopsOf = ({ lines, place }: Chart): ReadonlyArray<Stop> => {
  const stops = new Map<number, Stop>()
  for (const { series } of lines)
    for (const point of series.points) {
      const dot = stops.has(point.x) ? null : place(point)
      if (dot !== null) stops.set(point.x, { at: dot.x, x: point.x, step: point.step })
    }
  return [...stops.values()].toSorted((a, b) => a.x - b.x)
}

/** The index of the stop that is nearest to a place in the drawing. */
export const nearestStop = (stops: ReadonlyArray<Stop>, at: number): number =>
  nearest(stops, at, stop => stop.at)

/**
 * The values of all lines at a stop. A line without a value there tells its nearest one, and the
 * step of that.
 */
export const readChart = ({ lines, place }: Chart, stop: Stop): ReadonlyArray<Reading> =>
  lines.flatMap(line => {
    const shown = line.series.points.filter(point => place(point) !== null)
    const point = shown[nearest(shown, stop.x, ({ x }) => x)]
    const dot = point === undefined ? null : place(point)
    if (point === undefined || dot === null) return []
    const value = point.step === stop.step ? valueText(point.value) : pointText(point)
    return [{ line, dot, text: `${nameOf(line)} ${value}` }]
  })

/** The name of a line: of a run as at the end of its line, where that is short. */
const nameOf = ({ series, label }: ChartLine): string =>
  series.runNumber === null || label === null ? lineName(series) : label.text

/** The words of a stop: its step, and its time where the axis is one. */
export const stopText = ({ xTitle }: Chart, { step, x }: Stop): string =>
  xTitle === 'Step' ? `Step ${tickLabel(step)}` : `Step ${tickLabel(step)}, ${cellOf(x, 'seconds') ?? ''}`

/** The index of the item whose place is nearest; items are in the order of their places. */
const nearest = <A>(items: ReadonlyArray<A>, at: number, placeOf: (item: A) => number): number => {
  let [low, high] = [0, items.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    const [left, right] = [items[middle] as A, items[middle + 1] as A]
    if (at - placeOf(left) <= placeOf(right) - at) high = middle
    else low = middle + 1
  }
  return low
}

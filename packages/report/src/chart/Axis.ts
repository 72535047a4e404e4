import { cellOf } from '@finetune-kit/diff/story'
import { scaleLinear, scaleLog } from 'd3-scale'

/** A mark on an axis, at a place in the drawing. */
export interface Tick {
  readonly at: number
  readonly label: string
}

/** One direction of a chart: places for values, and marks. */
export interface Axis {
  /** The place of a value; null where a logarithmic axis has none. */
  readonly place: (value: number) => number | null
  readonly ticks: ReadonlyArray<Tick>
}

/** The form of an axis. */
export interface AxisOptions {
  readonly range: readonly [from: number, to: number]
  readonly isLog: boolean
  /** The number of marks to aim at. */
  readonly marks: number
  /** Begin and end at round values. Default: false. */
  readonly isNice?: boolean
  /** Seconds are marked by round durations, steps by integers. Default: plain numbers. */
  readonly unit?: 'seconds' | 'steps'
}

/** The axis of some values. Every place is a finite number within the range, whatever they are. */
export const axisOf = (values: ReadonlyArray<number>, options: AxisOptions): Axis => {
  const { isLog, isNice = false, marks, range } = options
  const [least, greatest] = domainOf(
    isLog ? values.filter(value => value > 0).map(value => Math.max(tiny, value)) : values,
    isLog,
  )
  const scale = (isLog ? scaleLog() : scaleLinear()).domain([least, greatest]).range(range).clamp(true)
  if (isNice && !isLog) scale.nice(marks)
  const marked = isLog ? logTicks(scale, options) : linearTicks(scale, options)
  const places = marked
    .filter(value => options.unit !== 'steps' || Number.isInteger(value))
    .map(value => ({
      at: round(scale(value)),
      label: options.unit === 'seconds' ? (cellOf(value, 'seconds') ?? '') : tickLabel(value),
    }))
  return {
    place: value => (isLog && value <= 0 ? null : round(scale(value))),
    ticks: places.filter(({ at }) => Number.isFinite(at)),
  }
}

/** Units of a drawing that a character of a label takes, on average. */
export const characterWidth = 6.4

/** The axis with as many marks as their labels have room for: one alone would tell no scale. */
export const axisWithRoom = (values: ReadonlyArray<number>, options: AxisOptions): Axis => {
  const axis = axisOf(values, options)
  if (!isRoomy(axis) && options.marks > 2)
    return axisWithRoom(values, { ...options, marks: options.marks - 1 })
  if (axis.ticks.length > 1) return axis
  return (
    [1, 2, 3]
      .map(more => axisOf(values, { ...options, marks: options.marks + more }))
      .find(finer => finer.ticks.length > 1 && isRoomy(finer)) ?? axis
  )
}

/** True if no label of an axis meets the one before. */
const isRoomy = ({ ticks }: Axis): boolean =>
  ticks.every(({ at, label }, i) => {
    const before = ticks[i - 1]
    if (before === undefined) return true
    return Math.abs(at - before.at) > ((label.length + before.label.length) / 2 + 1) * characterWidth
  })

/** Beyond these, the difference or the ratio of two values is no number. */
const [tiny, huge] = [1e-290, Number.MAX_VALUE / 4]

const within = (value: number): number => Math.max(-huge, Math.min(huge, value))

/** The least and the greatest value, a little apart where they are nearly one. */
const domainOf = (values: ReadonlyArray<number>, isLog: boolean): readonly [number, number] => {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    least = Math.min(least, within(value))
    greatest = Math.max(greatest, within(value))
  }
  if (least > greatest) return [isLog ? 1 : 0, isLog ? 10 : 1]
  const size = Math.max(Math.abs(least), Math.abs(greatest))
  if (greatest - least > Math.max(size * 1e-12, tiny)) return [least, greatest]
  if (isLog) return [least / 2, greatest * 2]
  const margin = size < tiny ? 0.5 : size * 0.05
  return [least - margin, greatest + margin]
}

interface Ticking {
  readonly ticks: (count: number) => ReadonlyArray<number>
  readonly domain: () => ReadonlyArray<number>
}

const linearTicks = (scale: Ticking, { unit, marks }: AxisOptions): ReadonlyArray<number> => {
  if (unit !== 'seconds') return scale.ticks(marks)
  const [from = 0, to = 0] = scale.domain()
  const step = durations.find(seconds => (to - from) / seconds <= marks)
  if (step === undefined)
    return scaleLinear()
      .domain([from / day, to / day])
      .ticks(marks)
      .map(days => days * day)
  const first = Math.ceil(from / step)
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, i) => (first + i) * step)
}

const day = 86_400

const durations = [
  1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 172_800,
  604_800, 2_592_000,
]

/** As many marks as aimed at: round durations, or whole powers of ten before others. */
const logTicks = (scale: Ticking, options: AxisOptions): ReadonlyArray<number> => {
  const { unit, marks } = options
  const [from = 0, to = 0] = scale.domain()
  if (unit === 'seconds') {
    const round = [...durations, ...longDurations].filter(value => value >= from && value <= to)
    return round.length > 1 ? thinned(round, marks) : linearTicks(scale, options)
  }
  const all = scale.ticks(marks)
  const powers = all.filter(value => Number.isInteger(Math.round(Math.log10(value) * 1e9) / 1e9))
  return thinned(all.length > marks * 2 && powers.length > 1 ? powers : all, marks)
}

/** 100, 1,000, 10,000 days and so on. */
const longDurations = Array.from({ length: 10 }, (_, i) => 10 ** (i + 2) * day)

const thinned = (all: ReadonlyArray<number>, marks: number): ReadonlyArray<number> => {
  const step = Math.ceil(all.length / (marks * 2))
  return all.filter((_, i) => i % step === 0)
}

/** A number in as few characters as show it: `1,500`, `0.25`, `3e-7`. */
export const tickLabel = (value: number): string => {
  const exact = Number(value.toPrecision(12))
  const size = Math.abs(exact)
  return exact !== 0 && (size >= 1e9 || size < 1e-4)
    ? exact.toExponential().replace('e+', 'e')
    : exact.toLocaleString('en-US', { maximumFractionDigits: 12 })
}

/** Tenths of a unit are finer than a pixel. */
export const round = (value: number): number => Math.round(value * 10) / 10

import { line } from 'd3-shape'
import { axisOf, axisWithRoom, type Axis, characterWidth, type Tick, tickLabel } from './Axis.ts'
import { labelLines, labelWidth, type LineLabel, spread } from './labels.ts'
import { segmentsOf } from './segments.ts'
import type { Series, SeriesPoint, XAxis } from './Series.ts'
import { smooth } from './smooth.ts'
import { type Place, thin } from './thin.ts'

/** Choices of the reader about a chart. */
export interface ChartOptions {
  readonly width: number
  readonly height: number
  /** The horizontal axis that the series were made for. Default: step. */
  readonly x?: XAxis
  /** The weight of the past in the smoothed line, from 0 to below 1. Default: 0, no such line. */
  readonly smoothing?: number
  readonly logX?: boolean
  readonly logY?: boolean
}

/** A chart of series over one pair of axes as geometry, in the units of its view box. */
export interface Chart {
  readonly width: number
  readonly height: number
  readonly frame: Frame
  readonly xTitle: string
  readonly xTicks: ReadonlyArray<Tick>
  readonly yTicks: ReadonlyArray<Tick>
  readonly lines: ReadonlyArray<ChartLine>
  /** The number of values that a logarithmic axis cannot show. */
  readonly hidden: number
  /** The place of any value; null where a logarithmic axis has none. */
  readonly place: (point: SeriesPoint) => Dot | null
}

/** The part of the drawing that the lines are in. */
export interface Frame {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** One series, drawn. */
export interface ChartLine {
  readonly series: Series
  /** The number of the colour: that of the run among several, else of the line. */
  readonly colour: number
  /** The line through all values, with a gap where steps are missing. */
  readonly path: string
  /** The smoothed line; null without smoothing, and for one or two values. */
  readonly smoothed: string | null
  /** The places of values that no line shows, and of all where they are few. */
  readonly dots: ReadonlyArray<Dot>
  readonly best: Dot | null
  /** The name at the end of the line; null where there are too many. */
  readonly label: LineLabel | null
}

/** A value, drawn. */
export interface Dot extends Place {
  readonly point: SeriesPoint
}

const maxDots = 40
const maxSmoothing = 0.999

/** Lays out series over one pair of axes. Every number in it is finite, whatever the values are. */
export const layoutChart = (all: ReadonlyArray<Series>, options: ChartOptions): Chart => {
  const { width, height, x: xAxis = 'step', logX = false, logY = false } = options
  const smoothing = Math.min(options.smoothing ?? 0, maxSmoothing)
  const points = all.flatMap(series => series.points)
  const [top, bottom] = [12, height - 36]
  const y = axisOf(
    points.map(({ value }) => value),
    { range: [bottom, top], isLog: logY, marks: 5, isNice: true },
  )
  const longest = y.ticks.reduce((length, { label }) => Math.max(length, label.length), 1)
  const labels = labelLines(all, width / 3)
  const left = 14 + longest * characterWidth
  const room = labels.reduce((length, label) => Math.max(length, label.length), 0) * labelWidth
  const xs = points.map(point => point.x)
  const right = width - 14 - Math.max(room, overhang(xs, xAxis))
  const frame: Frame = { left, right, top, bottom }
  const x = axisWithRoom(xs, {
    range: [frame.left, frame.right],
    isLog: logX,
    marks: Math.max(2, Math.floor((frame.right - frame.left) / (xAxis === 'time' ? 72 : 56))),
    unit: xAxis === 'time' ? 'seconds' : 'steps',
  })
  const place = placer(x, y)
  const lines = all.map((series, i) => ({
    ...drawLine(series, place, smoothing),
    colour: series.runNumber ?? i,
  }))
  return {
    width,
    height,
    frame,
    xTitle: xAxis === 'time' ? 'Time since training began' : 'Step',
    xTicks: x.ticks,
    yTicks: y.ticks,
    lines: withLabels(lines, labels, frame),
    hidden: points.filter(point => place(point) === null).length,
    place,
  }
}

/** The room that the last label of the horizontal axis takes beyond its mark. */
const overhang = (xs: ReadonlyArray<number>, xAxis: XAxis): number => {
  const last = xs.reduce((a, b) => Math.max(a, b), 0)
  const length = xAxis === 'time' ? '1 h 30 min'.length : tickLabel(Math.ceil(last)).length
  return Math.max(0, (length / 2) * characterWidth - 12)
}

const placer =
  (x: Axis, y: Axis) =>
  (point: SeriesPoint): Dot | null => {
    const [across, up] = [x.place(point.x), y.place(point.value)]
    return across === null || up === null ? null : { x: across, y: up, point }
  }

const pathOf = line<Place>(
  place => place.x,
  place => place.y,
).digits(1)

const draw = (segments: ReadonlyArray<ReadonlyArray<Dot>>): string =>
  segments.map(segment => (segment.length > 1 ? (pathOf(thin(segment)) ?? '') : '')).join('')

/** The places of a segment, cut where a value has none. */
const placed = (
  segment: ReadonlyArray<SeriesPoint>,
  place: (point: SeriesPoint) => Dot | null,
): ReadonlyArray<ReadonlyArray<Dot>> => {
  const parts: Array<Array<Dot>> = [[]]
  for (const point of segment) {
    const dot = place(point)
    if (dot === null) parts.push([])
    else parts.at(-1)?.push(dot)
  }
  return parts.filter(part => part.length > 0)
}

type Drawn = Omit<ChartLine, 'colour' | 'label'> & { readonly end: Place | null }

const drawLine = (series: Series, place: (point: SeriesPoint) => Dot | null, smoothing: number): Drawn => {
  const { points, thinning } = series
  const segments = (points: ReadonlyArray<SeriesPoint>): ReadonlyArray<ReadonlyArray<Dot>> =>
    segmentsOf(points, thinning?.starts).flatMap(segment => placed(segment, place))
  const raw = segments(points)
  const isShort = points.length <= maxDots
  const smoothed = smoothing > 0 && points.length > 2 ? segments(smoothSeries(series, smoothing)) : null
  return {
    series,
    path: draw(raw),
    smoothed: smoothed === null ? null : draw(smoothed),
    dots: isShort ? raw.flat() : raw.flatMap(([only, more]) => (only && !more ? [only] : [])),
    best: series.best === null ? null : place(series.best),
    end: (smoothed ?? raw).at(-1)?.at(-1) ?? null,
  }
}

/** A mean stands for many points, so the past of it weighs as that of as many. */
const smoothSeries = ({ points, thinning }: Series, weight: number): ReadonlyArray<SeriesPoint> =>
  thinning === undefined || thinning.means.length === 0
    ? smooth(weight)(points)
    : smooth(weight ** (thinning.count / thinning.means.length))(thinning.means)

/** The labels at the ends of the lines, far enough apart to be read. */
const withLabels = (
  lines: ReadonlyArray<Drawn & Pick<ChartLine, 'colour'>>,
  texts: ReadonlyArray<string>,
  frame: Frame,
): ReadonlyArray<ChartLine> => {
  const places = spread(
    lines.map(({ end }) => end?.y ?? null),
    frame,
  )
  return lines.map(({ end, ...drawn }, i) => {
    const [text, y] = [texts[i], places[i] ?? null]
    const label = text === undefined || end === null || y === null ? null : { x: frame.right + 9, y, text }
    return { ...drawn, label }
  })
}

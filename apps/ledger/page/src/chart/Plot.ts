import type { Curve } from '@finetune-kit/model'
import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'

/** A chart of curves as geometry, in the units of its view box. */
export interface Plot {
  readonly width: number
  readonly height: number
  readonly frame: Frame
  readonly lines: ReadonlyArray<Line>
  readonly xTicks: ReadonlyArray<Tick>
  readonly yTicks: ReadonlyArray<Tick>
}

export interface Line {
  readonly metric: string
  readonly path: string
  /** The points, where they are few enough to be seen. */
  readonly dots: ReadonlyArray<Dot>
  readonly best: Dot | null
}

export interface Dot {
  readonly x: number
  readonly y: number
}

export interface Tick {
  readonly at: number
  readonly label: string
}

interface Frame {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const maxDots = 40

/** Lays out curves over one pair of axes. */
export const plotOf = (
  curves: ReadonlyArray<Curve>,
  { width, height }: { readonly width: number; readonly height: number },
): Plot => {
  const frame = { left: 52, right: width - 12, top: 12, bottom: height - 30 }
  const points = curves.flatMap(curve => curve.points)
  const x = scaleLinear(rangeOf(points.map(({ step }) => step)), [frame.left, frame.right])
  const y = scaleLinear(rangeOf(points.map(({ value }) => value)), [frame.bottom, frame.top]).nice(5)
  const place = ({ step, value }: Curve['last']): Dot => ({ x: round(x(step)), y: round(y(value)) })
  const draw = line<Dot>(
    dot => dot.x,
    dot => dot.y,
  )
  const [xFormat, yFormat] = [x.tickFormat(6), y.tickFormat(5)]
  return {
    width,
    height,
    frame,
    lines: curves.map(curve => {
      const dots = curve.points.map(place)
      return {
        metric: curve.metric,
        path: draw(dots) ?? '',
        dots: dots.length <= maxDots ? dots : [],
        best: curve.best === null ? null : place(curve.best),
      }
    }),
    xTicks: x.ticks(6).map(step => ({ at: round(x(step)), label: xFormat(step) })),
    yTicks: y.ticks(5).map(value => ({ at: round(y(value)), label: yFormat(value) })),
  }
}

/** The least and the greatest value, a little apart where they are one. */
const rangeOf = (values: ReadonlyArray<number>): readonly [number, number] => {
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const greatest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  return least < greatest ? [least, greatest] : [least - 0.5, least + 0.5]
}

const round = (value: number): number => Math.round(value * 100) / 100

/** Curves that share an axis: losses with losses, accuracies with accuracies. */
export const groupsOf = (curves: ReadonlyArray<Curve>): ReadonlyMap<string, ReadonlyArray<Curve>> =>
  Map.groupBy(curves, ({ metric }) => metric.split('_').at(-1) ?? metric)

import { type MarkupElement, element } from '../markup/Markup.ts'
import type { Chart, ChartLine, Dot } from './Chart.ts'
import { metricWords, pointText } from './labels.ts'

/** The words of a drawing for those who do not see it. */
export interface Words {
  /** Unique in the document. */
  readonly id: string
  readonly title: string
  readonly description: string
}

/** The number of colours and of dash patterns; style sheets have a class for each. */
const [colours, dashes] = [8, 6]

/**
 * The classes of a line: its colour, and its dashes for those who do not see the colour. No two of
 * 24 lines have both in common.
 */
export const colourClass = (colour: number): string => `series-${colour % colours} dash-${colour % dashes}`

/** Draws a chart as an SVG element, without style: classes tell what each part is. */
export const drawChart = (chart: Chart, { id, title, description }: Words): MarkupElement => {
  const { width, height, frame, xTicks, yTicks, lines, xTitle } = chart
  return element(
    'svg',
    {
      class: 'chart',
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-description`,
    },
    element('title', { id: `${id}-title` }, title),
    element('desc', { id: `${id}-description` }, description),
    ...yTicks.map(({ at, label }) =>
      element(
        'g',
        { class: 'tick' },
        element('line', { x1: frame.left, x2: frame.right, y1: at, y2: at }),
        element('text', { class: 'end', x: frame.left - 8, y: at + 4 }, label),
      ),
    ),
    ...xTicks.map(({ at, label }) =>
      element('text', { class: 'middle', x: at, y: frame.bottom + 16 }, label),
    ),
    element('text', { class: 'middle', x: (frame.left + frame.right) / 2, y: frame.bottom + 32 }, xTitle),
    ...lines.map(drawLine),
  )
}

const drawLine = (line: ChartLine): MarkupElement => {
  const { colour, path, smoothed, dots, best, label } = line
  return element(
    'g',
    { class: `line ${colourClass(colour)}` },
    element('path', { class: smoothed === null ? 'raw' : 'raw faint', d: path }),
    ...(smoothed === null ? [] : [element('path', { class: 'smooth', d: smoothed })]),
    ...dots.map(dot => mark('dot', line, dot, 2.2)),
    ...(best === null ? [] : [mark('best', line, best, 4.5)]),
    ...(label === null ? [] : [element('text', { x: label.x, y: label.y + 4 }, label.text)]),
  )
}

/** A value with its words, which browsers show where the reader points at it. */
const mark = (kind: 'dot' | 'best', { series }: ChartLine, { x, y, point }: Dot, r: number): MarkupElement =>
  element(
    'circle',
    { class: kind, cx: x, cy: y, r },
    element(
      'title',
      {},
      `${kind === 'best' ? 'best ' : ''}${metricWords(series.metric)} ${pointText(point)}`,
    ),
  )

import { escapeUnprintable } from '@finetune-kit/codec'
import { colourClass, type Words } from '../chart/drawChart.ts'
import { element, type MarkupElement } from '../markup/Markup.ts'
import type { ParallelAxis, ParallelChart, ParallelLine } from './ParallelChart.ts'

/** Draws parallel coordinates as an SVG element, without style. */
export const drawParallel = (chart: ParallelChart, { id, title, description }: Words): MarkupElement =>
  element(
    'svg',
    {
      class: 'chart parallel',
      viewBox: `0 0 ${chart.width} ${chart.height}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-description`,
    },
    element('title', { id: `${id}-title` }, title),
    element('desc', { id: `${id}-description` }, description),
    ...chart.axes.map(axis => drawAxis(axis, chart)),
    ...chart.lines.map(drawLine),
  )

/** The words of parallel coordinates for those who do not see them. */
export const describeParallel = ({ axes, lines }: ParallelChart): Omit<Words, 'id'> => ({
  title: 'Hyperparameters and final metrics',
  description: `${lines.length} runs, a line each, across ${axes.map(({ label }) => label).join(', ')}. The table of the comparison has the values.`,
})

const lineLength = 15

const drawAxis = ({ x, label, ticks }: ParallelAxis, { top, bottom }: ParallelChart): MarkupElement =>
  element(
    'g',
    { class: 'axis' },
    ...wrap(label).map((text, i, all) =>
      element('text', { class: 'middle name', x, y: top - 14 - (all.length - 1 - i) * 13 }, text),
    ),
    element('line', { x1: x, x2: x, y1: top, y2: bottom }),
    ...ticks.map(({ at, label }) =>
      element(
        'text',
        { class: 'value', x: x + 7, y: at + (at <= top ? 10 : at >= bottom ? -3 : 4) },
        escapeUnprintable(label, lineLength),
      ),
    ),
  )

/** Wraps a label into at most two lines. */
const wrap = (label: string): ReadonlyArray<string> => {
  const words = escapeUnprintable(label, 2 * lineLength).split(' ')
  let first = ''
  while (words[0] !== undefined && (first === '' || first.length + words[0].length < lineLength))
    first = `${first} ${words.shift() ?? ''}`.trim()
  return words.length === 0 ? [first] : [first, words.join(' ')]
}

const drawLine = ({ run, isBaseline, path, dots }: ParallelLine, index: number): MarkupElement =>
  element(
    'g',
    { class: `line ${colourClass(index)}${isBaseline ? ' baseline' : ''}` },
    element('title', {}, escapeUnprintable(run, 100)),
    element('path', { class: 'raw', d: path }),
    ...dots.map(({ x, y, isBest }) =>
      element('circle', { class: isBest ? 'best' : 'dot', cx: x, cy: y, r: isBest ? 5 : 2.5 }),
    ),
  )

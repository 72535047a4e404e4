import { tickLabel } from '../chart/Axis.ts'
import type { ChartLine } from '../chart/Chart.ts'
import { colourClass } from '../chart/drawChart.ts'
import { lineName, missingDecimals, valueText } from '../chart/labels.ts'
import { isOneRun } from '../chart/Series.ts'
import { element, type MarkupElement } from '../markup/Markup.ts'
import { scrollable } from './scrollable.ts'

const cell = (value: number | undefined, write = valueText): string =>
  value === undefined ? '–' : write(value)

interface Row {
  readonly head: ReadonlyArray<MarkupElement | string>
  readonly numbers: ReadonlyArray<string>
}

const table = (
  heads: ReadonlyArray<string>,
  rows: ReadonlyArray<Row>,
  attributes: MarkupElement['attributes'] = {},
): MarkupElement => {
  const missing = heads.slice(1).map((_, i) => missingDecimals(rows.map(({ numbers }) => numbers[i] ?? '')))
  const drawn = rows.map(({ head, numbers }, row) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, ...head),
      ...numbers.map((text, i) => {
        const rest = missing[i]?.[row] ?? ''
        return element('td', { class: 'number', ...(rest !== '' && { 'data-rest': rest }) }, text)
      }),
    ),
  )
  return element(
    'table',
    attributes,
    element('thead', {}, element('tr', {}, ...heads.map(head => element('th', { scope: 'col' }, head)))),
    element('tbody', {}, ...drawn),
  )
}

/** The legend of a chart, with the last and the best value of each line. */
export const curveTable = (lines: ReadonlyArray<ChartLine>, title: string): MarkupElement => {
  const isMetrics = isOneRun(lines.map(({ series }) => series))
  const rows = lines.map(line => {
    const { points, best, thinning } = line.series
    const swatch = element('i', { class: `swatch ${colourClass(line.colour)}` })
    const numbers = [
      tickLabel(thinning?.count ?? points.length),
      cell(points.at(-1)?.value),
      cell(best?.value),
      cell(best?.step, tickLabel),
    ]
    return { head: [swatch, lineName(line.series)], numbers }
  })
  return scrollable(
    `${title}: last and best values`,
    table(
      [isMetrics ? 'Metric' : 'Run', 'Values', 'Last', 'Best', 'At step'],
      rows,
      isMetrics ? {} : { class: 'by-run' },
    ),
  )
}

const maxRows = 40

/** The values of lines by step, and the title that tells how many of them. */
export interface ValueTable {
  readonly title: string
  readonly table: MarkupElement
}

/**
 * The values of the lines by step: all, or those of evenly chosen steps where there are more than
 * forty.
 */
export const valueTable = (lines: ReadonlyArray<ChartLine>): ValueTable => {
  const columns = lines.map(({ series }) => new Map(series.points.map(({ step, value }) => [step, value])))
  const steps = [...new Set(columns.flatMap(column => [...column.keys()]))].toSorted((a, b) => a - b)
  const shown = chooseSteps(steps, columns)
  const rows = shown.map(step => ({
    head: [tickLabel(step)],
    numbers: columns.map(column => cell(column.get(step))),
  }))
  const total = lines.reduce((most, { series }) => Math.max(most, series.thinning?.count ?? 0), steps.length)
  const title =
    shown.length < total ? `Values of ${shown.length} of ${tickLabel(total)} steps` : 'Values by step'
  return {
    title,
    table: scrollable(title, table(['Step', ...lines.map(({ series }) => lineName(series))], rows)),
  }
}

/**
 * The first step, the last one, and of each equal part between them the one that most lines tell:
 * steps at even distances would miss what is told at every hundredth step.
 */
const chooseSteps = (
  steps: ReadonlyArray<number>,
  columns: ReadonlyArray<ReadonlyMap<number, number>>,
): ReadonlyArray<number> => {
  if (steps.length <= maxRows) return steps
  const valuesOf = (step: number): number => columns.filter(column => column.has(step)).length
  const [inner, parts] = [steps.slice(1, -1), maxRows - 2]
  const between = Array.from({ length: parts }, (_, i) => {
    const part = inner.slice(
      Math.floor((i * inner.length) / parts),
      Math.floor(((i + 1) * inner.length) / parts),
    )
    return part.reduce((a, b) => (valuesOf(b) > valuesOf(a) ? b : a))
  })
  return [...steps.slice(0, 1), ...between, ...steps.slice(-1)]
}

import { layoutChart } from '../chart/Chart.ts'
import { chartTitle, describeChart } from '../chart/describeChart.ts'
import { drawChart } from '../chart/drawChart.ts'
import { groupSeries, type Series, seriesOf } from '../chart/Series.ts'
import type { Trace } from '../chart/Trace.ts'
import { element, type MarkupElement } from '../markup/Markup.ts'
import { curveTable, valueTable } from './curveTable.ts'

const size = { width: 400, height: 250 }
const [maxCharts, maxLines] = [12, 24]

/** Longer lines are drawn with a smoothed one over the raw one, which is then faint. */
const longLine = 60

/** Draws the curves of one run, or of several one over the other: a chart for each kind of metric. */
export const curveSection = (traces: ReadonlyArray<Trace>): ReadonlyArray<MarkupElement> => {
  const groups = [...groupSeries(seriesOf('step')(traces))]
  if (groups.length === 0) return []
  const charts = groups
    .slice(0, maxCharts)
    .map(([group, series], i) => figure(group, series, `chart-${i + 1}`))
  return [
    element(
      'section',
      {},
      element('h2', {}, 'Curves'),
      element('div', { class: 'charts' }, ...charts),
      ...leftOut(groups.length - maxCharts, 'chart'),
    ),
  ]
}

const figure = (group: string, all: ReadonlyArray<Series>, id: string): MarkupElement => {
  const series = all.slice(0, maxLines)
  const isLong = series.some(({ points }) => points.length > longLine)
  const chart = layoutChart(series, { ...size, smoothing: isLong ? 0.6 : 0 })
  const title = `${chartTitle(group)} by step`
  const values = valueTable(chart.lines)
  return element(
    'figure',
    {},
    element(
      'figcaption',
      {},
      title,
      ...(isLong ? [element('small', {}, ' smoothed over the raw line')] : []),
    ),
    drawChart(chart, { id, title, description: describeChart(chart) }),
    curveTable(chart.lines, title),
    element('details', {}, element('summary', {}, values.title), values.table),
    ...leftOut(all.length - maxLines, 'line'),
  )
}

const leftOut = (count: number, noun: string): ReadonlyArray<MarkupElement> =>
  count > 0 ? [element('p', {}, `${count} more ${noun}${count === 1 ? ' is' : 's are'} not drawn.`)] : []

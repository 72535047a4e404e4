export {
  type Chart,
  type ChartLine,
  type ChartOptions,
  type Dot,
  type Frame,
  layoutChart,
} from './chart/Chart.ts'
export type { Tick } from './chart/Axis.ts'
export { chartTitle, describeChart } from './chart/describeChart.ts'
export { colourClass, drawChart, type Words } from './chart/drawChart.ts'
export { missingDecimals } from './chart/labels.ts'
export { nearestStop, readChart, type Reading, type Stop, stopsOf, stopText } from './chart/readChart.ts'
export { groupSeries, type Series, type SeriesPoint, seriesOf, type XAxis } from './chart/Series.ts'
export { sharePoints, thinCurve, type ThinnedCurve, type Thinning } from './chart/thinCurve.ts'
export { hasTimes, type Trace, traceOf } from './chart/Trace.ts'
export { element, type Html, type Markup, type MarkupElement, toHtml } from './markup/Markup.ts'
export { describeParallel, drawParallel } from './parallel/drawParallel.ts'
export { layoutParallel, type ParallelChart } from './parallel/ParallelChart.ts'
export { curveTable, type ValueTable, valueTable } from './report/curveTable.ts'
export { report, type ReportOptions } from './report/report.ts'
export { namesOf, type ReportRun } from './report/ReportRun.ts'
export { drawTimeline } from './timeline/drawTimeline.ts'
export { layoutTimeline, type Span } from './timeline/layoutTimeline.ts'
export { type Stage, stagesOf } from './timeline/Stage.ts'

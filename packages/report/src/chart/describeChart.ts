import type { Chart } from './Chart.ts'
import { metricWords, pointText } from './labels.ts'

/** The name of a group of metrics as the title of its chart. */
export const chartTitle = (group: string): string => {
  const words = metricWords(group)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

/** Describes a chart in a sentence a line: its first, last and best value. */
export const describeChart = ({ lines }: Pick<Chart, 'lines'>): string =>
  lines
    .map(({ series: { run, runNumber, metric, points, best } }) => {
      const [first, last] = [points[0], points.at(-1)]
      const name = runNumber === null ? metricWords(metric) : `${run}, ${metricWords(metric)}`
      if (first === undefined || last === undefined) return `${name}: no value.`
      const most = best === null ? '' : `, best ${pointText(best)}`
      return `${name}: ${pointText(first)}, ${pointText(last)}${most}.`
    })
    .join(' ')

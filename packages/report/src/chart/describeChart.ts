import type { Chart } from './Chart.ts'
import { tickLabel } from './Axis.ts'
import { metricWords } from './labels.ts'
import { isOneRun } from './Series.ts'

const short = (value: number): string => tickLabel(Number(value.toPrecision(6)))

/** The name of a group of metrics as the title of its chart. */
export const chartTitle = (group: string): string => {
  const words = metricWords(group)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

/** Describes a chart in a sentence a line: its first, last and best value. */
export const describeChart = ({ lines }: Pick<Chart, 'lines'>): string => {
  const isOne = isOneRun(lines.map(({ series }) => series))
  return lines
    .map(({ series: { run, metric, points, best } }) => {
      const [first, last] = [points[0], points.at(-1)]
      const name = isOne ? metricWords(metric) : `${run}, ${metricWords(metric)}`
      if (first === undefined || last === undefined) return `${name}: no value.`
      const span = `${short(first.value)} at step ${short(first.step)}, ${short(last.value)} at step ${short(last.step)}`
      const most = best === null ? '' : `, best ${short(best.value)} at step ${short(best.step)}`
      return `${name}: ${span}${most}.`
    })
    .join(' ')
}

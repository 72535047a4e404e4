import {
  chartTitle,
  curveTable,
  describeChart,
  drawChart,
  layoutChart,
  type ChartLine,
  type Series,
  valueTable,
} from '@finetune-kit/report'
import { useId, useMemo, useState } from 'react'
import type { ChartChoice } from './chartChoice.ts'
import { Drawing } from './Drawing.tsx'
import { Readout } from './Readout.tsx'
import { useChartSize } from './useChartSize.ts'

interface Props {
  readonly group: string
  readonly series: ReadonlyArray<Series>
  readonly choice: ChartChoice
  /** Draws these steps alone. */
  readonly onZoom: (from: number, to: number) => void
}

const maxLines = 24

/** Series that share an axis, and a table of their last and best values. */
export const Chart = ({ group, series, choice, onZoom }: Props) => {
  const [id, size] = [useId(), useChartSize()]
  const { width, height } = size
  const { x, smoothing, logX, logY } = choice
  const chart = useMemo(
    () => layoutChart(series.slice(0, maxLines), { width, height, x, smoothing, logX, logY }),
    [series, width, height, x, smoothing, logX, logY],
  )
  const title = `${chartTitle(group)} by ${x}`
  const notes = [
    ...(chart.hidden > 0 ? [`${chart.hidden} values cannot be shown on a logarithmic axis.`] : []),
    ...(series.length > maxLines ? [`${series.length - maxLines} more lines are not drawn.`] : []),
  ]
  return (
    <figure className="chart-card">
      <figcaption>{title}</figcaption>
      <div className="plot">
        <Drawing markup={drawChart(chart, { id, title, description: describeChart(chart) })} />
        <Readout chart={chart} title={title} onZoom={onZoom} />
      </div>
      <Drawing markup={curveTable(chart.lines, title)} />
      <Values lines={chart.lines} />
      {notes.length > 0 && <p className="none">{notes.join(' ')}</p>}
    </figure>
  )
}

/** The values of the lines, for those who do not see them. Drawn when they are opened. */
const Values = ({ lines }: { readonly lines: ReadonlyArray<ChartLine> }) => {
  const [isOpen, setOpen] = useState(false)
  const { title, table } = valueTable(lines)
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen && <Drawing markup={table} />}
    </details>
  )
}

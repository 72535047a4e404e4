import { groupSeries, hasTimes, seriesOf, type Trace } from '@finetune-kit/report'
import { useMemo, useState } from 'react'
import './chart/chart.css'
import { Chart } from './chart/Chart.tsx'
import { plain } from './chart/chartChoice.ts'
import { ChartControls } from './chart/ChartControls.tsx'

const maxCharts = 12

/** The curves of a run, or of several one over the other: a chart for each kind of metric. */
export const Curves = ({ traces }: { readonly traces: ReadonlyArray<Trace> }) => {
  const [choice, setChoice] = useState(plain)
  const groups = useMemo(() => [...groupSeries(seriesOf(choice.x)(traces))], [choice.x, traces])
  return (
    <>
      <ChartControls choice={choice} hasTimes={hasTimes(traces)} onChoice={setChoice} />
      <div className="charts">
        {groups.slice(0, maxCharts).map(([group, series]) => (
          <Chart key={group} group={group} series={series} choice={choice} />
        ))}
      </div>
      {groups.length > maxCharts && <p className="none">{groups.length - maxCharts} more metrics.</p>}
    </>
  )
}

import { groupSeries, hasTimes, seriesOf, type Trace } from '@finetune-kit/report'
import { useMemo } from 'react'
import './chart/chart.css'
import './chart/readout.css'
import './chart/runCurves.css'
import { Chart } from './chart/Chart.tsx'
import type { ChartChoice } from './chart/chartChoice.ts'
import { ChartControls } from './chart/ChartControls.tsx'

const maxCharts = 12

interface Props {
  readonly traces: ReadonlyArray<Trace>
  readonly choice: ChartChoice
  readonly onChoice: (choice: ChartChoice) => void
}

/** The curves of a run, or of several one over the other: a chart for each kind of metric. */
export const Curves = ({ traces, choice, onChoice }: Props) => {
  const groups = useMemo(() => [...groupSeries(seriesOf(choice.x)(traces))], [choice.x, traces])
  const isThinned = traces.some(({ curves }) => curves.some(({ thinning }) => thinning !== undefined))
  return (
    <>
      <ChartControls choice={choice} hasTimes={hasTimes(traces)} onChoice={onChoice} />
      {groups.length === 0 && <p className="none">No value in these steps.</p>}
      <div className="charts">
        {groups.slice(0, maxCharts).map(([group, series]) => (
          <Chart
            key={group}
            group={group}
            series={series}
            choice={choice}
            onZoom={(from, to) => onChoice({ ...choice, from, to })}
          />
        ))}
      </div>
      {groups.length > maxCharts && <p className="none">{groups.length - maxCharts} more metrics.</p>}
      {isThinned && (
        <p className="none">
          Long curves show the first, least, greatest and last value of every few steps. Drag over a chart, or
          set the steps, to see every value.
        </p>
      )}
    </>
  )
}

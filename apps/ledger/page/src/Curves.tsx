import { groupSeries, hasTimes, seriesOf, type Trace } from '@finetune-kit/report'
import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import './chart/chart.css'
import './chart/readout.css'
import './chart/runCurves.css'
import { Chart } from './chart/Chart.tsx'
import type { ChartChoice, OnChoice } from './chart/chartChoice.ts'
import { ChartControls } from './chart/ChartControls.tsx'

const maxCharts = 12

interface Props {
  readonly traces: ReadonlyArray<Trace>
  readonly choice: ChartChoice
  readonly onChoice: OnChoice
}

/** The curves of a run, or of several one over the other: a chart for each kind of metric. */
export const Curves = ({ traces, choice: taken, onChoice }: Props) => {
  const [smoothing, setSmoothing] = useSmoothing(taken, onChoice)
  const isTimed = hasTimes(traces)
  const choice = useMemo(
    (): ChartChoice => ({ ...taken, smoothing, x: isTimed ? taken.x : 'step' }),
    [taken, smoothing, isTimed],
  )
  const groups = useMemo(() => [...groupSeries(seriesOf(choice.x)(traces))], [choice.x, traces])
  // what is taken, not what is drawn: curves without times leave the time in the address
  const change = (part: Partial<ChartChoice>) => onChoice({ ...taken, smoothing, ...part })
  const isThinned = traces.some(({ curves }) => curves.some(({ thinning }) => thinning !== undefined))
  return (
    <>
      <ChartControls choice={choice} hasTimes={isTimed} onChange={change} onSmoothing={setSmoothing} />
      {groups.length === 0 && <p className="none">No value in these steps.</p>}
      <div className="charts">
        {groups.slice(0, maxCharts).map(([group, series]) => (
          <Chart
            key={group}
            group={group}
            series={series}
            choice={choice}
            onZoom={(from, to) => change({ from, to })}
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

/** The smoothing that is drawn: the curves follow a drag, the address after a pause. */
const useSmoothing = (choice: ChartChoice, onChoice: OnChoice) => {
  const [smoothing, setSmoothing] = useState(choice.smoothing)
  const [known, setKnown] = useState(choice.smoothing)
  if (known !== choice.smoothing) {
    setKnown(choice.smoothing)
    setSmoothing(choice.smoothing)
  }
  const take = useEffectEvent(() => onChoice({ ...choice, smoothing }, true))
  useEffect(() => {
    if (smoothing === choice.smoothing) return undefined
    const timer = setTimeout(take, pause)
    return () => clearTimeout(timer)
  }, [smoothing, choice.smoothing])
  return [smoothing, setSmoothing] as const
}

/** Milliseconds after which a smoothing is written into the address: browsers count these writes. */
const pause = 200

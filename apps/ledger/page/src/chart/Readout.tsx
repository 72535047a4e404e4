import { type Chart, colourClass, nearestStop, readChart, stopsOf, stopText } from '@finetune-kit/report'
import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react'

interface Props {
  readonly chart: Chart
  readonly title: string
}

const maxShown = 12

/**
 * The values of all lines where the reader points at a chart, or has gone by arrow keys. It lies
 * over the drawing.
 */
export const Readout = ({ chart, title }: Props) => {
  const stops = useMemo(() => stopsOf(chart), [chart])
  const [index, setIndex] = useState<number>()
  const stop = index === undefined ? undefined : stops[Math.min(index, stops.length - 1)]
  const readings = stop === undefined ? [] : readChart(chart, stop)
  if (stops.length === 0) return null
  const onPointer = ({ currentTarget, clientX }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect()
    setIndex(nearestStop(stops, ((clientX - left) / width) * chart.width))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (event.key === 'Escape') return setIndex(undefined)
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    setIndex(Math.max(0, Math.min(stops.length - 1, (index ?? -1) + step)))
  }
  return (
    <div
      className="readout"
      role="slider"
      tabIndex={0}
      aria-label={`Step of ${title}`}
      aria-valuemin={1}
      aria-valuemax={stops.length}
      aria-valuenow={(index ?? 0) + 1}
      aria-valuetext={
        stop === undefined
          ? 'Arrow keys read the values'
          : [stopText(chart, stop), ...readings.map(({ text }) => text)].join('; ')
      }
      onPointerMove={onPointer}
      onPointerDown={onPointer}
      onPointerLeave={() => setIndex(undefined)}
      onKeyDown={onKeyDown}
      onBlur={() => setIndex(undefined)}
    >
      {stop !== undefined && (
        <>
          <svg viewBox={`0 0 ${chart.width} ${chart.height}`} aria-hidden="true">
            <line x1={stop.at} x2={stop.at} y1={chart.frame.top} y2={chart.frame.bottom} />
            {readings.map(({ line, dot }, i) => (
              <circle key={i} className={colourClass(line.colour)} cx={dot.x} cy={dot.y} r={3.5} />
            ))}
          </svg>
          <div className="values" data-side={stop.at > chart.width / 2 ? 'left' : 'right'}>
            <b>{stopText(chart, stop)}</b>
            {readings.slice(0, maxShown).map(({ line, text }, i) => (
              <span key={i}>
                <i className={`swatch ${colourClass(line.colour)}`} />
                {text}
              </span>
            ))}
            {readings.length > maxShown && <span>{readings.length - maxShown} more lines</span>}
          </div>
        </>
      )}
    </div>
  )
}

const steps: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

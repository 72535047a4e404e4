import {
  type Chart,
  colourClass,
  nearestStop,
  readChart,
  type Stop,
  stopsOf,
  stopText,
} from '@finetune-kit/report'
import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react'

interface Props {
  readonly chart: Chart
  readonly title: string
  readonly onZoom: (from: number, to: number) => void
}

const maxShown = 12

/** The fewest units of the drawing that a drag goes over: less is a click. */
const minDrag = 8

/**
 * The values of all lines where the reader points at a chart, or has gone by arrow keys. It lies
 * over the drawing. A drag chooses steps.
 */
export const Readout = ({ chart, title, onZoom }: Props) => {
  const stops = useMemo(() => stopsOf(chart), [chart])
  const [index, setIndex] = useState<number>()
  const [start, setStart] = useState<Stop>()
  const stop = index === undefined ? undefined : stops[Math.min(index, stops.length - 1)]
  if (stops.length === 0) return null
  const onPointer = ({ currentTarget, clientX }: PointerEvent): Stop | undefined => {
    const { left, width } = currentTarget.getBoundingClientRect()
    const nearest = nearestStop(stops, ((clientX - left) / width) * chart.width)
    setIndex(nearest)
    return stops[nearest]
  }
  const onPointerDown = (event: PointerEvent) => {
    const begin = onPointer(event)
    // a finger reads values: it has no other way to
    if (event.button !== 0 || event.pointerType === 'touch') return
    event.currentTarget.setPointerCapture(event.pointerId)
    setStart(begin)
  }
  const onPointerUp = () => {
    setStart(undefined)
    if (start === undefined || stop === undefined || Math.abs(stop.at - start.at) < minDrag) return
    setIndex(undefined)
    onZoom(Math.min(start.step, stop.step), Math.max(start.step, stop.step))
  }
  const onPointerCancel = () => {
    setStart(undefined)
    setIndex(undefined)
  }
  const onPointerLeave = ({ pointerType }: PointerEvent) => {
    // a lifted finger leaves: what it tapped is read until it taps elsewhere
    if (pointerType !== 'touch') setIndex(undefined)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (event.key === 'Escape') {
      setStart(undefined)
      return setIndex(undefined)
    }
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
          : [stopText(chart, stop), ...readChart(chart, stop).map(({ text }) => text)].join('; ')
      }
      onPointerMove={onPointer}
      onPointerDown={onPointerDown}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerCancel}
      onPointerLeave={onPointerLeave}
      onKeyDown={onKeyDown}
      onBlur={() => setIndex(undefined)}
    >
      {stop !== undefined && <Readings chart={chart} stop={stop} start={start} />}
    </div>
  )
}

interface ReadingsProps {
  readonly chart: Chart
  readonly stop: Stop
  /** The begin of a drag. */
  readonly start: Stop | undefined
}

/** The values of all lines at a stop, and the steps that a drag goes over. */
const Readings = ({ chart, stop, start }: ReadingsProps) => {
  const readings = readChart(chart, stop)
  return (
    <>
      <svg viewBox={`0 0 ${chart.width} ${chart.height}`} aria-hidden="true">
        {start !== undefined && (
          <rect
            x={Math.min(start.at, stop.at)}
            width={Math.abs(stop.at - start.at)}
            y={chart.frame.top}
            height={chart.frame.bottom - chart.frame.top}
          />
        )}
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

import { type FocusEvent, type FormEvent, useEffect, useRef } from 'react'
import type { ChartChoice } from './chartChoice.ts'

type Range = Pick<ChartChoice, 'from' | 'to'>

interface Props {
  readonly choice: Range
  readonly onRange: (range: Range) => void
}

/** The steps that are drawn: taken by Enter, or when the cursor leaves both of them. */
export const StepRange = ({ choice: { from, to }, onRange }: Props) => {
  const [first, last] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)]
  // a drag over a chart, and the way back to all steps, choose them too
  useEffect(() => {
    if (first.current !== null) first.current.value = String(from ?? '')
    if (last.current !== null) last.current.value = String(to ?? '')
  }, [from, to, first, last])
  const take = () => {
    const [a, b] = [numberIn(first.current), numberIn(last.current)]
    const isTurned = a !== null && b !== null && a > b
    const range = isTurned ? { from: b, to: a } : { from: a, to: b }
    if (range.from !== from || range.to !== to) onRange(range)
  }
  return (
    <form
      className="step-range"
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        take()
      }}
      onBlur={({ currentTarget, relatedTarget }: FocusEvent) => {
        if (!currentTarget.contains(relatedTarget)) take()
      }}
    >
      <label>
        Steps
        <input ref={first} type="number" step="any" placeholder="first" />
      </label>
      <label>
        to
        <input ref={last} type="number" step="any" placeholder="last" />
      </label>
      {/* a form of two fields is submitted by Enter only if it has a button */}
      <button type="submit" hidden>
        Draw these steps
      </button>
    </form>
  )
}

const numberIn = (input: HTMLInputElement | null): number | null =>
  input === null || Number.isNaN(input.valueAsNumber) ? null : input.valueAsNumber

import { type ChartChoice, isZoomed, maxSmoothing } from './chartChoice.ts'
import { StepRange } from './StepRange.tsx'

interface Props {
  readonly choice: ChartChoice
  /** True if there are times to draw over. */
  readonly hasTimes: boolean
  readonly onChange: (part: Partial<ChartChoice>) => void
  readonly onSmoothing: (smoothing: number) => void
}

/** The controls of all charts of a view. */
export const ChartControls = ({ choice, hasTimes, onChange, onSmoothing }: Props) => (
  <fieldset className="chart-controls">
    <legend>Charts</legend>
    <label>
      Smoothing
      <input
        type="range"
        min={0}
        max={maxSmoothing}
        step={0.01}
        value={choice.smoothing}
        onChange={({ target }) => onSmoothing(Number(target.value))}
      />
      <output>{choice.smoothing.toFixed(2)}</output>
    </label>
    <label>
      Over
      <select
        value={choice.x}
        onChange={({ target }) => onChange({ x: target.value === 'time' ? 'time' : 'step' })}
      >
        <option value="step">steps</option>
        <option value="time" disabled={!hasTimes}>
          {hasTimes ? 'time' : 'time (no record tells it)'}
        </option>
      </select>
    </label>
    <label>
      <input type="checkbox" checked={choice.logY} onChange={() => onChange({ logY: !choice.logY })} />
      Logarithmic values
    </label>
    <label>
      <input type="checkbox" checked={choice.logX} onChange={() => onChange({ logX: !choice.logX })} />
      Logarithmic {choice.x === 'time' ? 'time' : 'steps'}
    </label>
    <StepRange choice={choice} onRange={onChange} />
    {isZoomed(choice) && (
      <button type="button" className="link" onClick={() => onChange({ from: null, to: null })}>
        All steps
      </button>
    )}
  </fieldset>
)

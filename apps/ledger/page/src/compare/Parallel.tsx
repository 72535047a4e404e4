import { escapeUnprintable } from '@finetune-kit/codec'
import type { RunComparison } from '@finetune-kit/diff/story'
import { colourClass, describeParallel, drawParallel, layoutParallel } from '@finetune-kit/report'
import { useId } from 'react'
import { Drawing } from '../chart/Drawing.tsx'
import { maxId } from '../runs/nameOf.ts'

const size = { width: 1000, height: 320 }

/** The hyperparameters and final metrics in which runs differ, a line for each run. */
export const Parallel = ({ comparison }: { readonly comparison: RunComparison }) => {
  const id = useId()
  const chart = layoutParallel(comparison, size)
  if (chart.axes.length < 2) return <p className="none">The runs differ in fewer than two of them.</p>
  return (
    <div className="scroll chart-card" tabIndex={0} role="region" aria-label="Parallel coordinates">
      <Drawing markup={drawParallel(chart, { id, ...describeParallel(chart) })} />
      <ul className="legend" aria-label="Lines of the runs">
        {comparison.runs.map((run, index) => (
          <li key={index}>
            <i className={`swatch ${colourClass(index)}`} />
            {escapeUnprintable(run, maxId)}
          </li>
        ))}
      </ul>
    </div>
  )
}

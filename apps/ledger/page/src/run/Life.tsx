import type { Progress } from '@finetune-kit/model'
import { layoutTimeline, stagesOf } from '@finetune-kit/report'
import { quantity, State } from '../CellValue.tsx'
import { Moment } from '../Moment.tsx'

const [width, height] = [1000, 14]

/** The stages of a run: to scale, and as a list with times and lengths. */
export const Life = ({ progress }: { readonly progress: Progress }) => {
  const stages = stagesOf(progress)
  const now = progress.finishedAt === null ? progress.lastActivity : null
  const spans = layoutTimeline(stages, { width, now })
  return (
    <div className="life">
      {spans.length > 0 && (
        <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
          {spans.map(({ stage, x, width }) => (
            <rect key={stage.name} data-state={stage.name} x={x} y={0} width={width} height={height} />
          ))}
        </svg>
      )}
      <ol>
        {stages.map(({ name, from, to }) => (
          <li key={name} data-state={name}>
            <State word={name} />
            <Moment seconds={from} isExact />
            {to !== null && to > from && <span className="none">for {quantity(to - from, 'seconds')}</span>}
          </li>
        ))}
      </ol>
    </div>
  )
}

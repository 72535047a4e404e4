import type { Progress } from '@finetune-kit/model'
import type { RunRow } from '../../../src/api/RunRow.ts'
import { quantity, State } from '../CellValue.tsx'

interface Props {
  readonly summary: RunRow
  readonly progress: Progress
}

/** The status and progress of a run in one line. */
export const RunStatus = ({ summary: { status }, progress }: Props) => (
  <span className="standing">
    <State word={status ?? progress.phase} tone={progress.phase} />
    <Done status={status ?? progress.phase} progress={progress} />
    {progress.dollars !== null && <span>{quantity(progress.dollars, 'US dollars')}</span>}
    {progress.trainedTokens !== null && <span>{quantity(progress.trainedTokens, 'tokens')}</span>}
    {progress.seconds.total !== null && <span>{quantity(progress.seconds.total, 'seconds')}</span>}
  </span>
)

interface DoneProps extends Pick<Props, 'progress'> {
  readonly status: string
}

/** The part of the training that is done: in steps where they are known, else in epochs. */
const Done = ({ status, progress: { phase, queuePosition, epochs, steps } }: DoneProps) => {
  const [count, unit] = steps.total !== null && steps.done > 0 ? [steps, 'steps'] : [epochs, 'epochs']
  if (count.done > 0 && count.total !== null)
    return (
      <span className="phase">
        <meter min={0} max={count.total} value={count.done} aria-label={`${unit} done`} />
        {quantity(count.done, undefined)}/{quantity(count.total, unit)}
      </span>
    )
  if (queuePosition !== null) return <span className="phase">queue number {queuePosition}</span>
  return phase === status ? null : <span className="phase">{phase}</span>
}

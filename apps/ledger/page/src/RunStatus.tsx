import type { Progress } from '@finetune-kit/model'
import { cell } from './Column.ts'
import { CellValue, quantity } from './CellValue.tsx'
import type { RecordConfig } from './recordConfig.ts'

interface Props {
  readonly config: RecordConfig
  readonly snapshot: unknown
  readonly now: Progress
}

/** The status and progress of a run in one line. */
export const RunStatus = ({ config, snapshot, now }: Props) => (
  <span className="standing">
    {config.states
      .filter(column => typeof cell(snapshot, column) === 'string')
      .slice(0, 1)
      .map(column => (
        <CellValue key={column.path.join('.')} view={column.view} value={cell(snapshot, column)} />
      ))}
    <Done now={now} />
    {now.dollars !== null && <span>{quantity(now.dollars, 'US dollars')}</span>}
    {now.trainedTokens !== null && <span>{quantity(now.trainedTokens, 'tokens')}</span>}
  </span>
)

/** The part of the training that is done: in steps where they are known, else in epochs. */
const Done = ({ now: { phase, queuePosition, epochs, steps } }: Pick<Props, 'now'>) => {
  const [count, unit] = steps.total !== null && steps.done > 0 ? [steps, 'steps'] : [epochs, 'epochs']
  if (count.done === 0 || count.total === null)
    return <span className="phase">{queuePosition === null ? phase : `queue number ${queuePosition}`}</span>
  return (
    <span className="phase">
      <meter min={0} max={count.total} value={count.done} aria-label={`${unit} done`} />
      {quantity(count.done, undefined)}/{quantity(count.total, unit)}
    </span>
  )
}

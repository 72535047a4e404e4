import type { FineTuneSnapshot } from '@finetune-kit/model'
import { progress } from './recordConfig.ts'
import { go } from './Route.ts'
import { RunStatus } from './RunStatus.tsx'
import { Moment } from './CellValue.tsx'

interface Props {
  readonly run: string
  readonly snapshots: ReadonlyArray<FineTuneSnapshot>
  readonly from: number
  readonly to: number
}

/** The snapshots of a run, oldest first, two of them chosen for comparison. */
export const Timeline = ({ run, snapshots, from, to }: Props) => {
  const choose = (chosen: { readonly from?: number; readonly to?: number }) =>
    go({ _tag: 'Run', run, from, to, ...chosen })
  return (
    <fieldset className="timeline">
      <legend>Compare two snapshots</legend>
      <ol>
        {snapshots.map((snapshot, index) => (
          <li key={index} data-chosen={index === from || index === to}>
            <input
              type="radio"
              name="from"
              aria-label={`from snapshot ${index + 1}`}
              checked={index === from}
              onChange={() => choose({ from: index })}
            />
            <input
              type="radio"
              name="to"
              aria-label={`to snapshot ${index + 1}`}
              checked={index === to}
              onChange={() => choose({ to: index })}
            />
            <span className="ordinal">{index + 1}</span>
            <span className="seen">
              <LastActivity snapshot={snapshot} />
              <RunStatus snapshot={snapshot} />
            </span>
          </li>
        ))}
      </ol>
    </fieldset>
  )
}

const LastActivity = ({ snapshot }: { readonly snapshot: Parameters<typeof progress>[0] }) => {
  const { lastActivity } = progress(snapshot)
  return lastActivity === null ? null : <Moment seconds={lastActivity} />
}

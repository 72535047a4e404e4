import { useState } from 'react'
import type { Run } from '../../src/api/old.ts'
import { Moment } from './CellValue.tsx'
import { progress, type RecordConfig } from './recordConfig.ts'
import { go } from './Route.ts'
import { RunStatus } from './RunStatus.tsx'

interface Props extends Pick<Run, 'snapshots' | 'seenAt'> {
  readonly config: RecordConfig
  /** The key of the run. */
  readonly run: string
  readonly from: number
  readonly to: number
}

const maxShown = 60

/** The snapshots of a run, oldest first, two of them chosen for comparison. */
export const Timeline = ({ config, run, snapshots, seenAt, from, to }: Props) => {
  const [isWhole, setWhole] = useState(snapshots.length <= maxShown)
  const choose = (chosen: { readonly from?: number; readonly to?: number }) =>
    go({ _tag: 'Run', run, from, to, ...chosen })
  const shown = snapshots
    .map((snapshot, index) => ({ snapshot, index }))
    .filter(({ index }) => isWhole || index === from || index === to || index >= snapshots.length - maxShown)
  return (
    <fieldset className="timeline">
      <legend>Compare two snapshots</legend>
      {!isWhole && (
        <button type="button" className="more" onClick={() => setWhole(true)}>
          Show all {snapshots.length}
        </button>
      )}
      <ol>
        {shown.map(({ snapshot, index }) => (
          <li key={index} data-chosen={index === from || index === to}>
            <Choice
              name="from"
              index={index}
              isChosen={index === from}
              onChoose={() => choose({ from: index })}
            />
            <Choice name="to" index={index} isChosen={index === to} onChoose={() => choose({ to: index })} />
            <span className="ordinal">{index + 1}</span>
            <Seen config={config} snapshot={snapshot} seenAt={seenAt[index] ?? null} />
          </li>
        ))}
      </ol>
    </fieldset>
  )
}

interface ChoiceProps {
  readonly name: string
  readonly index: number
  readonly isChosen: boolean
  readonly onChoose: () => void
}

const Choice = ({ name, index, isChosen, onChoose }: ChoiceProps) => (
  <label className="pick">
    <input
      type="radio"
      name={name}
      aria-label={`${name} snapshot ${index + 1}`}
      checked={isChosen}
      onChange={onChoose}
    />
    <span aria-hidden="true">{name}</span>
  </label>
)

interface SeenProps {
  readonly config: RecordConfig
  readonly snapshot: unknown
  readonly seenAt: number | null
}

const Seen = ({ config, snapshot, seenAt }: SeenProps) => {
  const now = progress(snapshot)
  const at = seenAt ?? now.lastActivity
  return (
    <span className="seen">
      {at !== null && <Moment seconds={at} />}
      <RunStatus config={config} snapshot={snapshot} now={now} />
    </span>
  )
}

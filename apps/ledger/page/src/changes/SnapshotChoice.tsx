import { escapeUnprintable } from '@finetune-kit/codec'
import type { RunDetail } from '../../../src/api/run.ts'
import { momentText } from '../Moment.tsx'

interface Props {
  readonly snapshots: ReadonlyArray<SnapshotLabel>
  readonly from: number
  readonly to: number
  readonly onChoose: (choice: { readonly from?: number; readonly to?: number }) => void
  /** Goes to the change before, or after. */
  readonly onStep: (by: number) => void
}

/** A snapshot in a list: its time and where it was seen. */
export interface SnapshotLabel {
  readonly at: number
  readonly source: string
}

/**
 * The snapshots of a run as a list names them: by the time that the record tells of, else by the
 * time it was seen, which is that of the import for a record of a file.
 */
export const labelsOf = ({
  history,
  story,
}: Pick<RunDetail, 'history' | 'story'>): ReadonlyArray<SnapshotLabel> => {
  const times = new Map(story.map(({ snapshot, at }) => [snapshot, at]))
  return history.map(({ n, seen_at, source }) => ({ at: times.get(n) ?? seen_at, source }))
}

/** The two snapshots to compare, each by its number, its time and its source. */
export const SnapshotChoice = ({ snapshots, from, to, onChoose, onStep }: Props) => (
  <div className="choice">
    <button type="button" className="button" disabled={to <= 2} onClick={() => onStep(-1)}>
      ← Previous change
    </button>
    <Choice name="From" value={from} snapshots={snapshots} onChange={value => onChoose({ from: value })} />
    <span aria-hidden="true">→</span>
    <Choice name="To" value={to} snapshots={snapshots} onChange={value => onChoose({ to: value })} />
    <button type="button" className="button" disabled={to >= snapshots.length} onClick={() => onStep(1)}>
      Next change →
    </button>
  </div>
)

interface ChoiceProps extends Pick<Props, 'snapshots'> {
  readonly name: string
  readonly value: number
  readonly onChange: (value: number) => void
}

const Choice = ({ name, value, snapshots, onChange }: ChoiceProps) => (
  <label>
    <span>{name} snapshot</span>
    {snapshots.length <= maxOptions ? (
      <select value={value} onChange={event => onChange(Number(event.target.value))}>
        {snapshots.map(({ at }, index) => (
          <option key={index} value={index + 1}>
            {index + 1} of {snapshots.length} · {momentText(at, true)}
          </option>
        ))}
      </select>
    ) : (
      <input
        type="number"
        min={1}
        max={snapshots.length}
        value={value}
        onChange={event => {
          const chosen = event.target.valueAsNumber
          if (Number.isInteger(chosen) && chosen >= 1 && chosen <= snapshots.length) onChange(chosen)
        }}
      />
    )}
    <span className="none">{placeOf(snapshots[value - 1], snapshots.length > maxOptions)}</span>
  </label>
)

/** The most snapshots that are listed. */
const maxOptions = 300

const placeOf = (snapshot: SnapshotLabel | undefined, isTimed: boolean): string =>
  snapshot === undefined
    ? ''
    : `${isTimed ? `${momentText(snapshot.at, true)}, ` : ''}in ${escapeUnprintable(snapshot.source, 60)}`

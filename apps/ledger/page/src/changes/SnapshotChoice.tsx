import { escapeUnprintable } from '@finetune-kit/codec'
import type { RunDetail } from '../../../src/api/run.ts'
import { ActionButton } from '../ActionButton.tsx'
import { momentText } from '../Moment.tsx'
import { SnapshotNumber } from '../SnapshotNumber.tsx'

type Entry = RunDetail['history'][number]

interface Props {
  readonly run: Pick<RunDetail, 'snapshots' | 'history'>
  readonly from: number
  readonly to: number
  readonly onChoose: (choice: { readonly from?: number; readonly to?: number }) => void
  /** Goes to the change before, or after. */
  readonly onStep: (by: number) => void
}

/** The time that a record tells of, else that it was seen at: the import, for one of a file. */
const timeOf = ({ at, seen_at }: Entry): string => momentText(at ?? seen_at, true)

/** The two snapshots to compare, each by its number, its time and its source. */
export const SnapshotChoice = ({ run, from, to, onChoose, onStep }: Props) => (
  <div className="choice">
    <ActionButton isOff={to <= 2} onClick={() => onStep(-1)}>
      ← Previous change
    </ActionButton>
    <Choice name="From" value={from} run={run} onChange={value => onChoose({ from: value })} />
    <span aria-hidden="true">→</span>
    <Choice name="To" value={to} run={run} onChange={value => onChoose({ to: value })} />
    <ActionButton isOff={to >= run.snapshots} onClick={() => onStep(1)}>
      Next change →
    </ActionButton>
  </div>
)

interface ChoiceProps extends Pick<Props, 'run'> {
  readonly name: string
  readonly value: number
  readonly onChange: (value: number) => void
}

const Choice = ({ name, value, run: { snapshots, history }, onChange }: ChoiceProps) => {
  // very many are not listed: the server names the last ones only
  const isListed = snapshots === history.length
  const entry = history.find(({ n }) => n === value - 1)
  return (
    <label>
      <span>{name} snapshot</span>
      {isListed ? (
        <select value={value} onChange={event => onChange(Number(event.target.value))}>
          {history.map(one => (
            <option key={one.n} value={one.n + 1}>
              {one.n + 1} of {snapshots} · {timeOf(one)}
            </option>
          ))}
        </select>
      ) : (
        <SnapshotNumber value={value} count={snapshots} onChange={onChange} />
      )}
      <span className="none">
        {entry === undefined
          ? `of ${snapshots.toLocaleString('en-US')}`
          : `${isListed ? '' : `${timeOf(entry)}, `}in ${escapeUnprintable(entry.source, 60)}`}
      </span>
    </label>
  )
}

interface Props {
  readonly value: number
  /** The number of snapshots. */
  readonly count: number
  readonly onChange: (ordinal: number) => void
}

/** A field for the number of a snapshot, from 1. What is no such number changes nothing. */
export const SnapshotNumber = ({ value, count, onChange }: Props) => (
  <input
    type="number"
    min={1}
    max={count}
    value={value}
    onChange={({ target: { valueAsNumber: chosen } }) => {
      if (Number.isInteger(chosen) && chosen >= 1 && chosen <= count) onChange(chosen)
    }}
  />
)

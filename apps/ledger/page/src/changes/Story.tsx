import type { RunDetail } from '../../../src/api/run.ts'
import { Moment } from '../Moment.tsx'
import { useLimit } from '../useLimit.tsx'
import { ChangeList } from './ChangeList.tsx'

interface Props {
  readonly entries: RunDetail['story']
  /** The snapshot that is compared, from 1. */
  readonly to: number
  /** Compares a snapshot, from 1, with the one before. */
  readonly onChoose: (ordinal: number) => void
}

/** The news of a run in words, the newest first. */
export const Story = ({ entries, to, onChoose }: Props) => {
  const [limit, more] = useLimit(entries.length, 30)
  return (
    <>
      <ol className="story">
        {entries
          .toReversed()
          .slice(0, limit)
          .map(({ at, snapshot, sentences }, index) => (
            <li key={index} data-chosen={snapshot !== null && snapshot + 1 === to}>
              <span className="when">
                {at === null ? 'at an unknown time' : <Moment seconds={at} isExact />}
                {snapshot !== null && (
                  <button type="button" className="link" onClick={() => onChoose(snapshot + 1)}>
                    snapshot {snapshot + 1}
                  </button>
                )}
              </span>
              <ChangeList sentences={sentences} />
            </li>
          ))}
      </ol>
      {more}
    </>
  )
}

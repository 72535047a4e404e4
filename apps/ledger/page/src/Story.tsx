import type { Run } from '../../src/api/old.ts'
import { Moment } from './CellValue.tsx'
import { ChangeList } from './ChangeList.tsx'
import { useLimit } from './useLimit.tsx'

/** The news of a run in words, the newest first. */
export const Story = ({ entries }: { readonly entries: Run['story'] }) => {
  const [limit, more] = useLimit(entries.length, 20)
  return (
    <>
      <ol className="story">
        {entries
          .toReversed()
          .slice(0, limit)
          .map(({ at, sentences }, index) => (
            <li key={index}>
              <span className="when">{at === null ? 'at an unknown time' : <Moment seconds={at} />}</span>
              <ChangeList sentences={sentences} />
            </li>
          ))}
      </ol>
      {more}
    </>
  )
}

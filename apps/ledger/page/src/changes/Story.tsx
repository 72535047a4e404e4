import { useInfiniteQuery } from '@tanstack/react-query'
import type { RunDetail } from '../../../src/api/run.ts'
import { runStory } from '../api/queries.ts'
import { Failure, Loading } from '../Answer.tsx'
import { Moment } from '../Moment.tsx'
import { MoreButton } from '../MoreButton.tsx'
import { pluralize } from '../pluralize.ts'
import { ChangeList } from './ChangeList.tsx'

interface Props {
  readonly run: Pick<RunDetail, 'key'>
  /** The snapshot that is compared, from 1. */
  readonly to: number
  /** Compares a snapshot, from 1, with the one before. */
  readonly onChoose: (ordinal: number) => void
}

/** The news of a run in words, the newest first. They are loaded page by page. */
export const Story = ({ run, to, onChoose }: Props) => {
  const answer = useInfiniteQuery(runStory(run.key))
  if (answer.isPending) return <Loading />
  if (answer.data === undefined) return <Failure error={answer.error} />
  const entries = answer.data.pages.flatMap(page => page.entries)
  const total = answer.data.pages[0]?.total ?? 0
  return (
    <>
      {answer.isError && <Failure error={answer.error} />}
      <ol className="story">
        {entries.map(({ at, snapshot, sentences, more }, index) => (
          // counted from the oldest: what is read keeps its place when news come before it
          <li key={total - index} data-chosen={snapshot !== null && snapshot + 1 === to}>
            <span className="when">
              {at === null ? 'at an unknown time' : <Moment seconds={at} isExact />}
              {snapshot !== null && (
                <button type="button" className="link" onClick={() => onChoose(snapshot + 1)}>
                  snapshot {snapshot + 1}
                </button>
              )}
            </span>
            <ChangeList sentences={sentences} />
            {more > 0 && <p className="none">and {pluralize(more, 'more change')}</p>}
          </li>
        ))}
      </ol>
      <MoreButton
        noun="news"
        left={total - entries.length}
        isLoading={answer.isFetchingNextPage}
        onMore={() => void answer.fetchNextPage()}
      />
    </>
  )
}

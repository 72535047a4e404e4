import { useInfiniteQuery } from '@tanstack/react-query'
import type { RunDetail } from '../../../src/api/run.ts'
import { runCheckpoints } from '../api/queries.ts'
import { Failure, Loading } from '../Answer.tsx'
import { MoreButton } from '../MoreButton.tsx'
import { configFor } from '../recordConfig.ts'
import { Items } from '../Value.tsx'
import { Section } from './Section.tsx'

/** The checkpoints of a run; none where there are none. */
export const Checkpoints = ({ run: { key, checkpoints } }: { readonly run: RunDetail }) =>
  checkpoints > 0 && (
    <Section name={`Checkpoints (${checkpoints.toLocaleString('en-US')})`}>
      <CheckpointTable runKey={key} />
    </Section>
  )

const CheckpointTable = ({ runKey }: { readonly runKey: string }) => {
  const answer = useInfiniteQuery(runCheckpoints(runKey))
  if (answer.isPending) return <Loading />
  if (answer.data === undefined) return <Failure error={answer.error} />
  const records = answer.data.pages.flatMap(page => page.checkpoints)
  const config = configFor(records[0])
  if (config === undefined) return <p className="none">The page cannot show these checkpoints.</p>
  return (
    <>
      {answer.isError && <Failure error={answer.error} />}
      <Items fields={config.fields} items={records} step={Number.POSITIVE_INFINITY} />
      <MoreButton
        noun="checkpoints"
        left={(answer.data.pages[0]?.total ?? 0) - records.length}
        isLoading={answer.isFetchingNextPage}
        onMore={() => void answer.fetchNextPage()}
      />
    </>
  )
}

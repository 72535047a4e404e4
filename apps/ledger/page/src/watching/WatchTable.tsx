import { escapeUnprintable } from '@finetune-kit/codec'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Watch } from '../../../src/api/watches.ts'
import { Failure, Loading } from '../Answer.tsx'
import { MoreButton } from '../MoreButton.tsx'
import { link, runRoute } from '../Route.ts'
import { PollTime } from './PollTime.tsx'
import { watchList } from './queries.ts'
import { WatchActions } from './WatchActions.tsx'
import { WatchState } from './WatchState.tsx'

interface Props {
  readonly connection: number
  /** The state of the watches that are shown; an empty one is any. */
  readonly state: string
}

/** The watched runs of a connection, the newest first. */
export const WatchTable = ({ connection, state }: Props) => {
  const list = useInfiniteQuery(watchList(connection, state))
  if (list.isPending) return <Loading />
  if (list.data === undefined) return <Failure error={list.error} />
  const runs = list.data.pages.flatMap(page => page.watches).filter(({ run_id }) => run_id !== null)
  if (runs.length === 0)
    return <p className="note">{state === '' ? 'No run is watched yet.' : 'No run is in this state.'}</p>
  return (
    <>
      {list.isError && <Failure error={list.error} />}
      <div className="scroll" tabIndex={0} role="group" aria-label="Watched runs">
        <table className="watches">
          <thead>
            <tr>
              {['Run', 'Watch', 'Status', 'Last poll', 'Next poll', 'Actions'].map(title => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {runs.map(watch => (
              <WatchRow key={watch.id} watch={watch} />
            ))}
          </tbody>
        </table>
      </div>
      <MoreButton
        noun="watches"
        left={list.hasNextPage ? undefined : 0}
        isLoading={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </>
  )
}

const WatchRow = ({ watch }: { readonly watch: Watch }) => {
  const { run_id, status, fault, last_poll_at, next_poll_at } = watch
  const id = run_id ?? ''
  const name = escapeUnprintable(id, 120)
  return (
    <tr data-state={watch.state}>
      <td data-title="Run" className="run-id">
        {status === null ? <code>{name}</code> : <a href={link(runRoute(id))}>{name}</a>}
        {fault !== null && <span className="fault">{escapeUnprintable(fault, 600)}</span>}
      </td>
      <td data-title="Watch">
        <WatchState watch={watch} />
      </td>
      <td data-title="Status">
        {status === null ? <span className="none">–</span> : escapeUnprintable(status, 80)}
      </td>
      <td data-title="Last poll">
        <PollTime at={last_poll_at} none="not yet" />
      </td>
      <td data-title="Next poll">
        <PollTime at={next_poll_at} none="none" isNext />
      </td>
      <td data-title="Actions">
        <WatchActions watch={watch} name={name} />
      </td>
    </tr>
  )
}

import { escapeUnprintable } from '@finetune-kit/codec'
import { useQuery } from '@tanstack/react-query'
import { link, watchingRoute } from '../Route.ts'
import { PollTime } from '../watching/PollTime.tsx'
import { runWatches } from '../watching/queries.ts'
import { WatchActions } from '../watching/WatchActions.tsx'
import '../watching/watching.css'
import { WatchState } from '../watching/WatchState.tsx'

/** The watches of a run, where it has some. */
export const RunWatches = ({ id }: { readonly id: string }) => {
  const { data } = useQuery({ ...runWatches(id), enabled: id !== '' })
  return (
    <>
      {data?.watches.map(watch => (
        <div key={watch.id} className="whole" role="group" aria-label="Watch">
          <WatchState watch={watch} />
          <WatchActions watch={watch} name="this run" />
          <a href={link(watchingRoute())}>All watches</a>
          {watch.state === 'active' && (
            <span>
              next poll <PollTime at={watch.next_poll_at} none="none" isNext />
            </span>
          )}
          {watch.state !== 'active' && (
            <span>
              last poll <PollTime at={watch.last_poll_at} none="not yet" />
            </span>
          )}
          {watch.fault !== null && <p className="fault">{escapeUnprintable(watch.fault, 600)}</p>}
        </div>
      ))}
    </>
  )
}

import { escapeUnprintable } from '@finetune-kit/codec'
import { useMutation, useQuery } from '@tanstack/react-query'
import { queryClient } from '../api/queries.ts'
import { PollTime } from './PollTime.tsx'
import { addWatch, watchQueries, wholeWatch } from './queries.ts'
import { WatchActions } from './WatchActions.tsx'
import { WatchState } from './WatchState.tsx'

/** The watch of all runs of the service. */
export const WholeWatch = ({ connection }: { readonly connection: number }) => {
  const { data } = useQuery(wholeWatch(connection))
  const begin = useMutation({
    mutationFn: () => addWatch({ connection }),
    onSettled: () => queryClient.invalidateQueries(watchQueries),
  })
  if (data === undefined) return null
  const [watch] = data.watches
  if (watch === undefined)
    return (
      <p className="whole">
        <button type="button" className="button" disabled={begin.isPending} onClick={() => begin.mutate()}>
          Watch all runs
        </button>{' '}
        <span className="none">finds those that are there, and new ones as they begin</span>
      </p>
    )
  return (
    <div className="whole">
      <b>All runs</b> <WatchState watch={watch} />
      {/* before the times, which change each second and would push it */}
      <WatchActions watch={watch} name="all runs" />
      <span>
        last poll <PollTime at={watch.last_poll_at} none="not yet" />
      </span>
      {watch.state === 'active' && (
        <span>
          next poll <PollTime at={watch.next_poll_at} none="none" isNext />
        </span>
      )}
      {watch.fault !== null && <p className="fault">{escapeUnprintable(watch.fault, 600)}</p>}
    </div>
  )
}

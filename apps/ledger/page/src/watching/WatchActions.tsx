import { useMutation } from '@tanstack/react-query'
import { ActionButton } from '../ActionButton.tsx'
import { ActionError } from '../ActionError.tsx'
import type { Watch } from '../../../src/api/watches.ts'
import { queryClient } from '../api/queries.ts'
import { actOnWatch, type WatchAction, watchQueries } from './queries.ts'

interface Props {
  readonly watch: Watch
  /** The thing that is watched, for labels. */
  readonly name: string
}

/** The things that can be done to a watch in each state. Stopping loses nothing: no question asked. */
const actions: Readonly<Record<string, ReadonlyArray<readonly [WatchAction, string]>>> = {
  active: [
    ['poll', 'Poll now'],
    ['paused', 'Pause'],
    ['stopped', 'Stop'],
  ],
  paused: [
    ['active', 'Resume'],
    ['stopped', 'Stop'],
  ],
  stopped: [['active', 'Resume']],
  ended: [['active', 'Watch again']],
}

/** Buttons to pause, resume, stop or poll. */
export const WatchActions = ({ watch, name }: Props) => {
  const act = useMutation({
    mutationFn: (action: WatchAction) => actOnWatch(watch.id, action),
    onSettled: () => queryClient.invalidateQueries(watchQueries),
  })
  return (
    <span className="watch-actions" role="group" aria-label={`Actions: ${name}`} tabIndex={-1}>
      {(actions[watch.state] ?? []).map(([action, label]) => (
        <ActionButton
          key={action}
          className="button small"
          isOff={act.isPending}
          aria-label={`${label}: ${name}`}
          title={titles[action]}
          onClick={({ currentTarget }) => {
            // the button goes with the state, and the focus would be lost
            if (action !== 'poll') currentTarget.closest<HTMLElement>('.watch-actions')?.focus()
            act.mutate(action)
          }}
        >
          {label}
        </ActionButton>
      ))}
      <ActionError error={act.error} />
    </span>
  )
}

const titles: Readonly<Record<WatchAction, string>> = {
  poll: 'Asks the service now instead of at the next poll',
  active: 'Asks the service again',
  paused: 'Asks the service no more until it is resumed',
  stopped: 'Asks the service no more. All that is stored stays, and it can be resumed',
}

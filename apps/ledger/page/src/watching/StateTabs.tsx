import { escapeUnprintable } from '@finetune-kit/codec'
import { watchStates } from '@finetune-kit/model'
import { useMutation } from '@tanstack/react-query'
import { ActionButton } from '../ActionButton.tsx'
import { ActionError } from '../ActionError.tsx'
import type { Connection } from '../../../src/api/connections.ts'
import { queryClient } from '../api/queries.ts'
import { link, watchingRoute } from '../Route.ts'
import { resumeConnection, watchQueries } from './queries.ts'
import { stateWord } from './WatchState.tsx'

interface Props {
  readonly connection: Connection
  /** The state of the watches that are shown; an empty one is any. */
  readonly state: string
}

/** The states of watched runs with their numbers: each a link that narrows the table. */
export const StateTabs = ({ connection: { id, runs, base_url }, state }: Props) => {
  const resume = useMutation({
    mutationFn: () => resumeConnection(id),
    onSettled: () => queryClient.invalidateQueries(watchQueries),
  })
  const total = watchStates.reduce((sum, name) => sum + runs[name], 0)
  if (total === 0) return null
  const shown = (['', ...watchStates] as const).filter(
    name => name === '' || name === state || runs[name] > 0,
  )
  return (
    <div className="states">
      <nav className="state-tabs" aria-label={`States of ${escapeUnprintable(base_url, 80)}`}>
        {shown.map(name => (
          <a key={name} href={link(watchingRoute(name))} aria-current={name === state ? 'page' : undefined}>
            {name === '' ? 'all' : stateWord(name)}{' '}
            {(name === '' ? total : runs[name]).toLocaleString('en-US')}
          </a>
        ))}
      </nav>
      {runs.paused > 0 && (
        <ActionButton className="button small" isOff={resume.isPending} onClick={() => resume.mutate()}>
          Resume all that is paused
        </ActionButton>
      )}
      <ActionError error={resume.error} />
    </div>
  )
}

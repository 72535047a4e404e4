import { escapeUnprintable } from '@finetune-kit/codec'
import { useMutation } from '@tanstack/react-query'
import { ActionButton } from '../ActionButton.tsx'
import { ActionError } from '../ActionError.tsx'
import type { Connection } from '../../../src/api/connections.ts'
import { queryClient } from '../api/queries.ts'
import { Menu } from '../Menu.tsx'
import { Moment } from '../Moment.tsx'
import { NewRun } from './NewRun.tsx'
import { removeConnection, watchQueries } from './queries.ts'
import { StateTabs } from './StateTabs.tsx'
import { WatchTable } from './WatchTable.tsx'
import { WholeWatch } from './WholeWatch.tsx'

interface Props {
  readonly connection: Connection
  /** The state of the watches that are shown; an empty one is any. */
  readonly state: string
}

/** A service: its address and key, the watch of all its runs, and the runs that are watched. */
export const ConnectionCard = ({ connection, state }: Props) => {
  const { id, base_url, dialect, api_version, key_name, problem, not_before } = connection
  const name = escapeUnprintable(base_url, 200)
  return (
    <section className="connection" aria-label={name}>
      <header>
        <h2>{name}</h2>
        <p className="note">
          {escapeUnprintable(dialect, 40)}
          {api_version !== null && `, version ${escapeUnprintable(api_version, 40)}`}
          {key_name !== '' && (
            <>
              , key in <code>{escapeUnprintable(key_name, 80)}</code>
            </>
          )}
        </p>
        <Removal connection={connection} />
      </header>
      {problem !== null && <p className="trouble">{escapeUnprintable(problem, 400)}</p>}
      {not_before !== null && (
        <p className="note">
          The service asked not to be polled before <Moment seconds={not_before} isExact />.
        </p>
      )}
      <WholeWatch connection={id} />
      <NewRun connection={id} />
      <StateTabs connection={connection} state={state} />
      <WatchTable connection={id} state={state} />
    </section>
  )
}

/** Removes a connection: its watches go, what was stored stays. */
const Removal = ({ connection: { id } }: Pick<Props, 'connection'>) => {
  const remove = useMutation({
    mutationFn: () => removeConnection(id),
    onSettled: () => queryClient.invalidateQueries(watchQueries),
  })
  return (
    <Menu title="Remove …" isAtEnd>
      <p>Removes this connection and its watches. All runs that were stored stay in the ledger.</p>
      <ActionButton className="button danger" isOff={remove.isPending} onClick={() => remove.mutate()}>
        Remove this connection
      </ActionButton>
      <ActionError error={remove.error} />
    </Menu>
  )
}

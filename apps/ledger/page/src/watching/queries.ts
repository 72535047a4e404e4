import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import {
  Connection,
  ConnectionList,
  ConnectionTest,
  type NewConnection,
} from '../../../src/api/connections.ts'
import { type NewWatch, Watch, type WatchEdit, WatchList } from '../../../src/api/watches.ts'
import { ask, change, send } from '../api/ask.ts'

/** Everything about watches: read again after each change that the server tells of. */
const watching = 'watching'

/** The queries that an event `watches` concerns. */
export const watchQueries = { queryKey: [watching] }

/** The connections, the oldest first, page by page. */
export const connectionList = infiniteQueryOptions({
  queryKey: [watching, 'connections'],
  queryFn: ({ pageParam, signal }) =>
    ask(ConnectionList, `api/connections?limit=10${pageParam === 0 ? '' : `&after=${pageParam}`}`, {
      signal,
    }),
  initialPageParam: 0,
  getNextPageParam: ({ next }) => next ?? undefined,
})

/** The watches of a connection, the newest first, page by page. */
export const watchList = (connection: number, state: string) =>
  infiniteQueryOptions({
    queryKey: [watching, 'watches', connection, state],
    queryFn: ({ pageParam, signal }) => {
      const page = new URLSearchParams({ connection: String(connection) })
      if (state !== '') page.set('state', state)
      if (pageParam !== 0) page.set('before', String(pageParam))
      return ask(WatchList, `api/watches?${page}`, { signal })
    },
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next ?? undefined,
  })

/** The watch of all runs of a connection. */
export const wholeWatch = (connection: number) =>
  queryOptions({
    queryKey: [watching, 'whole', connection],
    queryFn: ({ signal }) => ask(WatchList, `api/watches?connection=${connection}&run_id=`, { signal }),
  })

/** The watches of one run. */
export const runWatches = (id: string) =>
  queryOptions({
    queryKey: [watching, 'run', id],
    queryFn: ({ signal }) => ask(WatchList, `api/watches?${new URLSearchParams({ run_id: id })}`, { signal }),
  })

export const testConnection = (body: NewConnection): Promise<ConnectionTest> =>
  ask(ConnectionTest, 'api/connections/test', change('POST', body))

export const addConnection = (body: NewConnection): Promise<Connection> =>
  ask(Connection, 'api/connections', change('POST', body))

/** Resumes all paused watches of a connection. */
export const resumeConnection = (id: number): Promise<Connection> =>
  ask(Connection, `api/connections/${id}/resume`, change('POST'))

export const removeConnection = (id: number): Promise<Response> =>
  send(`api/connections/${id}`, change('DELETE'))

export const addWatch = (body: NewWatch): Promise<Watch> => ask(Watch, 'api/watches', change('POST', body))

/** A thing that a reader does to a watch. */
export type WatchAction = WatchEdit['state'] | 'poll'

export const actOnWatch = (id: number, action: WatchAction): Promise<Watch> =>
  action === 'poll'
    ? ask(Watch, `api/watches/${id}/poll`, change('POST'))
    : ask(Watch, `api/watches/${id}`, change('PATCH', { state: action } satisfies WatchEdit))

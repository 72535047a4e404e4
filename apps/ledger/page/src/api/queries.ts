import { infiniteQueryOptions, keepPreviousData, QueryClient, queryOptions } from '@tanstack/react-query'
import { parametersOf, type TableQuery } from '../Route.ts'
import { ApiError, ask, runPath } from './ask.ts'
import { Changes } from '../../../src/api/changes.ts'
import { CheckpointPage, EventPage, RunDetail, Snapshot, StoryPage } from '../../../src/api/run.ts'
import type { RunRow } from '../../../src/api/RunRow.ts'
import { FacetList, RunList } from '../../../src/api/runs.ts'
import { runWatches } from '../watching/queries.ts'

/** Answers stay until the server tells of a change: see `useLive`. */
export const queryClient = new QueryClient({
  defaultOptions: {
    // a server on this machine answers without a network, too
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 30 * 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && isUnanswered(error),
    },
  },
})

/** Asks again for whatever failed. */
export const askAgain = (): void =>
  void queryClient.refetchQueries({ predicate: ({ state }) => state.status === 'error' })

/** Asks again for what got no answer. */
export const askUnanswered = (): void =>
  void queryClient.refetchQueries({
    predicate: ({ state }) => state.status === 'error' && isUnanswered(state.error),
  })

function isUnanswered(error: unknown): boolean {
  return !(error instanceof ApiError && error.status > 0)
}

/** The number of rows of a page. */
export const pageSize = 100

/** The parameters of a list: the same whatever is in sight of it or selected. */
export const listParameters = (query: TableQuery): string =>
  parametersOf({ ...query, at: '', columns: [], selected: [] })

/** A page of the runs of a query, from 0. */
export const runPage = (query: TableQuery, page: number) => {
  const parameters = listParameters(query)
  return queryOptions({
    queryKey: ['runs', parameters, page],
    queryFn: ({ signal }) => {
      const asked = new URLSearchParams(parameters)
      asked.set('limit', String(pageSize))
      // a page that is new continues the one before it, whatever has come to the list since
      const isNew = queryClient.getQueryData(['runs', parameters, page]) === undefined
      const after = isNew && queryClient.getQueryData<RunList>(['runs', parameters, page - 1])?.next
      if (typeof after === 'string') asked.set('after', after)
      else if (page > 0) asked.set('offset', String(page * pageSize))
      return ask(RunList, `api/runs?${asked}`, { signal })
    },
  })
}

/** The runs of a query that are loaded. */
export const loadedRuns = (query: TableQuery): ReadonlyArray<RunRow> =>
  queryClient
    .getQueriesData<RunList>({ queryKey: ['runs', listParameters(query)] })
    .flatMap(([, list]) => list?.runs ?? [])

/** The number of runs by each value that they are filtered by. */
export const facetList = (query: TableQuery) => {
  const parameters = listParameters({ ...query, sort: '', order: '' })
  return queryOptions({
    queryKey: ['facets', parameters],
    queryFn: ({ signal }) => ask(FacetList, `api/facets?${parameters}`, { signal }),
    placeholderData: keepPreviousData,
  })
}

/** A run, with its watches: they stand before the rest, and would push it down. */
export const runDetail = (key: string) =>
  queryOptions({
    queryKey: ['run', key],
    queryFn: async ({ signal }) => {
      const run = await ask(RunDetail, runPath(key), { signal })
      if (run.id !== '') await queryClient.prefetchQuery({ ...runWatches(run.id), retry: false })
      return run
    },
  })

/** The events of a run, newest first, page by page: of one level, or of all. */
export const runEvents = (key: string, level: string | null | undefined) =>
  infiniteQueryOptions({
    queryKey: ['run', key, 'events', level],
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams({ offset: String(pageParam), limit: String(pageSize) })
      if (level !== undefined) asked.set('level', level ?? '')
      return ask(EventPage, `${runPath(key)}/events?${asked}`, { signal })
    },
    initialPageParam: 0,
    getNextPageParam: ({ total }, pages) => nextOffset(total, pages, ({ events }) => events.length),
    placeholderData: keepPreviousData,
  })

/** The news of a run, newest first, page by page. */
export const runStory = (key: string) =>
  infiniteQueryOptions({
    queryKey: ['run', key, 'story'],
    queryFn: ({ pageParam, signal }) =>
      ask(StoryPage, `${runPath(key)}/story?offset=${pageParam}&limit=${storySize}`, { signal }),
    initialPageParam: 0,
    getNextPageParam: ({ total }, pages) => nextOffset(total, pages, ({ entries }) => entries.length),
  })

const storySize = 30

/** The checkpoints of a run, page by page. */
export const runCheckpoints = (key: string) =>
  infiniteQueryOptions({
    queryKey: ['run', key, 'checkpoints'],
    queryFn: ({ pageParam, signal }) =>
      ask(CheckpointPage, `${runPath(key)}/checkpoints?offset=${pageParam}&limit=${pageSize}`, { signal }),
    initialPageParam: 0,
    getNextPageParam: ({ total }, pages) => nextOffset(total, pages, ({ checkpoints }) => checkpoints.length),
  })

/** The number of items that are loaded; undefined if they are all. */
const nextOffset = <Page>(
  total: number,
  pages: ReadonlyArray<Page>,
  sizeOf: (page: Page) => number,
): number | undefined => {
  const loaded = pages.reduce((sum, page) => sum + sizeOf(page), 0)
  return loaded < total ? loaded : undefined
}

/** A snapshot of a run, from 1. */
export const runSnapshot = (key: string, ordinal: number, digest: string) =>
  queryOptions({
    queryKey: ['snapshot', key, ordinal, digest],
    queryFn: ({ signal }) => ask(Snapshot, `${runPath(key)}/snapshots/${ordinal - 1}`, { signal }),
    placeholderData: keepPreviousData,
  })

/** The changes between two snapshots of a run, from 1. */
export const runChanges = (key: string, from: number, to: number, digests: string) =>
  queryOptions({
    queryKey: ['changes', key, from, to, digests],
    queryFn: ({ signal }) => ask(Changes, `${runPath(key)}/changes/${from - 1}/${to - 1}`, { signal }),
    placeholderData: keepPreviousData,
  })

import { infiniteQueryOptions, keepPreviousData, QueryClient, queryOptions } from '@tanstack/react-query'
import { parametersOf, type TableQuery } from '../Route.ts'
import { ApiError, ask, runPath } from './ask.ts'
import { Changes } from '../../../src/api/changes.ts'
import { RunDetail, Snapshot } from '../../../src/api/run.ts'
import { FacetList, RunList } from '../../../src/api/runs.ts'

/** Answers stay until the server tells of a change: see `useLive`. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 30 * 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => !(error instanceof ApiError) && failures < 2,
    },
  },
})

/** The number of rows of a page. */
const pageSize = 100

/** The runs of a query, page by page. */
export const runList = (query: TableQuery) => {
  const parameters = parametersOf(withoutView(query))
  return infiniteQueryOptions({
    queryKey: ['runs', parameters],
    queryFn: ({ pageParam, signal }) => {
      const page = new URLSearchParams(parameters)
      page.set('limit', String(pageSize))
      if (pageParam !== '') page.set('after', pageParam)
      return ask(RunList, `/api/runs?${page}`, { signal })
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

/** The number of runs by each value that they are filtered by. */
export const facetList = (query: TableQuery) => {
  const parameters = parametersOf({ ...withoutView(query), sort: '', order: '' })
  return queryOptions({
    queryKey: ['facets', parameters],
    queryFn: ({ signal }) => ask(FacetList, `/api/facets?${parameters}`, { signal }),
    placeholderData: keepPreviousData,
  })
}

/** The query without what is the page's own. */
const withoutView = (query: TableQuery): TableQuery => ({ ...query, columns: [], selected: [] })

export const runDetail = (key: string) =>
  queryOptions({
    queryKey: ['run', key],
    queryFn: ({ signal }) => ask(RunDetail, runPath(key), { signal }),
  })

/** A snapshot of a run, from 1. */
export const runSnapshot = (key: string, ordinal: number, digest: string) =>
  queryOptions({
    queryKey: ['snapshot', key, ordinal, digest],
    queryFn: ({ signal }) => ask(Snapshot, `${runPath(key)}/snapshots/${ordinal - 1}`, { signal }),
  })

/** The changes between two snapshots of a run, from 1. */
export const runChanges = (key: string, from: number, to: number, digests: string) =>
  queryOptions({
    queryKey: ['changes', key, from, to, digests],
    queryFn: ({ signal }) => ask(Changes, `${runPath(key)}/changes/${from - 1}/${to - 1}`, { signal }),
    placeholderData: keepPreviousData,
  })

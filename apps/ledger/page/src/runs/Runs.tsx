import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo } from 'react'
import { facetList, queryClient, runList } from '../api/queries.ts'
import { ExportMenu } from '../ExportMenu.tsx'
import { ImportButton, Imports } from '../importing/Imports.tsx'
import { Failure, Loading } from '../Loading.tsx'
import { pluralize } from '../pluralize.ts'
import { go, parametersOf, replace, type TableQuery } from '../Route.ts'
import { useTitle } from '../useTitle.ts'
import { lastList } from './lastList.ts'
import { otherColumns, usefulColumns } from './RunColumn.ts'
import { isNarrowed, RunFilters } from './RunFilters.tsx'
import './runs.css'
import { RunTable } from './RunTable.tsx'
import { Selection } from './Selection.tsx'
import { forgetOffset } from './useRowWindow.ts'

/** The table of runs, each as it was seen last. */
export const Runs = ({ query }: { readonly query: TableQuery }) => {
  useTitle('')
  useEffect(() => lastList.set(query), [query])
  const list = useInfiniteQuery(runList(query))
  const facets = useQuery(facetList(query))
  const runs = useMemo(() => list.data?.pages.flatMap(page => page.runs) ?? [], [list.data])
  const columns = useMemo(
    () => [...usefulColumns, ...otherColumns.filter(({ id }) => query.columns.includes(id))],
    [query.columns],
  )
  const change = useCallback((next: TableQuery, isTyped = false) => {
    forgetOffset(next)
    ;(isTyped ? replace : go)({ _tag: 'Runs', query: next })
  }, [])
  const select = useCallback((next: TableQuery) => replace({ _tag: 'Runs', query: next }), [])
  const matched = list.data?.pages[0]?.matched ?? 0
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  return (
    <div className="run-list">
      <h1 className="unseen">Runs</h1>
      <div className="bar">
        <RunFilters query={query} facets={facets.data} onQuery={change} />
      </div>
      <div className="summary">
        <p className="count" role="status">
          {list.isPending || list.isPlaceholderData ? 'Reading …' : count(matched, query)}
        </p>
        {list.isStale && !list.isFetching && (
          <button type="button" className="button" onClick={() => void showChanges(query)}>
            Show changes
          </button>
        )}
        <ExportMenu
          isAtEnd
          parameters={parametersOf({ ...query, sort: '', order: '', columns: [], selected: [] })}
        />
        <ImportButton label="Import files" />
      </div>
      <Imports />
      {list.isPending && <Loading />}
      {list.isError && <Failure error={list.error} />}
      {runs.length > 0 && (
        <RunTable
          query={query}
          columns={columns}
          runs={runs}
          matched={matched}
          onEnd={hasNextPage && !isFetchingNextPage ? loadMore : undefined}
          onQuery={next => (next.selected === query.selected ? change(next) : select(next))}
        />
      )}
      <Selection query={query} runs={runs} onQuery={select} />
    </div>
  )
}

/** Reads a list again from its beginning. */
const showChanges = async (query: TableQuery): Promise<void> => {
  forgetOffset(query)
  document.querySelector('.window')?.scrollTo(0, 0)
  await queryClient.resetQueries({ queryKey: runList(query).queryKey, exact: true })
}

const count = (matched: number, query: TableQuery): string => {
  const isSome = isNarrowed(query)
  if (matched === 0) return isSome ? 'No run matches.' : 'No runs yet. Drop files here to import them.'
  const runs = pluralize(matched, 'run')
  return isSome ? `${runs} match${matched === 1 ? 'es' : ''}` : runs
}

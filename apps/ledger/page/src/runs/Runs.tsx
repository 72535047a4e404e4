import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo } from 'react'
import { facetList, listParameters, loadedRuns, queryClient } from '../api/queries.ts'
import { ExportMenu } from '../ExportMenu.tsx'
import { ImportButton, Imports } from '../importing/Imports.tsx'
import { Failure, Loading } from '../Answer.tsx'
import { pluralize } from '../pluralize.ts'
import { go, replace, type Route, type TableQuery } from '../Route.ts'
import { useTitle } from '../useTitle.ts'
import { lastList } from './lastList.ts'
import { otherColumns, sortOf, titleOf, usefulColumns } from './RunColumn.ts'
import { isNarrowed, RunFilters, widen } from './RunFilters.tsx'
import './runs.css'
import './runTable.css'
import './selection.css'
import './phone.css'
import { RunTable } from './RunTable.tsx'
import { Selection } from './Selection.tsx'
import { Welcome } from './Welcome.tsx'
import { maxRows } from './useRowWindow.ts'
import { useRunList } from './useRunPages.ts'

/** The table of runs, each as it was seen last. */
export const Runs = ({ query }: { readonly query: TableQuery }) => {
  useTitle('')
  useEffect(() => lastList.set(query), [query])
  const { head, isOther, shown, matched } = useRunList(query)
  const facets = useQuery(facetList(query))
  const columns = useMemo(
    () => [...usefulColumns, ...otherColumns.filter(({ id }) => query.columns.includes(id))],
    [query.columns],
  )
  const change = useCallback(
    (next: TableQuery, isTyped = false) => {
      const isSame = listParameters(next) === listParameters(query)
      ;(isTyped ? replace : go)(listRoute(isSame ? next : { ...next, at: '' }))
    },
    [query],
  )
  const select = useCallback((next: TableQuery) => replace(listRoute(next)), [])
  return (
    <div className="run-list">
      <h1 className="unseen">Runs</h1>
      <div className="bar">
        <RunFilters
          query={query}
          facets={facets.isPending ? undefined : (facets.data?.columns ?? [])}
          onQuery={change}
        />
      </div>
      <div className="summary">
        <p className="count" role="status">
          {head.isPending || isOther ? 'Reading …' : head.isError ? '' : count(matched, query)}
        </p>
        {isNarrowed(query) && (
          <button
            type="button"
            className="link"
            onClick={({ currentTarget }) => {
              // the button goes with the filters, and the focus would be lost
              currentTarget.closest('.run-list')?.querySelector<HTMLElement>('[type="search"]')?.focus()
              change(widen(query))
            }}
          >
            Show all runs
          </button>
        )}
        {matched > 0 && (
          <span className="none">
            sorted by {titleOf(sortOf(query))}, {query.order === 'ascending' ? 'ascending' : 'descending'}
          </span>
        )}
        {head.isStale && !head.isFetching && !head.isError && (
          <button type="button" className="button" onClick={() => void showChanges(query)}>
            Show changes
          </button>
        )}
        {matched > 0 && <ExportMenu isAtEnd parameters={listParameters({ ...query, sort: '', order: '' })} />}
        <ImportButton label="Import files" />
      </div>
      <Imports />
      {head.isPending && <Loading />}
      {head.isError && <Failure error={head.error} />}
      {head.isSuccess && matched === 0 && !isNarrowed(query) && <Welcome />}
      {matched > 0 && (
        <RunTable
          query={query}
          shown={shown}
          columns={columns}
          matched={matched}
          onQuery={next => (next.selected === query.selected ? change(next) : select(next))}
          onPlace={row => select({ ...query, at: row === 0 ? '' : String(row + 1) })}
        />
      )}
      {matched > maxRows() && <p className="none">{tooMany}</p>}
      <Selection query={query} runs={loadedRuns(query)} onQuery={select} />
    </div>
  )
}

const listRoute = (query: TableQuery): Route => ({ _tag: 'Runs', query })

/** Reads a list again from its beginning. */
const showChanges = async (query: TableQuery): Promise<void> => {
  replace(listRoute({ ...query, at: '' }))
  await queryClient.resetQueries({ queryKey: ['runs', listParameters(query)] })
}

const tooMany = 'More runs match than a page can scroll to. Narrow the list, or sort it the other way round.'

const count = (matched: number, query: TableQuery): string => {
  const isSome = isNarrowed(query)
  if (matched === 0) return isSome ? 'No run matches.' : 'No runs yet.'
  const runs = pluralize(matched, 'run')
  return isSome ? `${runs} match${matched === 1 ? 'es' : ''}` : runs
}

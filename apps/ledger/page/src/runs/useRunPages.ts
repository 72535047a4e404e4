import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { RunRow } from '../../../src/api/RunRow.ts'
import { listParameters, pageSize, runPage } from '../api/queries.ts'
import type { TableQuery } from '../Route.ts'

/** The number of the first row in sight, from 0. */
export const rowAt = ({ at }: TableQuery): number => Number(/^[1-9]\d{0,8}$/.exec(at)?.[0] ?? 1) - 1

const pageOf = (row: number): number => Math.floor(row / pageSize)

/** The list of a query as far as it is known before rows of it are in sight. */
export const useRunList = (query: TableQuery) => {
  const head = useQuery({ ...runPage(query, pageOf(rowAt(query))), placeholderData: keepPreviousData })
  const parameters = listParameters(query)
  // the list that was shown before stays until this one comes
  const last = useRef(query)
  const isOther = head.isPlaceholderData && listParameters(last.current) !== parameters
  useEffect(() => {
    if (!head.isPlaceholderData) last.current = query
  }, [head.isPlaceholderData, query])
  return { head, isOther, shown: isOther ? last.current : query, matched: head.data?.matched ?? 0 }
}

/** Rows before and after those in sight that are loaded too. */
const ahead = 30

/** Loads the rows from one to another, and returns the run of a row that is loaded. */
export const useRunPages = (
  query: TableQuery,
  { from, to, count }: { readonly from: number; readonly to: number; readonly count: number },
): ((row: number) => RunRow | undefined) => {
  const first = pageOf(Math.max(0, from - ahead))
  const last = pageOf(Math.max(0, Math.min(count - 1, to + ahead)))
  const pages = useQueries({
    queries: Array.from({ length: last - first + 1 }, (_, i) => runPage(query, first + i)),
  })
  return row => pages[pageOf(row) - first]?.data?.runs[row % pageSize]
}

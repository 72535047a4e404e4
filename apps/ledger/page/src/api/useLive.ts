import { decode } from '@finetune-kit/codec'
import type { QueryFilters } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Live, liveStream } from './liveStream.ts'
import { askUnanswered, queryClient } from './queries.ts'
import { watchQueries } from '../watching/queries.ts'
import { ChangeNotice } from '../../../src/api/changes.ts'
import { type RunList } from '../../../src/api/runs.ts'

/** Keeps what is shown up to date with the changes that the server tells of. */
export const useLive = (): Live => {
  const [live, setLive] = useState<Live>('connecting')
  useEffect(() => {
    let isFirst = true
    let server: string | undefined
    return liveStream({
      url: lastId => (lastId === '' ? 'api/changes' : `api/changes?after=${lastId}`),
      events: {
        changes: data => {
          const notice = decode(ChangeNotice)(JSON.parse(data))
          if (notice._tag === 'Left') return
          if (isFirst) takeFirst(notice.right)
          isFirst = false
          // another server may have another database: all may have changed
          const isOther = server !== undefined && server !== notice.right.server
          server = notice.right.server
          take(isOther ? { ...notice.right, complete: false } : notice.right)
        },
        // a request was lost on its way, and the stream was not
        heartbeat: askUnanswered,
        watches: () => void queryClient.invalidateQueries(watchQueries),
      },
      onState: setLive,
    })
  }, [])
  return live
}

/** The first notice tells only of what comes after it: what was read before may be older. */
const takeFirst = ({ seq }: ChangeNotice): void => {
  for (const queryKey of [['runs'], ['facets'], ['compare'], ['run']])
    refresh({ queryKey, predicate: ({ state }) => isOlder(state.data, seq) }, seq)
}

/** True if an answer may be older than a change: only a list tells the last change that it has. */
const isOlder = (answer: unknown, seq: number): boolean => ((answer as Partial<RunList>)?.seq ?? 0) < seq

/** Reads queries again, also those whose first answer is on its way and older than a change. */
const refresh = (filters: QueryFilters, seq: number): void => {
  for (const query of queryClient.getQueryCache().findAll(filters))
    if (query.state.data === undefined && query.state.fetchStatus === 'fetching')
      void query.fetch().then(
        answer => {
          if (isOlder(answer, seq))
            void queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true })
        },
        () => {}, // the view shows the error
      )
  void queryClient.invalidateQueries(filters)
}

const take = ({ runs, deleted, complete, seq }: ChangeNotice): void => {
  if (runs.length === 0 && deleted.length === 0 && complete) return
  const changed = new Map(runs.map(run => [run.key, run]))
  for (const [queryKey, list] of queryClient.getQueriesData<RunList>({ queryKey: ['runs'] }))
    if (list?.runs.some(({ key }) => changed.has(key)) === true)
      queryClient.setQueryData<RunList>(queryKey, {
        ...list,
        runs: list.runs.map(run => changed.get(run.key) ?? run),
      })
  const lists = Map.groupBy(queryClient.getQueryCache().findAll({ queryKey: ['runs'] }), ({ queryKey }) =>
    String(queryKey[1]),
  )
  for (const [parameters, pages] of lists) {
    const shown = new Set(
      pages.flatMap(({ state }) => (state.data as RunList | undefined)?.runs.map(({ key }) => key) ?? []),
    )
    const hasLost = deleted.some(key => shown.has(key))
    const isAtStart = pages.every(page => !page.isActive() || Number(page.queryKey[2]) < maxReadAgain)
    const queryKey = ['runs', parameters]
    // the beginning of a list is read again, for the runs that are new in it; a later part would
    // jump: it is stale until the reader asks for it, if the list lacks one of the runs
    if (isAtStart || hasLost) {
      queryClient.removeQueries({ queryKey, type: 'inactive' })
      refresh({ queryKey }, seq)
    } else if (!complete || runs.some(({ key }) => !shown.has(key)))
      void queryClient.invalidateQueries({ queryKey, refetchType: 'none' })
  }
  for (const queryKey of [['facets'], ['compare']]) refresh({ queryKey }, seq)
  // a link may name a run by its id
  const names = new Set([...runs.flatMap(({ key, id = '' }) => [key, id]), ...deleted])
  const isNamed: QueryFilters['predicate'] = ({ queryKey: [, name] }) => !complete || names.has(String(name))
  refresh({ queryKey: ['run'], predicate: isNamed }, seq)
}

/** The number of pages at the beginning of a list that are read again at each change. */
const maxReadAgain = 3

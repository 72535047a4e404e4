import { decode } from '@finetune-kit/codec'
import type { InfiniteData } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { queryClient } from './queries.ts'
import { ChangeNotice } from '../../../src/api/changes.ts'
import { type RunList } from '../../../src/api/runs.ts'

/** The state of the stream of changes. */
export type Live = 'connecting' | 'live' | 'lost'

/** Keeps what is shown up to date with the changes that the server tells of. */
export const useLive = (): Live => {
  const [live, setLive] = useState<Live>('connecting')
  useEffect(() => {
    const source = new EventSource('/api/changes')
    source.addEventListener('open', () => setLive('live'))
    source.addEventListener('error', () => setLive('lost'))
    source.addEventListener('changes', ({ data }) => {
      const notice = decode(ChangeNotice)(JSON.parse(String(data)))
      if (notice._tag === 'Right') take(notice.right)
    })
    return () => source.close()
  }, [])
  return live
}

const take = ({ runs, deleted, complete }: ChangeNotice): void => {
  if (runs.length === 0 && deleted.length === 0 && complete) return
  const changed = new Map(runs.map(run => [run.key, run]))
  const gone = new Set(deleted)
  for (const [queryKey, list] of queryClient.getQueriesData<InfiniteData<RunList>>({ queryKey: ['runs'] })) {
    if (list === undefined) continue
    queryClient.setQueryData<InfiniteData<RunList>>(queryKey, {
      ...list,
      pages: list.pages.map(page => ({
        ...page,
        runs: page.runs.flatMap(run => (gone.has(run.key) ? [] : [changed.get(run.key) ?? run])),
      })),
    })
    // a short list is read again, for the runs that are new in it; a long one would jump: it is
    // stale until the reader asks for it, if it lacks one of the runs
    const shown = new Set(list.pages.flatMap(page => page.runs.map(({ key }) => key)))
    if (list.pages.length <= maxReadAgain) void queryClient.invalidateQueries({ queryKey, exact: true })
    else if (!complete || runs.some(({ key }) => !shown.has(key)))
      void queryClient.invalidateQueries({ queryKey, exact: true, refetchType: 'none' })
  }
  for (const queryKey of [['facets'], ['compare']]) void queryClient.invalidateQueries({ queryKey })
  // a link may name a run by its id
  const names = new Set([...runs.flatMap(({ key, id = '' }) => [key, id]), ...deleted])
  void queryClient.invalidateQueries({
    queryKey: ['run'],
    predicate: ({ queryKey: [, name] }) => !complete || names.has(String(name)),
  })
}

/** The most pages of a list that are read again at each change. */
const maxReadAgain = 3

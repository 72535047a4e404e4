import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef } from 'react'
import { parametersOf, type TableQuery } from '../Route.ts'

/** The scroll offset of each list that was shown: Back returns to it. */
const offsets = new Map<string, number>()

/** The list of a query, whatever is selected in it. */
const listOf = (query: TableQuery): string => parametersOf({ ...query, columns: [], selected: [] })

/** Shows a list from its beginning when it is opened next. */
export const forgetOffset = (query: TableQuery): void => void offsets.delete(listOf(query))

interface Options {
  readonly query: TableQuery
  readonly count: number
  readonly onEnd: (() => void) | undefined
}

/** The rows in sight, and the height of those before and after them. */
export const useRowWindow = ({ query, count, onEnd }: Options) => {
  const ref = useRef<HTMLDivElement>(null)
  const list = listOf(query)
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => ref.current,
    estimateSize: () => (matchMedia('(max-width: 42rem)').matches ? 190 : 37),
    overscan: 6,
    initialOffset: () => offsets.get(list) ?? 0,
  })
  const shown = useRef(list)
  useEffect(() => {
    if (shown.current === list) return
    shown.current = list
    virtualizer.scrollToOffset(offsets.get(list) ?? 0)
  }, [list, virtualizer])
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= count - ahead) onEnd?.()
  }, [last, count, onEnd])
  const measure = virtualizer.measureElement
  const focusRow = useCallback(
    (index: number) => {
      const link = () => ref.current?.querySelector<HTMLElement>(`tr[data-index="${index}"] a`)
      const shown = link()
      if (shown !== null && shown !== undefined) return shown.focus()
      virtualizer.scrollToIndex(index)
      // the row is in the document after the next frame
      requestAnimationFrame(() => requestAnimationFrame(() => link()?.focus()))
    },
    [virtualizer],
  )
  return {
    ref,
    rows: items.map(({ index }) => ({ index, measure })),
    before: items[0]?.start ?? 0,
    after: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0),
    onScroll: () => void offsets.set(list, ref.current?.scrollTop ?? 0),
    focusRow,
  }
}

/** Rows before the end at which the next page is loaded. */
const ahead = 30

import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { listParameters } from '../api/queries.ts'
import type { TableQuery } from '../Route.ts'
import { usePrinting } from './usePrinting.ts'
import { rowAt } from './useRunPages.ts'

interface Options {
  readonly query: TableQuery
  /** The number of runs that match. */
  readonly matched: number
  /** Called with the number of the first row in sight, from 0, after scrolling. */
  readonly onPlace: (row: number) => void
}

/** Milliseconds after which a place is written into the address: browsers count these writes. */
const settles = 200

/** The most rows that are printed before those in sight, and after them. */
const maxPrinted = 100

/** Pixels that every browser can scroll. */
const maxHeight = 16_000_000

/** The most rows that can be scrolled to. */
export const maxRows = (): number => Math.floor(maxHeight / rowHeight())

const rowHeight = (): number => (matchMedia('(max-width: 42rem)').matches ? 190 : 37)

/** The rows in sight, and the height of those before and after them. */
export const useRowWindow = ({ query, matched, onPlace }: Options) => {
  const ref = useRef<HTMLDivElement>(null)
  const count = Math.min(matched, maxRows())
  const isPrinting = usePrinting()
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => ref.current,
    estimateSize: rowHeight,
    overscan: isPrinting ? maxPrinted : 6,
    initialOffset: () => rowAt(query) * rowHeight(),
  })
  const firstInSight = () => virtualizer.getVirtualItemForOffset(ref.current?.scrollTop ?? 0)?.index ?? 0
  const list = listParameters(query)
  const shown = useRef({ list, row: rowAt(query) })
  useEffect(() => {
    const row = rowAt(query)
    if (shown.current.list === list && shown.current.row === row) return
    shown.current = { list, row }
    virtualizer.scrollToOffset(row * rowHeight())
  }, [list, query, virtualizer])

  // a timer outlives the query that it was started with
  const latest = useRef(onPlace)
  useEffect(() => {
    latest.current = onPlace
  })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const settle = () => {
    if (timer.current === undefined) return
    clearTimeout(timer.current)
    timer.current = undefined
    const row = firstInSight()
    shown.current = { list, row }
    latest.current(row)
  }
  const onScroll = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(settle, settles)
  }
  useEffect(() => () => clearTimeout(timer.current), [list])

  // a row that is not in the document gets the focus when it has come
  const wanted = useRef<number>(undefined)
  const focusWanted = () => {
    const link = ref.current?.querySelector<HTMLElement>(`tr[data-index="${wanted.current}"] a`)
    if (link === null || link === undefined) return false
    wanted.current = undefined
    link.focus()
    return true
  }
  useEffect(() => {
    if (wanted.current !== undefined) focusWanted()
  })
  const focusRow = (row: number) => {
    wanted.current = Math.max(0, Math.min(count - 1, row))
    if (!focusWanted()) virtualizer.scrollToIndex(wanted.current)
  }

  const items = virtualizer.getVirtualItems()
  return {
    ref,
    count,
    isPrinting,
    rows: items.map(({ index }) => index),
    measure: virtualizer.measureElement,
    before: items[0]?.start ?? 0,
    after: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0),
    onScroll,
    settle,
    firstInSight,
    focusRow,
  }
}

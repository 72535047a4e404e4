import { useEffect, useRef, useState } from 'react'
import type { RunRow } from '../../../src/api/RunRow.ts'
import { lastRun } from './lastList.ts'

/** A row of the list, and its run, if that is loaded. */
export interface Row {
  readonly index: number
  readonly run: RunRow | undefined
}

/**
 * Returns the focus to the run that the reader comes from, once it is in sight, unless the focus
 * is elsewhere already.
 */
export const useLastRun = (rows: ReadonlyArray<Row>): void => {
  const [wanted] = useState(lastRun.take)
  const isDone = useRef(wanted === '')
  useEffect(() => {
    if (isDone.current) return
    const found = rows.find(({ run }) => run !== undefined && run.key === wanted)
    if (found === undefined) return
    isDone.current = true
    const { activeElement } = document
    if (activeElement !== document.body && activeElement?.localName !== 'main') return
    const link = document.querySelector<HTMLElement>(`tr[data-index="${found.index}"] a`)
    // the list is where it was already
    link?.focus({ preventScroll: true })
  })
}

import { escapeUnprintable } from '@finetune-kit/codec'
import { cellOf } from '@finetune-kit/diff/story'
import type { RunSummary } from '@finetune-kit/model'
import { type Column, facetColumns, summaryColumns } from '@finetune-kit/store'
import { truncate } from '@finetune-kit/codec/compile'

/** Longer cells end in an ellipsis. */
const maxCell = 36

const gap = 2

/**
 * Draws runs as a table of as many columns as fit into the width: first the one that they are
 * sorted by and those that they are filtered by. Columns that are equal in all runs are left out.
 */
export const runTable = (
  runs: ReadonlyArray<RunSummary>,
  sort: keyof RunSummary,
  width: number,
): ReadonlyArray<string> => {
  const always = new Set<string>(['id', 'status', sort])
  const ordered = new Set<string>([...always, ...facetColumns, ...summaryColumns.map(column => column.key)])
  const columns: Array<TableColumn> = []
  let used = -gap
  for (const key of ordered as ReadonlySet<keyof RunSummary>) {
    const summaryColumn = summaryColumns.find(column => column.key === key) as Column
    const values = runs.map(run => run[key])
    const isUseful = always.has(key) || (runs.length < 2 ? values[0] !== null : new Set(values).size > 1)
    if (!isUseful) continue
    const column = columnOf(summaryColumn, values)
    if (used + gap + column.width > width && columns.length > 0) continue
    used += gap + column.width
    columns.push(column)
  }
  return [...Array(runs.length + 1).keys()].map(i =>
    columns
      .map(({ cells, width, isNumber }) => (isNumber ? cells[i]?.padStart(width) : cells[i]?.padEnd(width)))
      .join(' '.repeat(gap))
      .trimEnd(),
  )
}

interface TableColumn {
  /** The title and a cell for each run. */
  readonly cells: ReadonlyArray<string>
  readonly width: number
  readonly isNumber: boolean
}

const columnOf = (
  { key, meta: { title = key, unit } }: Column,
  values: ReadonlyArray<string | number | null>,
): TableColumn => {
  const cells = [
    title,
    ...values.map(value => truncate(escapeUnprintable(cellOf(value, unit ?? null) ?? ''), maxCell)),
  ]
  return {
    cells,
    width: Math.max(...cells.map(cell => cell.length)),
    isNumber: unit !== 'Unix seconds' && values.some(value => typeof value === 'number'),
  }
}

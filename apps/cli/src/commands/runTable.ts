import { escapeUnprintable } from '@finetune-kit/codec'
import { cellOf } from '@finetune-kit/diff/story'
import { type RunSummary, type SummaryHighlight, summaryHighlights } from '@finetune-kit/model'
import { summaryColumns } from '@finetune-kit/store'

/** Longer cells lose their middle: names differ at their ends. Ids are whole, for other commands. */
const [maxId, maxCell] = [40, 24]

/** Characters of the begin of a cell that is too long. */
const begin = 8

const gap = 2

/**
 * Draws runs as a table of as many columns as fit into the width: first the one that they are
 * sorted by, then what people look at first. Columns that are equal in all runs are left out.
 */
export const runTable = (
  runs: ReadonlyArray<RunSummary>,
  sort: keyof RunSummary,
  width: number,
): ReadonlyArray<string> => {
  const always: ReadonlyArray<SummaryHighlight> = [
    { fields: ['id'] },
    { fields: ['status'] },
    { fields: [sort] },
  ]
  const others = summaryColumns.map(({ key }) => ({ fields: [key as keyof RunSummary] }) as const)
  const columns: Array<TableColumn> = []
  const shown = new Set<keyof RunSummary>()
  let used = -gap
  for (const highlight of [...always, ...summaryHighlights, ...others]) {
    const { fields } = highlight
    if (fields.some(field => shown.has(field))) continue
    const column = columnOf(highlight, runs)
    const values = column.cells.slice(1)
    const isUseful =
      always.includes(highlight) || (runs.length < 2 ? values[0] !== '' : new Set(values).size > 1)
    if (!isUseful || (used + gap + column.width > width && columns.length > 0)) continue
    used += gap + column.width
    columns.push(column)
    for (const field of fields) shown.add(field)
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

const columnOf = ({ title, fields }: SummaryHighlight, runs: ReadonlyArray<RunSummary>): TableColumn => {
  const [first] = fields
  const values = runs.map(run => {
    const field = fields.find(one => run[one] !== null) ?? first
    return { value: run[field], unit: metaOf(field).unit ?? null }
  })
  const max = first === 'id' ? maxId : maxCell
  const cells = [
    title ?? metaOf(first).title ?? first,
    ...values.map(({ value, unit }) => {
      const text = escapeUnprintable(cellOf(value, unit) ?? '')
      return withoutMiddle(fields.length > 1 ? withUnit(text, value, unit) : text, max)
    }),
  ]
  return {
    cells,
    width: Math.max(...cells.map(cell => cell.length)),
    isNumber: values.some(({ value, unit }) => typeof value === 'number' && unit !== 'Unix seconds'),
  }
}

const metaOf = (field: keyof RunSummary) => summaryColumns.find(({ key }) => key === field)?.meta ?? {}

/** A cell says its unit where fields of several units share a column; money has its sign. */
const withUnit = (text: string, value: unknown, unit: string | null): string =>
  unit === null || unit === 'US dollars' || text === ''
    ? text
    : `${text} ${value === 1 ? unit.replace(/s$/, '') : unit}`

const withoutMiddle = (text: string, max: number): string =>
  text.length <= max
    ? text
    : `${text.slice(0, begin).toWellFormed()}…${text.slice(begin + 1 - max).toWellFormed()}`

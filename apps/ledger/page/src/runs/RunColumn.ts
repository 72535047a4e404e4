import { summaryHighlights } from '@finetune-kit/model'
import { defaultSort, RunRow } from '../../../src/api/RunRow.ts'
import * as Column from '../Column.ts'
import type { TableQuery } from '../Route.ts'
import * as View from '../View.ts'

/** A column of the table of runs: the first of some fields of a run that has a value. */
export interface RunColumn {
  /** The first field, which names the column in a URL. */
  readonly id: string
  readonly title: string
  readonly columns: ReadonlyArray<Column.Column>
  /** In rem. */
  readonly width: number
}

/** The widths of the columns that are always shown, in their order, in rem. */
const widths = [7.2, 8.8, 11.7, 6.6, 5.4, 8.25, 6, 8.55]

/** The fields of a row have no titles of their own, but for those of its summary. */
const capitalize = (title: string): string => `${title.charAt(0).toUpperCase()}${title.slice(1)}`

const all = new Map(
  Column.of(View.of(RunRow)).map(column => [
    column.path[0] ?? '',
    { ...column, title: capitalize(column.title) },
  ]),
)

const columnOf = (field: string): ReadonlyArray<Column.Column> => {
  const column = all.get(field)
  return column === undefined ? [] : [column]
}

/** The columns that are always shown; every other field of a summary can be added. */
export const usefulColumns: ReadonlyArray<RunColumn> = summaryHighlights.map(({ title, fields }, i) => {
  const [id] = fields
  const columns = fields.flatMap(columnOf)
  return { id, title: title ?? columns[0]?.title ?? '', columns, width: widths[i] ?? 9.6 }
})

const shown = new Set<string>(['id', ...summaryHighlights.flatMap(({ fields }) => fields)])

/** Fields of a row that are not of its summary, but for the two that a reader can use. */
const own = new Set(['key', 'seq', 'hidden', 'entries', 'first_seen_at', 'last_seen_at'])

/** The columns that can be added to the table: also single fields of columns that have several. */
export const otherColumns: ReadonlyArray<RunColumn> = [...all]
  .filter(([field]) => !own.has(field) && (!shown.has(field) || isHiddenField(field)))
  .map(([id, column]) => ({ id, title: column.title, columns: [column], width: widthOf(column) }))

function isHiddenField(field: string): boolean {
  return summaryHighlights.some(
    ({ fields }) => fields.length > 1 && fields.slice(1).some(other => other === field),
  )
}

function widthOf({ view, title }: Column.Column): number {
  if (view.kind === 'time') return 9.2
  return view.kind === 'number' ? Math.max(5.6, title.length * 0.52 + 1.4) : 9.6
}

/** Words of the reader, who has said nothing where they are empty. */
const words = new Set(['tags', 'note'])

const cell = (run: RunRow, column: Column.Column): unknown => {
  const value = Column.cell(run, column)
  const isEmpty = value === '' || (Array.isArray(value) && value.length === 0)
  return isEmpty && words.has(column.path[0] ?? '') ? undefined : value
}

/** The value of a run in a column, and the field that has it. */
export const valueIn = (run: RunRow, { columns }: RunColumn) => {
  const found = columns.find(column => cell(run, column) !== undefined) ?? columns[0]
  return { column: found, value: found === undefined ? undefined : cell(run, found) }
}

/** The fields of a column, in the order in which they are looked for. */
export const fieldsOf = ({ columns }: RunColumn): ReadonlyArray<string> =>
  columns.map(({ path }) => path[0] ?? '')

/** The field that a list is sorted by. */
export const sortOf = ({ sort }: TableQuery): string => (sort === '' ? defaultSort : sort)

/** The columns that show what the table is sorted by: of its own, and together with other fields. */
export const sortedColumns = (shown: ReadonlyArray<RunColumn>, sort: string): ReadonlyArray<RunColumn> =>
  shown.filter(column => fieldsOf(column).includes(sort))

/** The field that a column is sorted by: the one that most of these runs show there. */
export const mostShown = (runs: ReadonlyArray<RunRow>, column: RunColumn): string => {
  const counts = new Map(fieldsOf(column).map(field => [field, 0]))
  for (const run of runs) {
    const { column: found, value } = valueIn(run, column)
    const field = found?.path[0] ?? ''
    if (value !== undefined) counts.set(field, (counts.get(field) ?? 0) + 1)
  }
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a)
  return most?.[0] ?? column.id
}

/** The title of a field of a run. */
export const titleOf = (field: string): string => all.get(field)?.title ?? field

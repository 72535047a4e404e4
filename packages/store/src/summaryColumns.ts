import { sha256, truncate } from '@finetune-kit/codec/compile'
import { RunSummary } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import * as Columns from './Columns.ts'
import { fromColumnText, toColumnText } from './columnText.ts'

/** The columns of `runs` that come from the summary of a run: one for each of its fields. */
export const summaryColumns: ReadonlyArray<Columns.Column> = Columns.of(RunSummary)

/** The columns that runs are filtered and counted by. */
export const facetColumns = [
  'kind',
  'status',
  'phase',
  'base_model',
  'organization_id',
  'method',
] as const satisfies ReadonlyArray<keyof RunSummary>

export type FacetColumn = (typeof facetColumns)[number]

/** The columns that lists are mostly sorted by. Others are sorted without an index. */
const sortColumns = ['created_at', 'last_activity'] as const satisfies ReadonlyArray<keyof RunSummary>

/** True if lists that are sorted by this column come from an index. */
export const isIndexed = (column: string): boolean => sortColumns.some(indexed => indexed === column)

/** A longer text is cut in a list: an index holds less than 2,700 bytes of it. */
const maxText = 400

const indexes = [
  ...sortColumns.map(column => [column, `is_hidden, ${column}, run`] as const),
  ...facetColumns.map(column => [column, `is_hidden, ${column}, created_at, run`] as const),
  ['facets', `is_hidden, ${facetColumns.join(', ')}`] as const,
]

/** Identifies the list of columns: another list means that summaries are computed again. */
export const summaryDigest: string = sha256(
  JSON.stringify(summaryColumns.map(({ key, type }) => [key, type])),
)

/** Adds the columns that a database does not have yet, and their indexes. */
export const addSummaryColumns = (sql: SqlClient.SqlClient): Effect.Effect<void, SqlError> =>
  Effect.gen(function* () {
    const existing = new Set((yield* columnsOf(sql)).map(({ name }) => name))
    for (const { key, type } of summaryColumns)
      if (!existing.has(key)) yield* sql`alter table runs add column ${sql(key)} ${typeOf(sql, type)}`
    for (const [name, columns] of indexes)
      yield* sql.unsafe(`create index if not exists runs_by_${name} on runs (${columns})`)
  })

const columnsOf = (sql: SqlClient.SqlClient) =>
  sql.onDialectOrElse({
    pg: () => sql<{ readonly name: string }>`select column_name as name from information_schema.columns
      where table_schema = current_schema() and table_name = 'runs'`,
    orElse: () => sql<{ readonly name: string }>`select name from pragma_table_info('runs')`,
  })

/** Texts are ordered by their bytes in both databases. Numbers of any size fit into a double. */
const typeOf = (sql: SqlClient.SqlClient, type: Columns.ColumnType) =>
  sql.literal(
    type === 'integer' || type === 'number'
      ? 'double precision'
      : type === 'boolean'
        ? 'integer'
        : sql.onDialectOrElse({ pg: () => 'text collate "C"', orElse: () => 'text' }),
  )

type Cell = string | number | null

/** A summary as the columns hold it, in their order. */
export const encodeSummary = (summary: RunSummary): ReadonlyArray<Cell> =>
  summaryColumns.map(({ key, type }) => encodeCell(type, (summary as Fields)[key]))

type Fields = Readonly<Record<string, unknown>>

const encodeCell = (type: Columns.ColumnType, value: unknown): Cell => {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' && type === 'text') return toColumnText(truncate(value, maxText))
  if (type === 'boolean') return value === true ? 1 : 0
  return type === 'json' ? JSON.stringify(value) : Number(value)
}

/** The text that a word is looked for as, in a text column. */
export const encodeText = (text: string): string => toColumnText(truncate(text, maxText))

/** The summary in a row of `runs`. */
export const decodeSummary = (row: Readonly<Record<string, unknown>>): RunSummary =>
  Object.fromEntries(
    summaryColumns.map(({ key, type }) => [key, decodeCell(type, row[key])]),
  ) as unknown as RunSummary

const decodeCell = (type: Columns.ColumnType, cell: unknown): unknown => {
  if (cell === null || cell === undefined) return null
  if (type === 'text') return fromColumnText(cell as string)
  if (type === 'boolean') return Number(cell) === 1
  return type === 'json' ? (JSON.parse(cell as string) as unknown) : Number(cell)
}

/** The text that a search looks into: all texts of the summary and the words of the user. */
export const searchText = (
  summary: RunSummary,
  { tags, note }: { readonly tags: string; readonly note: string },
): string => {
  const texts = new Set<string>()
  for (const { key } of textColumns) {
    const value = (summary as Fields)[key]
    if (typeof value === 'string') texts.add(truncate(value, maxText))
  }
  return searchForm([...texts, tags, note].join('\n'))
}

const textColumns = summaryColumns.filter(({ type }) => type === 'text')

/** The form in which texts are compared by a search. PostgreSQL takes no NUL. */
export const searchForm = (text: string): string => text.toLowerCase().replaceAll('\0', '␀').toWellFormed()

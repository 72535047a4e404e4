import { sha256, truncate } from '@finetune-kit/codec/compile'
import { RunSummary } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import * as Columns from './Columns.ts'
import { fromColumnJson, fromColumnList } from './columnJson.ts'
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

export const isFacet = (column: string): boolean => facetColumns.some(facet => facet === column)

/** The column that filtered lists are mostly sorted by: the index of facets has it too. */
export const facetOrder = 'created_at' satisfies keyof RunSummary

/** The columns that lists are mostly sorted by. Others are sorted without an index. */
const sortColumns = [facetOrder, 'last_activity'] as const satisfies ReadonlyArray<keyof RunSummary>

/** True if lists that are sorted by this column come from an index. */
export const isIndexed = (column: string): boolean => sortColumns.some(indexed => indexed === column)

/**
 * Characters of a text in a list, and bytes of its column, at most. Four facets are texts that a
 * service chooses, and an entry of an index in PostgreSQL takes 2,704 bytes.
 */
const [maxText, maxTextBytes] = [400, 600]

/** Bytes of one character, at most: of one that is escaped. */
const maxCharacterBytes = 6

/**
 * Indexes by what their names end with. An index for each facet would double the time that the row
 * of a new run takes; counts and filtered lists read that of all facets, and nothing else.
 */
const indexes = [
  ...sortColumns.map(column => [column, `is_hidden, ${column}, run`] as const),
  ['facets', `is_hidden, ${facetColumns.join(', ')}, ${facetOrder}, run`] as const,
]

/** The indexes of earlier versions, which are made in another way or not at all. */
const formerIndexes = [...facetColumns, 'facets']

/** Raised with a release whose `summaryOf` or `searchText` returns others for the same records. */
export const summaryVersion = 3

/** Identifies columns, their values and indexes: with others, summaries are computed again. */
export const summaryMark = `${summaryVersion} ${sha256(
  JSON.stringify([summaryColumns.map(({ key, type }) => [key, type]), indexes]),
)}`

/** True of the mark of a version that computes other values than this one, and came after it. */
export const isLaterMark = (mark: string): boolean =>
  Number(/^\d+(?= )/.exec(mark)?.[0] ?? 0) > summaryVersion

/** Adds the columns that a database does not have yet, and makes their indexes. */
export const addSummaryColumns = (sql: SqlClient.SqlClient): Effect.Effect<void, SqlError> =>
  Effect.gen(function* () {
    const existing = new Set((yield* columnsOf(sql)).map(({ name }) => name))
    for (const { key, type } of summaryColumns)
      if (!existing.has(key)) yield* sql`alter table runs add column ${sql(key)} ${typeOf(sql, type)}`
    for (const name of formerIndexes) yield* sql.unsafe(`drop index if exists runs_by_${name}`)
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
  if (typeof value === 'string' && type === 'text') return encodeText(value)
  if (type === 'boolean') return value === true ? 1 : 0
  return type === 'json' ? JSON.stringify(value) : Number(value)
}

/** A text as a text column has it, cut where it is too long. */
export const encodeText = (text: string): string => {
  let cut = truncate(text, maxText)
  let column = toColumnText(cut)
  while (cut.length * maxCharacterBytes > maxTextBytes) {
    const bytes = Buffer.byteLength(column)
    if (bytes <= maxTextBytes) break
    cut = truncate(cut, Math.floor((cut.length * maxTextBytes) / bytes))
    column = toColumnText(cut)
  }
  return column
}

/** The summary in a row of `runs`. */
export const decodeSummary = (row: Readonly<Record<string, unknown>>): RunSummary =>
  Object.fromEntries(
    summaryColumns.map(({ key, type }) => [key, decodeCell(type, row[key])]),
  ) as unknown as RunSummary

const decodeCell = (type: Columns.ColumnType, cell: unknown): unknown => {
  if (cell === null || cell === undefined) return null
  if (type === 'text') return fromColumnText(cell as string)
  if (type === 'boolean') return Number(cell) === 1
  return type === 'json' ? fromColumnJson(cell) : Number(cell)
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
  const words = fromColumnList(tags)
  return searchForm([...texts, ...words, fromColumnText(note)].join('\n'))
}

const textColumns = summaryColumns.filter(({ type }) => type === 'text')

/** The form in which texts are compared by a search. PostgreSQL takes no NUL. */
export const searchForm = (text: string): string => text.toLowerCase().replaceAll('\0', '␀').toWellFormed()

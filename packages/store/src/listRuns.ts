import type { RunSummary } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import type { Fragment } from 'effect/sql/Statement'
import type { Long } from './batches.ts'
import type { Column } from './Columns.ts'
import { bandAround, inOrder, type Jump, minJump } from './jump.ts'
import { conditions, type RunFilter } from './RunFilter.ts'
import { decodeRow, rowColumns, type RunRow, type StoredRow } from './RunRow.ts'
import { type StoreError, storeError } from './StoreError.ts'
import { facetOrder, isFacet, isIndexed, summaryColumns } from './summaryColumns.ts'

/** One page of a list of runs. */
export interface RunQuery {
  readonly filter?: RunFilter | undefined
  /** The column to sort by. Default: `created_at`. Runs without a value come last. */
  readonly sort?: keyof RunSummary | undefined
  /** Default: descending. */
  readonly order?: 'ascending' | 'descending' | undefined
  /** Default: 100. */
  readonly limit?: number | undefined
  /** The cursor that the page before returned. */
  readonly after?: string | undefined
  /** The number of rows to leave out: a jump into a long list. Default: 0. */
  readonly offset?: number | undefined
}

export interface RunPage {
  readonly runs: ReadonlyArray<RunRow>
  /** The cursor of the next page; undefined if there is none. */
  readonly next: string | undefined
}

/** The sort value of the last row of a page, as its column holds it, and its key. */
type Cursor = readonly [value: string | number | null, run: number]

/**
 * Lists runs by a filter, one page at a time. A page is found by the last row of the page before,
 * so that a late page costs as much as the first one.
 */
export const listRuns =
  (sql: SqlClient.SqlClient) =>
  (query: RunQuery = {}): Effect.Effect<RunPage, SqlError | StoreError> =>
    Effect.gen(function* () {
      const { filter = {}, sort = 'created_at', order = 'descending', limit = 100, offset = 0 } = query
      const sorted = summaryColumns.find(({ key }) => key === sort)
      if (sorted === undefined)
        return yield* Effect.fail(
          storeError('BadQuery', `sort: no column ${JSON.stringify(sort)}. Pass a field of RunSummary.`),
        )
      const cursor = query.after === undefined ? undefined : parseCursor(query.after, sorted)
      if (cursor === null)
        return yield* Effect.fail(
          storeError('BadQuery', 'after: not a cursor. Pass the cursor that a page returned.'),
        )
      const narrowed = Object.keys(filter.in ?? {})
      const isCovered = narrowed.length > 0 && sort === facetOrder && narrowed.every(isFacet)
      const column = isCovered ? facetOrderIn(sql) : sql`${sql(sort)}`
      const [beyond, direction] =
        order === 'ascending'
          ? [sql.literal('>'), sql.literal('asc')]
          : [sql.literal('<'), sql.literal('desc')]
      // an index that has one of the columns would have the others looked up row by row
      const isScan = narrowed.length > 0 ? !isCovered : !isIndexed(sort)
      const shown = yield* conditions(sql)(filter, { isScan })
      // the keys are sorted first: sorting whole rows takes ten times as long
      const select = (more: ReadonlyArray<Fragment>, by: Fragment, count: number, skip: number) =>
        sql<StoredRow>`select ${sql.literal(rowColumns)} from runs where run in (
          select run from runs where ${sql.and([...shown, ...more])} order by ${by}
          limit ${count} offset ${skip}
        ) order by ${by}`
      const isFar = cursor === undefined && offset >= minJump && !isIndexed(sort) && filter.text === undefined
      const isUp = order === 'ascending'
      const jumped = isFar
        ? yield* jumpedRows(sql)({ shown, column, isUp, offset, count: limit + 1 })
        : undefined
      if (jumped !== undefined) return pageOf(jumped, { limit, sort })
      const isInNulls = cursor !== undefined && cursor[0] === null
      const hasValue =
        cursor === undefined
          ? sql`${column} is not null`
          : sql`(${column}, run) ${beyond} (${cursor[0]}, ${cursor[1]})`
      const valued = isInNulls
        ? []
        : yield* select([hasValue], sql`${column} ${direction}, run ${direction}`, limit + 1, offset)
      // a jump beyond the runs with a value leaves out all of them
      const passed =
        isInNulls || valued.length > 0 || offset === 0
          ? 0
          : Number(
              (yield* sql<{ readonly count: Long }>`select count(*) as count from runs
                where ${sql.and([...shown, hasValue])}`)[0]?.count,
            )
      const rows =
        valued.length > limit
          ? valued
          : [
              ...valued,
              ...(yield* select(
                isInNulls
                  ? [sql`${column} is null`, sql`run ${beyond} ${cursor[1]}`]
                  : [sql`${column} is null`],
                sql`run ${direction}`,
                limit + 1 - valued.length,
                valued.length > 0 ? 0 : offset - passed,
              )),
            ]
      return pageOf(rows, { limit, sort })
    })

/**
 * The order of filtered lists. SQLite would take an index in this order, and look up the facets of
 * each run in its row: a sign in front lets it take the index of facets, which has this column too.
 */
const facetOrderIn = (sql: SqlClient.SqlClient): Fragment =>
  sql.onDialectOrElse({ pg: () => sql`${sql(facetOrder)}`, orElse: () => sql`+${sql(facetOrder)}` })

/** The rows of a jump, if there is a way to them that sorts few. */
const jumpedRows =
  (sql: SqlClient.SqlClient) =>
  (jump: Jump): Effect.Effect<ReadonlyArray<StoredRow> | undefined, SqlError> =>
    Effect.flatMap(bandAround(sql)(jump), band => {
      if (band === undefined) return Effect.undefined
      const by = inOrder(sql)(jump.column, jump.isUp)
      const within = sql`select run from runs where run in (select value from json_each(${band.runs}))`
      return sql<StoredRow>`select ${sql.literal(rowColumns)} from runs
        where run in (${within} order by ${by} limit ${jump.count} offset ${band.skip}) order by ${by}`
    })

/** The page of rows, of which the last may be the first one of the next page. */
const pageOf = (
  rows: ReadonlyArray<StoredRow>,
  { limit, sort }: { readonly limit: number; readonly sort: keyof RunSummary },
): RunPage => {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const next: Cursor | undefined =
    rows.length > limit && last !== undefined
      ? [(last[sort] ?? null) as Cursor[0], Number(last.run)]
      : undefined
  return { runs: page.map(decodeRow), next: next && JSON.stringify(next) }
}

/** The number of runs that a filter shows. */
export const countRuns =
  (sql: SqlClient.SqlClient) =>
  (filter: RunFilter = {}): Effect.Effect<number, SqlError> =>
    Effect.gen(function* () {
      const shown = yield* conditions(sql)(filter)
      const [row] = yield* sql<{ readonly count: Long }>`select count(*) as count from runs
        where ${sql.and(shown)}`
      return Number(row?.count ?? 0)
    })

/** The cursor in a text; null if the text is none of a list that is sorted by this column. */
const parseCursor = (text: string, { type }: Column): Cursor | null => {
  try {
    const parsed: unknown = JSON.parse(text)
    if (!Array.isArray(parsed) || parsed.length !== 2) return null
    const [value, run] = parsed as ReadonlyArray<unknown>
    const isValue =
      type === 'text' || type === 'json'
        ? typeof value === 'string' && value.isWellFormed() && !value.includes('\0')
        : typeof value === 'number'
    return (isValue || value === null) && Number.isSafeInteger(run)
      ? [value as Cursor[0], run as number]
      : null
  } catch {
    return null
  }
}

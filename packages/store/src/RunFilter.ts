import type { RunSummary } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import type { Fragment } from 'effect/sql/Statement'
import type { Long } from './batches.ts'
import { toColumnText } from './columnText.ts'
import type { RunName } from './RunName.ts'
import { encodeText, facetColumns, type FacetColumn, searchForm } from './summaryColumns.ts'

/** The runs to show. Every condition that is given has to hold. */
export interface RunFilter {
  /** The values that a column may have: `{ status: ['failed', 'cancelled'] }`; null is no value. */
  readonly in?: Partial<Readonly<Record<FacetColumn | 'fine_tuned_model', ReadonlyArray<string | null>>>>
  /** The first time of creation, in Unix seconds. */
  readonly createdFrom?: number | undefined
  /** The time of creation from which on runs are left out. */
  readonly createdBefore?: number | undefined
  /** A part of an id, a name, a tag or the note; upper and lower case are the same. */
  readonly text?: string | undefined
  readonly tag?: string | undefined
  /** Only these runs; a name without a time of creation means every run of the id. */
  readonly names?: ReadonlyArray<RunName> | undefined
  /** The runs that the user has hidden. Default: `without`. */
  readonly hidden?: 'without' | 'with' | 'only' | undefined
}

export interface ConditionOptions {
  /** Columns whose conditions are left out. */
  readonly except?: ReadonlyArray<string>
  /** True if reading all rows in their order is faster than by an index on `is_hidden`. */
  readonly isScan?: boolean
}

const created: keyof RunSummary = 'created_at'

/** The conditions of a filter. */
export const conditions =
  (sql: SqlClient.SqlClient) =>
  (
    filter: RunFilter,
    { except = [], isScan = false }: ConditionOptions = {},
  ): Effect.Effect<ReadonlyArray<Fragment>, SqlError> =>
    Effect.map(found(sql)(filter.text), texts => {
      const { hidden = 'without', createdFrom, createdBefore, tag, names } = filter
      // naming both values keeps the indexes, which begin with this column, useful
      const shown = hidden === 'with' ? [0, 1] : [hidden === 'only' ? 1 : 0]
      return [
        sql`${sql.literal(isScan ? '+is_hidden' : 'is_hidden')} in ${sql.in(shown)}`,
        ...(createdFrom === undefined ? [] : [sql`${sql(created)} >= ${createdFrom}`]),
        ...(createdBefore === undefined ? [] : [sql`${sql(created)} < ${createdBefore}`]),
        ...(names === undefined ? [] : [isNamed(sql)(names)]),
        ...texts,
        ...(tag === undefined ? [] : [hasTag(sql)(JSON.stringify(tag))]),
        ...Object.entries(filter.in ?? {})
          .filter(([column]) => filterColumns.has(column) && !except.includes(column))
          .map(([column, values]) => isOneOf(sql)(column, values)),
      ]
    })

const filterColumns: ReadonlySet<string> = new Set<keyof RunSummary>([...facetColumns, 'fine_tuned_model'])

/** The most runs with a text that a query names one by one. */
const maxNamed = 1000

/** The condition of a text: the runs that have it if they are few, else a look at each run. */
const found =
  (sql: SqlClient.SqlClient) =>
  (text: string | undefined): Effect.Effect<ReadonlyArray<Fragment>, SqlError> => {
    if (text === undefined || text === '') return Effect.succeed([])
    const has = contains(sql)('text', searchForm(text))
    const search = sql`select run from searches where ${has}`
    return Effect.map(sql<{ readonly run: Long }>`${search} limit ${maxNamed + 1}`, rows => [
      rows.length > maxNamed
        ? common(sql)(has, Number(rows.at(-1)?.run))
        : rows.length === 0
          ? sql`1 = 0`
          : sql`run in ${sql.in(rows.map(({ run }) => Number(run)))}`,
    ])
  }

/**
 * The condition of a text that many runs have. SQLite lists the runs that have it, or those that do
 * not: which of them are fewer, the number of the last run of the first thousand tells.
 */
const common =
  (sql: SqlClient.SqlClient) =>
  (has: Fragment, lastRun: number): Fragment => {
    const listed = sql`run in (select run from searches where ${has})`
    return sql.onDialectOrElse({
      pg: () => listed,
      orElse: () =>
        lastRun > 2 * maxNamed ? listed : sql`run not in (select run from searches where not (${has}))`,
    })
  }

/** The longest text that is looked for as a pattern: SQLite takes 50,000 bytes of one. */
const maxPattern = 10_000

/** Contains a text. A pattern is matched in two thirds of the time that SQLite's `instr` takes. */
const contains =
  (sql: SqlClient.SqlClient) =>
  (column: string, part: string): Fragment =>
    sql.onDialectOrElse({
      pg: () => sql`strpos(${sql(column)}, ${part}) > 0`,
      orElse: () =>
        part.length > maxPattern
          ? sql`instr(${sql(column)}, ${part}) > 0`
          : sql`${sql(column)} glob ${`*${part.replaceAll(/[*?[]/g, '[$&]')}*`}`,
    })

/** Has a tag, which is given as JSON text: a part of the list alone may be of two tags. */
const hasTag =
  (sql: SqlClient.SqlClient) =>
  (tag: string): Fragment =>
    sql.and([
      contains(sql)('tags', tag),
      sql.onDialectOrElse({
        pg: () => sql`exists (select 1 from json_array_elements(tags::json) as tag where tag::text = ${tag})`,
        orElse: () => sql`exists (select 1 from json_each(tags) where value = json_extract(${tag}, '$'))`,
      }),
    ])

const isNamed =
  (sql: SqlClient.SqlClient) =>
  (names: ReadonlyArray<RunName>): Fragment =>
    sql.or([
      ...names.map(({ id, born }) => {
        const key = sql`run_key = ${toColumnText(id)}`
        return born === undefined ? key : sql.and([key, sql`born = ${born}`])
      }),
      sql`1 = 0`,
    ])

const isOneOf =
  (sql: SqlClient.SqlClient) =>
  (column: string, values: ReadonlyArray<string | null>): Fragment => {
    const texts = values.filter(value => value !== null).map(encodeText)
    const any = [
      ...(texts.length === 0 ? [] : [sql`${sql(column)} in ${sql.in(texts)}`]),
      ...(values.includes(null) ? [sql`${sql(column)} is null`] : []),
    ]
    // SQLite uses no index for an alternative that never holds
    return any.length === 0 ? sql`1 = 0` : sql.or(any)
  }

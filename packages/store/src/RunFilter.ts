import type { RunSummary } from '@finetune-kit/model'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { Fragment } from 'effect/sql/Statement'
import { encodeText, facetColumns, type FacetColumn, searchForm } from './summaryColumns.ts'

/** The runs to show. Every condition that is given has to hold. */
export interface RunFilter {
  /** The values that a column may have: `{ status: ['failed', 'cancelled'] }`; null is no value. */
  readonly in?: Partial<Readonly<Record<FacetColumn | 'fine_tuned_model', ReadonlyArray<string | null>>>>
  /** The first time of creation, in Unix seconds. */
  readonly createdFrom?: number
  /** The time of creation from which on runs are left out. */
  readonly createdBefore?: number
  /** A part of an id, a name, a tag or the note; upper and lower case are the same. */
  readonly text?: string
  readonly tag?: string
  /** The runs that the user has hidden. Default: `without`. */
  readonly hidden?: 'without' | 'with' | 'only'
}

const created: keyof RunSummary = 'created_at'

/** The conditions of a filter; the columns in `except` are not looked at. */
export const conditions =
  (sql: SqlClient.SqlClient) =>
  (filter: RunFilter, except: ReadonlyArray<string> = []): ReadonlyArray<Fragment> => {
    const { hidden = 'without', createdFrom, createdBefore, text, tag } = filter
    const contains = (column: string, part: string): Fragment =>
      sql.onDialectOrElse({
        pg: () => sql`strpos(${sql(column)}, ${part}) > 0`,
        orElse: () => sql`instr(${sql(column)}, ${part}) > 0`,
      })
    // naming both values keeps the indexes, which begin with this column, useful
    const shown = hidden === 'with' ? [0, 1] : [hidden === 'only' ? 1 : 0]
    return [
      sql`is_hidden in ${sql.in(shown)}`,
      ...(createdFrom === undefined ? [] : [sql`${sql(created)} >= ${createdFrom}`]),
      ...(createdBefore === undefined ? [] : [sql`${sql(created)} < ${createdBefore}`]),
      ...(text === undefined || text === '' ? [] : [contains('search_text', searchForm(text))]),
      ...(tag === undefined ? [] : [contains('tags', JSON.stringify(tag))]),
      ...Object.entries(filter.in ?? {})
        .filter(([column]) => filterColumns.has(column) && !except.includes(column))
        .map(([column, values]) => isOneOf(sql)(column, values)),
    ]
  }

const filterColumns: ReadonlySet<string> = new Set<keyof RunSummary>([...facetColumns, 'fine_tuned_model'])

const isOneOf =
  (sql: SqlClient.SqlClient) =>
  (column: string, values: ReadonlyArray<string | null>): Fragment => {
    const texts = values.filter(value => value !== null).map(encodeText)
    return sql.or([
      ...(texts.length === 0 ? [] : [sql`${sql(column)} in ${sql.in(texts)}`]),
      ...(values.includes(null) ? [sql`${sql(column)} is null`] : []),
      sql`1 = 0`,
    ])
  }

import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import type { Long } from './batches.ts'
import { fromColumnText } from './columnText.ts'
import { conditions, type RunFilter } from './RunFilter.ts'
import { encodeText, facetColumns, type FacetColumn } from './summaryColumns.ts'

/** A value of a column, and the number of runs that have it. */
export interface FacetValue {
  readonly value: string | null
  readonly count: number
}

export interface Facets {
  /** The number of runs that the filter shows. */
  readonly total: number
  /**
   * The values of each column, most frequent first, equally frequent ones by their text, null last.
   * A column's own condition does not narrow them.
   */
  readonly columns: Readonly<Record<FacetColumn, ReadonlyArray<FacetValue>>>
}

type Group = Readonly<Record<FacetColumn, string | null>> & { readonly count: Long }

const columnList = facetColumns.join(', ')

/** The databases return groups in orders of their own. */
const isBefore = (a: string | null, b: string | null): boolean => a !== null && (b === null || a < b)

/**
 * Counts the runs of a filter by the columns that runs are filtered by. One pass over an index
 * groups by all columns at once; the groups are few.
 */
export const facets =
  (sql: SqlClient.SqlClient) =>
  (filter: RunFilter = {}): Effect.Effect<Facets, SqlError> =>
    Effect.gen(function* () {
      const shown = yield* conditions(sql)(filter, { except: facetColumns })
      const groups = yield* sql<Group>`select ${sql.literal(columnList)}, count(*) as count from runs
        where ${sql.and(shown)} group by ${sql.literal(columnList)}`
      const wanted = facetColumns.map(
        column => [column, filter.in?.[column]?.map(value => value && encodeText(value))] as const,
      )
      const matches = (group: Group, except?: FacetColumn): boolean =>
        wanted.every(
          ([column, values]) => column === except || values === undefined || values.includes(group[column]),
        )
      const valuesOf = (column: FacetColumn): ReadonlyArray<FacetValue> => {
        const counts = new Map<string | null, number>()
        for (const group of groups)
          if (matches(group, column))
            counts.set(group[column], (counts.get(group[column]) ?? 0) + Number(group.count))
        return [...counts]
          .map(([value, count]) => ({ value: value && fromColumnText(value), count }))
          .toSorted((a, b) => b.count - a.count || (isBefore(a.value, b.value) ? -1 : 1))
      }
      return {
        total: groups.reduce((sum, group) => sum + (matches(group) ? Number(group.count) : 0), 0),
        columns: Object.fromEntries(
          facetColumns.map(column => [column, valuesOf(column)]),
        ) as unknown as Facets['columns'],
      }
    })

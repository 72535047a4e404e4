import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import type { Fragment } from 'effect/sql/Statement'
import type { Long } from './batches.ts'

/** A jump into a list that no index has in its order: runs without a value come last. */
export interface Jump {
  /** The conditions of the list. */
  readonly shown: ReadonlyArray<Fragment>
  readonly column: Fragment
  /** True if the list ascends. */
  readonly isUp: boolean
  /** The number of rows to leave out, and of those to find after them. */
  readonly offset: number
  readonly count: number
}

/** A part of a list that has the rows of a jump in it. */
export interface Band {
  /** The keys of its runs, in any order, as a JSON text. */
  readonly runs: string
  /** The rows of the band to leave out. */
  readonly skip: number
}

/** A row of the sample: its place in the order. */
interface Anchor {
  readonly value: string | number | null
  readonly run: Long
}

/** Sorting the rows of a smaller offset is cheaper than a sample. */
export const minJump = 5000

const sampleSize = 3000

/** Fewer rows of a sample tell too little. */
const minSample = 300

/**
 * Finds the rows around an offset without sorting the whole list: a sample of the runs, sorted,
 * tells two rows that the wanted ones lie between, and one pass counts the rows before them and
 * takes those between. Undefined where the sample was unlucky, and in PostgreSQL: sort then.
 */
export const bandAround =
  (sql: SqlClient.SqlClient) =>
  (jump: Jump): Effect.Effect<Band | undefined, SqlError> =>
    sql.onDialectOrElse({ pg: () => Effect.undefined, orElse: () => inSqlite(sql)(jump) })

const inSqlite =
  (sql: SqlClient.SqlClient) =>
  (jump: Jump): Effect.Effect<Band | undefined, SqlError> =>
    Effect.gen(function* () {
      const { shown, offset, count } = jump
      const [row] = yield* sql<{ readonly last: Long | null }>`select max(run) as last from runs`
      const stride = Math.max(1, Math.floor(Number(row?.last ?? 0) / sampleSize))
      const sample = yield* sampleOf(sql)(jump, stride)
      if (sample.length < minSample) return undefined
      const [before, after] = [-1, 1].map(sign => {
        const rank = (sign < 0 ? offset : offset + count) / stride
        // three standard deviations of the number of sampled rows among the first ones
        return sample[Math.round(rank + sign * (3 * Math.sqrt(rank) + 2))]
      })
      const first = before ?? (offset / stride > sample.length ? sample.at(-1) : undefined)
      const isBefore = first === undefined ? sql`0` : precedes(sql)(jump, first)
      const isWithin = after === undefined ? sql`1` : precedes(sql)(jump, after)
      // a condition costs milliseconds each time that it is written
      const [found] = yield* sql<{ readonly all: Long; readonly skipped: Long; readonly runs: string }>`
        select count(*) as "all", count(*) filter (where ${isBefore}) as skipped,
          json_group_array(run) filter (where (${isBefore}) is not 1) as runs
        from runs where ${sql.and(shown)} and ${isWithin}`
      if (found === undefined) return undefined
      const skip = offset - Number(found.skipped)
      const isInside = skip >= 0 && (after === undefined || offset + count <= Number(found.all))
      return isInside ? { runs: found.runs, skip } : undefined
    })

/** One run of each stretch of as many, at a place that no period of the data can agree with. */
const sampleOf =
  (sql: SqlClient.SqlClient) =>
  ({ shown, column, isUp }: Jump, stride: number): Effect.Effect<ReadonlyArray<Anchor>, SqlError> =>
    sql<Anchor>`with recursive numbers(n) as (
        select 0 union all select n + 1 from numbers where n <= ${sampleSize})
      select ${column} as value, run from numbers
        cross join runs on run = n * ${stride} + (n * 2654435761) % ${stride} + 1
      where ${sql.and(shown)} order by ${inOrder(sql)(column, isUp)}`

/** The order of a list. */
export const inOrder =
  (sql: SqlClient.SqlClient) =>
  (column: Fragment, isUp: boolean): Fragment => {
    const direction = sql.literal(isUp ? 'asc' : 'desc')
    return sql`${column} is null, ${column} ${direction}, run ${direction}`
  }

/** True of a row that comes before another one; also null where it does not. */
const precedes =
  (sql: SqlClient.SqlClient) =>
  ({ column, isUp }: Jump, { value, run }: Anchor): Fragment => {
    const than = sql.literal(isUp ? '<' : '>')
    return value === null
      ? sql`(${column} is not null or run ${than} ${run})`
      : sql`(${column}, run) ${than} (${value}, ${run})`
  }

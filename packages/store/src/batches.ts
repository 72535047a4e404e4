import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'

/** A 64-bit integer: PostgreSQL returns it as bigint, SQLite as number. */
export type Long = number | bigint

type NonEmpty<A> = readonly [A, ...Array<A>]

/** SQLite takes 32,766 parameters in one statement, PostgreSQL 65,535. */
const maxParameters = 30_000

/** Rows of one statement: more make it longer without making it faster. */
const maxRows = 500

const chunks = <A>(all: ReadonlyArray<A>, size = maxRows): ReadonlyArray<NonEmpty<A>> =>
  Array.from({ length: Math.ceil(all.length / size) }).flatMap((_, i): Array<NonEmpty<A>> => {
    const [first, ...rest] = all.slice(i * size, (i + 1) * size)
    return first === undefined ? [] : [[first, ...rest]]
  })

/** Runs a query for some keys at a time and returns all of its rows. */
export const queryAll = <A, B>(
  keys: ReadonlyArray<A>,
  query: (some: NonEmpty<A>) => Effect.Effect<ReadonlyArray<B>, SqlError>,
): Effect.Effect<ReadonlyArray<B>, SqlError> =>
  Effect.map(Effect.forEach(chunks(keys), query), found => found.flat())

type Row = Readonly<Record<string, string | number | null>>

/** Inserts rows that all have the same columns; `suffix` is SQL text: a conflict clause, returning. */
export const insertAll =
  (sql: SqlClient.SqlClient) =>
  <B extends object>(
    table: string,
    rows: ReadonlyArray<Row>,
    suffix = '',
  ): Effect.Effect<ReadonlyArray<B>, SqlError> => {
    const width = Object.keys(rows[0] ?? {}).length
    const size = Math.max(1, Math.min(maxRows, Math.floor(maxParameters / Math.max(1, width))))
    return Effect.map(
      Effect.forEach(
        chunks(rows, size),
        some => sql<B>`insert into ${sql(table)} ${sql.insert(some)} ${sql.literal(suffix)}`,
      ),
      found => found.flat(),
    )
  }

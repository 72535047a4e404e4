import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'

/** A 64-bit integer: PostgreSQL returns it as bigint, SQLite as number. */
export type Long = number | bigint

type NonEmpty<A> = readonly [A, ...Array<A>]

/** Keys of one query. */
const maxKeys = 500

const chunk = <A>(all: ReadonlyArray<A>, size: number): ReadonlyArray<NonEmpty<A>> =>
  Array.from(
    { length: Math.ceil(all.length / size) },
    (_, i) => all.slice(i * size, (i + 1) * size) as unknown as NonEmpty<A>,
  )

/**
 * Rows of one statement. Few sizes make few statements: each is prepared once, and a prepared one
 * takes memory by the number of its parameters.
 */
const sizes = [500, 100, 20, 5, 1] as const

/** Parameters of one statement. SQLite takes 32,766 of them. */
const maxCells = 7000

const inSizes = <A>(all: ReadonlyArray<A>, columns: number): ReadonlyArray<NonEmpty<A>> => {
  const parts: Array<NonEmpty<A>> = []
  let done = 0
  for (const size of sizes) {
    if (size > 1 && size * columns > maxCells) continue
    const end = all.length - ((all.length - done) % size)
    parts.push(...chunk(all.slice(done, end), size))
    done = end
  }
  return parts
}

/** Runs a query for some keys at a time and returns all of its rows. */
export const queryAll = <A, B>(
  keys: ReadonlyArray<A>,
  query: (some: NonEmpty<A>) => Effect.Effect<ReadonlyArray<B>, SqlError>,
): Effect.Effect<ReadonlyArray<B>, SqlError> =>
  Effect.map(Effect.forEach(chunk(keys, maxKeys), query), found => found.flat())

type Cell = string | number | null

/**
 * An insert of rows into a table; `suffix` is SQL text: a conflict clause, returning. The cells of
 * a row come in the order of the columns, when their statement is next.
 */
export const insertInto = <B extends object>(table: string, columns: ReadonlyArray<string>, suffix = '') => {
  const texts = (place: (i: number) => string) =>
    memoized(count => {
      const rows = Array.from(
        { length: count },
        (_, row) => `(${columns.map((_, i) => place(row * columns.length + i)).join(', ')})`,
      )
      const names = columns.map(column => `"${column}"`).join(', ')
      return `insert into ${table} (${names}) values ${rows.join(', ')} ${suffix}`
    })
  const [plain, numbered] = [texts(() => '?'), texts(i => `$${i + 1}`)]
  return (sql: SqlClient.SqlClient) =>
    <A>(
      all: ReadonlyArray<A>,
      cellsOf: (one: A) => ReadonlyArray<Cell>,
    ): Effect.Effect<ReadonlyArray<B>, SqlError> => {
      const textOf = sql.onDialectOrElse({ pg: () => numbered, orElse: () => plain })
      return Effect.map(
        Effect.forEach(inSizes(all, columns.length), some => {
          // three times as fast as `flat`
          const cells = Array<Cell>(some.length * columns.length)
          let i = 0
          for (const one of some) for (const cell of cellsOf(one)) cells[i++] = cell
          return sql.unsafe<B>(textOf(some.length), cells)
        }),
        found => found.flat(),
      )
    }
}

/** A text has a place for each cell and is needed for every batch: each is made once. */
const memoized = (make: (count: number) => string): ((count: number) => string) => {
  const made = new Map<number, string>()
  return count => {
    const text = made.get(count) ?? make(count)
    made.set(count, text)
    return text
  }
}

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
 * takes memory by the number of its parameters. SQLite takes 32,766 of them.
 */
const sizes = [100, 10, 1] as const

const inSizes = <A>(all: ReadonlyArray<A>): ReadonlyArray<NonEmpty<A>> => {
  const parts: Array<NonEmpty<A>> = []
  let done = 0
  for (const size of sizes) {
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

/** Rows to insert: their columns, and the cells of each row in the order of the columns. */
export interface Rows {
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<Cell>>
}

/** Inserts rows; `suffix` is SQL text: a conflict clause, returning. */
export const insertAll =
  (sql: SqlClient.SqlClient) =>
  <B extends object>(
    table: string,
    { columns, rows }: Rows,
    suffix = '',
  ): Effect.Effect<ReadonlyArray<B>, SqlError> => {
    if (rows.length === 0) return Effect.succeed([])
    const numbersPlaces = sql.onDialectOrElse({ pg: () => true, orElse: () => false })
    return Effect.map(
      Effect.forEach(inSizes(rows), some =>
        sql.unsafe<B>(insertText(table, columns, some.length, numbersPlaces, suffix), cellsOf(some)),
      ),
      found => found.flat(),
    )
  }

/** The cells of all rows in one list: `flat` takes three times as long. */
const cellsOf = (rows: NonEmpty<Rows['rows'][number]>): ReadonlyArray<Cell> => {
  const cells = Array<Cell>(rows.length * rows[0].length)
  let i = 0
  for (const row of rows) for (const cell of row) cells[i++] = cell
  return cells
}

const texts = new Map<string, string>()

/** The text of an insert. It has a place for each cell and is needed for every batch: made once. */
const insertText = (
  table: string,
  columns: ReadonlyArray<string>,
  count: number,
  numbersPlaces: boolean,
  suffix: string,
): string => {
  const name = [table, ...columns, count, numbersPlaces, suffix].join(' ')
  const known = texts.get(name)
  if (known !== undefined) return known
  const place = (i: number) => (numbersPlaces ? `$${i + 1}` : '?')
  const rows = Array.from(
    { length: count },
    (_, row) => `(${columns.map((_, i) => place(row * columns.length + i)).join(', ')})`,
  )
  const names = columns.map(column => `"${column}"`).join(', ')
  const text = `insert into ${table} (${names}) values ${rows.join(', ')} ${suffix}`
  texts.set(name, text)
  return text
}

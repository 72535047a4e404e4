import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import { insertInto, type Long, queryAll } from './batches.ts'

/** The numbers that rows have instead of texts that very many of them share. */
export interface Names {
  readonly numberOf: (text: string) => number
  readonly textOf: (number: Long) => string
  /** True if no row has had this text before. */
  readonly isNew: (text: string) => boolean
}

interface Row {
  readonly name: Long
  readonly text: string
}

const insertNames = insertInto<Row>('names', ['text'], 'returning name, text')

/** Returns the numbers of these texts, in the caller's transaction; a new text gets one. */
export const namesOf =
  (sql: SqlClient.SqlClient) =>
  (texts: ReadonlySet<string>): Effect.Effect<Names, SqlError> =>
    Effect.gen(function* () {
      const known = yield* queryAll(
        [...texts],
        some => sql<Row>`select name, text from names where text in ${sql.in(some)}`,
      )
      const numbers = new Map(known.map(row => [row.text, Number(row.name)]))
      const missing = [...texts].filter(text => !numbers.has(text))
      const added = yield* insertNames(sql)(missing, text => [text])
      for (const row of added) numbers.set(row.text, Number(row.name))
      const byNumber = new Map([...numbers].map(([text, number]) => [number, text]))
      const news = new Set(missing)
      return {
        numberOf: text => numbers.get(text) as number,
        textOf: number => byNumber.get(Number(number)) as string,
        isNew: text => news.has(text),
      }
    })

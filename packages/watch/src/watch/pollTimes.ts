import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import { table } from './Poll.ts'

/** When a watch was polled last, and is polled next, in milliseconds since 1970; 0 is never. */
export interface PollTimes {
  readonly last: number
  readonly next: number
}

/** The times of the polls of these watches, or of all, as far as the queue knows. */
export const pollTimes = (
  sql: SqlClient.SqlClient,
  watches?: ReadonlyArray<number>,
): Effect.Effect<ReadonlyMap<number, PollTimes>, SqlError> => {
  if (watches?.length === 0) return Effect.succeed(new Map())
  const watch = sql.onDialectOrElse({
    pg: () => `split_part(id, ':', 1)`,
    orElse: () => `substr(id, 1, instr(id, ':') - 1)`,
  })
  const seconds = (time: string) =>
    sql.onDialectOrElse({
      pg: () => `extract(epoch from ${time}::timestamptz)`,
      orElse: () => `cast(strftime('%s', ${time}) as integer)`,
    })
  const greatest = (condition: string, time: string) =>
    `max(case when ${condition} then ${seconds(time)} else 0 end)`
  return Effect.map(
    sql.unsafe<{ readonly watch: string; readonly last: number | string; readonly next: number | string }>(
      `select ${watch} as watch, ${greatest(`state = 'completed' or id not like '%:0'`, 'updated_at')} as last,
        ${greatest(`state = 'pending'`, 'visible_at')} as next from ${table}
        ${watches === undefined ? '' : `where ${watch} in (${watches.map(one => `'${one}'`).join()})`} group by 1`,
    ),
    rows =>
      new Map(
        rows.map(row => [
          Number(row.watch),
          { last: Number(row.last) * 1000, next: Number(row.next) * 1000 },
        ]),
      ),
  )
}

/** A text that changes with every poll that is offered or repeated, by any process. */
export const lastOffer = (sql: SqlClient.SqlClient): Effect.Effect<string, SqlError> =>
  Effect.map(sql<{ readonly last: unknown }>`select max(sequence) as last from ${sql(table)}`, ([row]) =>
    String(row?.last),
  )

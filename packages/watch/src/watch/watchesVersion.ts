import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import { lastOffer } from './pollTimes.ts'

/**
 * A text that is another one after each poll and each change of a watch or a connection. A poll
 * without news changes the queue alone.
 */
export const watchesVersion = (sql: SqlClient.SqlClient): Effect.Effect<string, SqlError> =>
  Effect.map(
    Effect.all([
      lastOffer(sql),
      sql<
        Readonly<Record<string, unknown>>
      >`select state, count(*) as count from watches group by state order by state`,
      sql<Readonly<Record<string, unknown>>>`
        select count(*) as count, max(created_at) as added, sum(not_before) as postponed from connections`,
    ]),
    ([offer, ...rows]) => [offer, ...rows.flat().flatMap(row => Object.values(row))].join(' '),
  )

/** A text that is another one when watches of a connection are added, end, pause or begin. */
export const statesVersion = (
  sql: SqlClient.SqlClient,
  connection: number,
): Effect.Effect<string, SqlError> =>
  Effect.map(
    sql<Readonly<Record<string, unknown>>>`
      select state, count(*) as count, sum(case when last_poll_at = 0 then 1 else 0 end) as unpolled
      from watches where connection = ${connection} group by state order by state`,
    rows => rows.flatMap(row => Object.values(row)).join(' '),
  )

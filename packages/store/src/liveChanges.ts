import * as Effect from 'effect/Effect'
import * as Schedule from 'effect/Schedule'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import * as Stream from 'effect/Stream'
import { changesChannel, lastSeq } from './facts.ts'
import type { Database } from './openDatabase.ts'

/**
 * The number of the last change, now and after each transaction that changes runs, in any process.
 * PostgreSQL notifies; SQLite is asked once a second.
 */
export const liveChanges = ({ sql, postgres }: Database): Stream.Stream<number, SqlError> => {
  const ticks: Stream.Stream<unknown, SqlError> =
    postgres === undefined
      ? versions(sql)
      : Stream.unwrap(
          Effect.map(postgres.listen(changesChannel), notices =>
            Stream.concat(Stream.succeed(undefined), Stream.fromQueue(notices)),
          ),
        )
  return ticks.pipe(
    Stream.mapEffect(() => lastSeq(sql)),
    Stream.changes,
  )
}

/** A text for each commit: `data_version` tells those of others, a count those of this connection. */
const versions = (sql: SqlClient.SqlClient): Stream.Stream<string, SqlError> =>
  Stream.concat(Stream.succeed(0), Stream.fromSchedule(Schedule.spaced('1 second'))).pipe(
    Stream.mapEffect(
      () =>
        sql<{ readonly version: number; readonly own: number }>`
          select data_version as version, total_changes() as own from pragma_data_version`,
    ),
    Stream.map(([row]) => `${row?.version} ${row?.own}`),
    Stream.changes,
  )

import * as Effect from 'effect/Effect'
import * as Schedule from 'effect/Schedule'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import * as Stream from 'effect/Stream'
import { changesChannel, lastSeq } from './facts.ts'
import type { Database } from './openDatabase.ts'

/**
 * Ticks now and after commits, by any process. PostgreSQL notifies of the commits that change runs
 * or call `notifyOthers`; SQLite is asked once a second whether there was any.
 */
export const commits = ({ sql, postgres }: Database): Stream.Stream<unknown, SqlError> =>
  postgres === undefined
    ? versions(sql)
    : Stream.unwrap(
        Effect.map(postgres.listen(changesChannel), notices =>
          Stream.concat(Stream.succeed(undefined), Stream.fromQueue(notices)),
        ),
      )

/** The number of the last change, now and after each transaction that changes runs, in any process. */
export const liveChanges = (database: Database): Stream.Stream<number, SqlError> =>
  commits(database).pipe(
    Stream.mapEffect(() => lastSeq(database.sql)),
    Stream.changes,
  )

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

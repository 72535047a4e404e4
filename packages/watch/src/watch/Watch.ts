import type { WatchState } from '@finetune-kit/model'
import { fromColumnText, toColumnText } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import type { PollHistory } from '../follow/pace.ts'
import { type Connection, type ConnectionRow, fromConnectionRow } from './Connection.ts'

/** A run that is watched, or all runs of a service. Times are milliseconds since 1970; 0 is never. */
export interface Watch {
  readonly watch: number
  readonly connection: number
  /** The id of the run; undefined for all runs of the service. */
  readonly runId: string | undefined
  readonly state: WatchState
  /** The reason of a pause. */
  readonly reason: string
  /** The number of the next poll; one with another number does nothing. */
  readonly poll: number
  readonly history: PollHistory
  readonly fingerprint: string | undefined
  /** The last known status of the run. */
  readonly status: string
  /** The error of the last poll, in words; empty if there was none. */
  readonly fault: string
  readonly lastPollAt: number
  readonly nextPollAt: number
}

/** The columns of a watch. */
export interface WatchRow {
  readonly watch: number | bigint
  readonly connection: number | bigint
  readonly run_key: string
  readonly state: string
  readonly reason: string
  readonly poll: number | bigint
  readonly quiet: number
  readonly failures: number
  readonly final_looks: number
  readonly value_digest: string
  readonly status: string
  readonly fault: string
  readonly last_poll_at: number | bigint
  readonly next_poll_at: number | bigint
}

export const fromWatchRow = (row: WatchRow): Watch => ({
  watch: Number(row.watch),
  connection: Number(row.connection),
  runId: row.run_key === '' ? undefined : fromColumnText(row.run_key),
  state: row.state as WatchState,
  reason: row.reason,
  poll: Number(row.poll),
  history: { quiet: row.quiet, failures: row.failures, finalLooks: row.final_looks },
  fingerprint: row.value_digest === '' ? undefined : row.value_digest,
  status: row.status,
  fault: row.fault,
  lastPollAt: Number(row.last_poll_at),
  nextPollAt: Number(row.next_poll_at),
})

export const readWatch =
  (sql: SqlClient.SqlClient) =>
  (watch: number): Effect.Effect<Watch | undefined, SqlError> =>
    Effect.map(sql<WatchRow>`select * from watches where watch = ${watch}`, ([row]) =>
      row === undefined ? undefined : fromWatchRow(row),
    )

/** The watches of a connection, without the times that only the queue knows. */
export const readWatches =
  (sql: SqlClient.SqlClient) =>
  (connection: number): Effect.Effect<ReadonlyArray<Watch>, SqlError> =>
    Effect.map(sql<WatchRow>`select * from watches where connection = ${connection} order by watch`, rows =>
      rows.map(fromWatchRow),
    )

/** A watch with its connection, in one query. */
export const readPolled =
  (sql: SqlClient.SqlClient) =>
  (watch: number): Effect.Effect<readonly [Watch, Connection] | undefined, SqlError> =>
    Effect.map(
      sql<WatchRow & ConnectionRow>`select watches.*, base_url, dialect, api_version, key_name, not_before
        from watches join connections using (connection) where watch = ${watch}`,
      ([row]) => (row === undefined ? undefined : [fromWatchRow(row), fromConnectionRow(row)]),
    )

/** Adds watches of these runs, or of all runs by an empty id; returns those that are new. */
export const addWatches =
  (sql: SqlClient.SqlClient) =>
  (
    connection: number,
    runIds: ReadonlyArray<string>,
    now: number,
  ): Effect.Effect<ReadonlyArray<Watch>, SqlError> =>
    Effect.map(
      Effect.forEach(
        runIds,
        runId =>
          sql<WatchRow>`insert into watches ${sql.insert({
            connection,
            run_key: toColumnText(runId),
            state: 'active',
            poll: 0,
            next_poll_at: now,
            created_at: now,
          })} on conflict (connection, run_key) do nothing returning *`,
      ),
      rows => rows.flat().map(fromWatchRow),
    )

/** The ids among these that a connection has watches of. */
export const watchedRuns =
  (sql: SqlClient.SqlClient) =>
  (connection: number, runIds: ReadonlyArray<string>): Effect.Effect<ReadonlySet<string>, SqlError> =>
    runIds.length === 0
      ? Effect.succeed(new Set())
      : Effect.map(
          sql<{ readonly run_key: string }>`select run_key from watches
            where connection = ${connection} and run_key in ${sql.in(runIds.map(toColumnText))}`,
          rows => new Set(rows.map(row => fromColumnText(row.run_key))),
        )

/** The fields that a poll changes. */
export interface PollResult {
  readonly state: WatchState
  readonly reason: string
  readonly history: PollHistory
  readonly fingerprint: string | undefined
  readonly status: string
  readonly fault: string
  readonly nextPollAt: number
}

/**
 * Writes the result of a poll; false if the watch has changed since: it was paused, or another
 * process has made the same poll.
 */
export const finishPoll =
  (sql: SqlClient.SqlClient) =>
  (
    { watch, poll }: Pick<Watch, 'watch' | 'poll'>,
    result: PollResult,
    now: number,
  ): Effect.Effect<boolean, SqlError> =>
    Effect.map(
      sql<{ readonly watch: unknown }>`update watches set ${sql.update({
        state: result.state,
        reason: result.reason,
        poll: poll + 1,
        quiet: result.history.quiet,
        failures: result.history.failures,
        final_looks: result.history.finalLooks,
        value_digest: result.fingerprint ?? '',
        status: result.status,
        fault: result.fault,
        last_poll_at: now,
        next_poll_at: result.nextPollAt,
      })} where watch = ${watch} and poll = ${poll} and state = 'active' returning watch`,
      rows => rows.length > 0,
    )

/**
 * Sets the state of a watch, and forgets its fault. The poll that it returns makes all earlier ones
 * void.
 */
export const setState =
  (sql: SqlClient.SqlClient) =>
  (
    watch: number,
    state: WatchState,
    reason: string,
    now: number,
  ): Effect.Effect<Pick<Watch, 'connection' | 'poll'> | undefined, SqlError> =>
    Effect.map(
      sql<
        Pick<WatchRow, 'connection' | 'poll'>
      >`update watches set state = ${state}, reason = ${reason}, fault = ${reason},
        poll = poll + 1, quiet = 0, failures = 0, final_looks = 0, next_poll_at = ${now}
        where watch = ${watch} returning connection, poll`,
      ([row]) =>
        row === undefined ? undefined : { connection: Number(row.connection), poll: Number(row.poll) },
    )

/**
 * Pauses the other active watches of a connection: its key is refused. All are locked in one order
 * first: several polls that are refused at once would wait for each other's watches for ever.
 */
export const pauseConnection =
  (sql: SqlClient.SqlClient) =>
  (
    { connection, watch: except }: Pick<Watch, 'connection' | 'watch'>,
    reason: string,
  ): Effect.Effect<unknown, SqlError> =>
    Effect.andThen(
      sql.onDialectOrElse({
        pg: () =>
          Effect.asVoid(
            sql`select watch from watches where connection = ${connection} order by watch for update`,
          ),
        orElse: () => Effect.void,
      }),
      sql`update watches set state = 'paused', reason = ${reason}, fault = ${reason}, poll = poll + 1
        where connection = ${connection} and watch <> ${except} and state = 'active'`,
    )

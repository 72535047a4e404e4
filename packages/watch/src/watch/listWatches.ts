import type { WatchState } from '@finetune-kit/model'
import { toColumnText } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import { type PollTimes, pollTimes } from './pollTimes.ts'
import { fromWatchRow, type Watch, type WatchRow } from './Watch.ts'

/** The watches that a list is made of. What is not named is not asked about. */
export interface WatchQuery {
  readonly watch?: number | undefined
  readonly connection?: number | undefined
  readonly state?: WatchState | undefined
  /** The id of a run; an empty one means watches of all runs of a service. */
  readonly runId?: string | undefined
  /** Only those that were added before this one. */
  readonly before?: number | undefined
  /** Default: all. */
  readonly limit?: number | undefined
}

const conditions = (
  sql: SqlClient.SqlClient,
  { watch, connection, state, runId, before }: Omit<WatchQuery, 'limit'>,
) =>
  sql.and([
    ...(watch === undefined ? [] : [sql`watch = ${watch}`]),
    ...(connection === undefined ? [] : [sql`connection = ${connection}`]),
    ...(state === undefined ? [] : [sql`state = ${state}`]),
    ...(runId === undefined ? [] : [sql`run_key = ${toColumnText(runId)}`]),
    ...(before === undefined ? [] : [sql`watch < ${before}`]),
  ])

/** Watches, the newest first, with the times of their polls by the queue. */
export const listWatches =
  (sql: SqlClient.SqlClient) =>
  (query: WatchQuery = {}): Effect.Effect<ReadonlyArray<Watch>, SqlError> =>
    Effect.gen(function* () {
      const { limit } = query
      const rows =
        yield* sql<WatchRow>`select * from watches where ${conditions(sql, query)} order by watch desc
        ${limit === undefined ? sql`` : sql`limit ${limit}`}`
      const ids = limit === undefined ? undefined : rows.map(row => Number(row.watch))
      const times = yield* pollTimes(sql, ids)
      return rows.map(row => withTimes(fromWatchRow(row), times.get(Number(row.watch))))
    })

const withTimes = (watch: Watch, { last, next }: PollTimes = { last: 0, next: 0 }): Watch => ({
  ...watch,
  lastPollAt: Math.max(watch.lastPollAt, last),
  nextPollAt: watch.state === 'active' ? Math.max(watch.nextPollAt, next) : 0,
})

/** The number of watched runs of a connection in a state. */
export interface WatchCount {
  readonly connection: number
  readonly state: WatchState
  readonly count: number
}

export const countWatches = (sql: SqlClient.SqlClient): Effect.Effect<ReadonlyArray<WatchCount>, SqlError> =>
  Effect.map(
    sql<{ readonly connection: number | bigint; readonly state: string; readonly count: number | bigint }>`
      select connection, state, count(*) as count from watches where run_key <> '' group by connection, state`,
    rows =>
      rows.map(({ connection, state, count }) => ({
        connection: Number(connection),
        state: state as WatchState,
        count: Number(count),
      })),
  )

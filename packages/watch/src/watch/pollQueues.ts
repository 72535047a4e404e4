import * as Context from 'effect/Context'
import * as Duration from 'effect/Duration'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import * as PersistedQueue from 'effect/persistence/PersistedQueue'
import * as References from 'effect/References'
import * as Schedule from 'effect/Schedule'
import * as Schema from 'effect/Schema'
import type * as Scope from 'effect/Scope'
import * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'

/**
 * One poll of a watch. Polls without news are counted by `quiet` and write nothing to the watch;
 * every other one writes the number of the next, `n`.
 */
export const Poll = Schema.Struct({ watch: Schema.Number, n: Schema.Number, quiet: Schema.Number })
export type Poll = typeof Poll.Type

export interface QueueOptions {
  /** The pause between looks for polls that are due. Default: 1 second. */
  readonly pollInterval?: Duration.Input
  /** The time after which a poll of a process that is gone is made by another. Default: 2 minutes. */
  readonly lockExpiration?: Duration.Input
}

const table = 'finetune_kit_polls'

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
  const greatest = (state: string, time: string) =>
    `max(case when state = '${state}' then ${seconds(time)} else 0 end)`
  return Effect.map(
    sql.unsafe<{ readonly watch: string; readonly last: number | string; readonly next: number | string }>(
      `select ${watch} as watch, ${greatest('completed', 'updated_at')} as last,
        ${greatest('pending', 'visible_at')} as next from ${table}
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

/** A text that changes with every poll that is offered, by any process. */
export const lastOffer = (sql: SqlClient.SqlClient): Effect.Effect<string, SqlError> =>
  Effect.map(sql<{ readonly last: unknown }>`select max(sequence) as last from ${sql(table)}`, ([row]) =>
    String(row?.last),
  )

/** Seconds until the next poll, at most. */
export const maxDelay = 600

/** Makes polls at once that are due later than any poll may be: the clock was set back. */
export const hastenPolls = (
  sql: SqlClient.SqlClient,
  connection: number,
): Effect.Effect<unknown, SqlError> => {
  const latest = sql.onDialectOrElse({
    pg: () => sql`now() + interval '${sql.literal(String(2 * maxDelay))} seconds'`,
    orElse: () => sql`datetime(current_timestamp, '${sql.literal(String(2 * maxDelay))} seconds')`,
  })
  return sql`update ${sql(table)} set visible_at = current_timestamp
    where queue_name = ${queueName(connection)} and state = 'pending' and visible_at > ${latest}`
}

const queueName = (connection: number): string => `polls:${connection}`

/** The queue of the polls of a connection: only the processes with its key take from it. */
export type PollQueues = (connection: number) => PersistedQueue.PersistedQueue<Poll>

/** The queues of polls in the database of the runs. Any number of processes share them. */
export const pollQueues = (
  sql: SqlClient.SqlClient,
  { pollInterval = '1 second', lockExpiration = '2 minutes' }: QueueOptions,
): Effect.Effect<PollQueues, SqlError, Scope.Scope> =>
  Effect.gen(function* () {
    const store = PersistedQueue.layerStoreSql({
      tableName: table,
      pollInterval,
      lockExpiration,
      lockRefreshInterval: Duration.toMillis(lockExpiration) / 4,
    })
    const cleanup = PersistedQueue.layerCleanup({ interval: '1 minute', timeToLive: '5 minutes' })
    const layer = Layer.mergeAll(PersistedQueue.layer, cleanup).pipe(
      Layer.provide(store),
      Layer.provide(Layer.succeed(SqlClient.SqlClient, sql)),
    )
    // the queue logs each failed statement; an outage is told once, in words
    const built = Effect.provideService(Layer.build(layer), References.MinimumLogLevel, 'None')
    const factory = Context.get(yield* built, PersistedQueue.PersistedQueueFactory)
    // without these, cleaning and the search for exhausted polls read the whole table
    yield* sql`create index if not exists ${sql(`${table}_cleanup`)} on ${sql(table)} (state, updated_at)`
    yield* sql`create index if not exists ${sql(`${table}_attempts`)} on ${sql(table)} (queue_name, attempts)
      where state = 'pending'`
    const queues = new Map<number, PersistedQueue.PersistedQueue<Poll>>()
    return connection => {
      const known = queues.get(connection)
      if (known !== undefined) return known
      const made = Effect.runSync(
        factory.make({
          name: queueName(connection),
          schema: Poll,
          // a poll handles the errors of its service: only a database that is gone gets here
          maxAttempts: 1_000_000,
          retrySchedule: Schedule.min([Schedule.exponential('1 second'), Schedule.spaced('30 seconds')]),
        }),
      )
      queues.set(connection, made)
      return made
    }
  })

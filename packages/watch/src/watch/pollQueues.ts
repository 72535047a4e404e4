import * as Context from 'effect/Context'
import * as Duration from 'effect/Duration'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import * as PersistedQueue from 'effect/persistence/PersistedQueue'
import * as References from 'effect/References'
import * as Schedule from 'effect/Schedule'
import type * as Scope from 'effect/Scope'
import * as SqlClient from 'effect/sql/SqlClient'
import { isSqlError, type SqlError } from 'effect/sql/SqlError'
import { Poll, queueName, table } from './Poll.ts'

export interface QueueOptions {
  /** The pause between looks for polls that are due. Default: 1 second. */
  readonly pollInterval?: Duration.Input
  /** The time after which a poll of a process that is gone is made by another. Default: 2 minutes. */
  readonly lockExpiration?: Duration.Input
}

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
    // it dies where its tables cannot be made
    const context = yield* Effect.catchDefect(built, defect =>
      isSqlError(defect) ? Effect.fail(defect) : Effect.die(defect),
    )
    const factory = Context.get(context, PersistedQueue.PersistedQueueFactory)
    // without these, cleaning and the search for exhausted polls read the whole table
    yield* createIndex(sql)(`${table}_cleanup`, `(state, updated_at)`)
    yield* createIndex(sql)(`${table}_attempts`, `(queue_name, attempts) where state = 'pending'`)
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

/**
 * Creates an index of the queue if it is missing: a user who does not own the table may not ask for
 * that. Where two processes do it at once, PostgreSQL fails the second nonetheless.
 */
const createIndex = (sql: SqlClient.SqlClient) => (name: string, columns: string) => {
  const found: Effect.Effect<ReadonlyArray<unknown>, SqlError> = sql.onDialectOrElse({
    pg: () => sql`select 1 where to_regclass(${name}) is not null`,
    orElse: () => sql`select 1 from sqlite_schema where name = ${name}`,
  })
  const create = sql`create index if not exists ${sql(name)} on ${sql(table)} ${sql.literal(columns)}`
  const ensured = Effect.flatMap(found, rows => (rows.length > 0 ? Effect.void : Effect.asVoid(create)))
  return Effect.retry(ensured, { times: 1, while: ({ reason }) => reason._tag === 'UniqueViolation' })
}

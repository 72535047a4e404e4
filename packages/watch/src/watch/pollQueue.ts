import * as Context from 'effect/Context'
import * as Duration from 'effect/Duration'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import * as PersistedQueue from 'effect/persistence/PersistedQueue'
import * as Schedule from 'effect/Schedule'
import * as Schema from 'effect/Schema'
import type * as Scope from 'effect/Scope'
import * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'

/** One poll of a watch. */
export const Poll = Schema.Struct({ watch: Schema.Number, n: Schema.Number })
export type Poll = typeof Poll.Type

export interface QueueOptions {
  /** The pause between looks for polls that are due. Default: 1 second. */
  readonly pollInterval?: Duration.Input
  /** The time after which a poll of a process that is gone is made by another. Default: 2 minutes. */
  readonly lockExpiration?: Duration.Input
}

const table = 'finetune_kit_polls'

/** The queue of polls in the database of the runs. Any number of processes share it. */
export const pollQueue = (
  sql: SqlClient.SqlClient,
  { pollInterval = '1 second', lockExpiration = '2 minutes' }: QueueOptions,
): Effect.Effect<PersistedQueue.PersistedQueue<Poll>, SqlError, Scope.Scope> =>
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
    const factory = Context.get(yield* Layer.build(layer), PersistedQueue.PersistedQueueFactory)
    // without these, cleaning and the search for exhausted polls read the whole table
    yield* sql`create index if not exists ${sql(`${table}_cleanup`)} on ${sql(table)} (state, updated_at)`
    yield* sql`create index if not exists ${sql(`${table}_attempts`)} on ${sql(table)} (queue_name, attempts)
      where state = 'pending'`
    return yield* factory.make({
      name: 'polls',
      schema: Poll,
      // errors of a service are handled by the poll itself: only a database that is gone gets here
      maxAttempts: 1_000_000,
      retrySchedule: Schedule.min([Schedule.exponential('1 second'), Schedule.spaced('30 seconds')]),
    })
  })

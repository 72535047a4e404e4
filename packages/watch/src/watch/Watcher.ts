import { fromSqlError, type Store, type StoreError, storeError } from '@finetune-kit/store'
import * as Cause from 'effect/Cause'
import * as Clock from 'effect/Clock'
import * as Effect from 'effect/Effect'
import * as PubSub from 'effect/PubSub'
import * as Scope from 'effect/Scope'
import { isSqlError, type SqlError } from 'effect/sql/SqlError'
import * as Stream from 'effect/Stream'
import type { Client } from '../client/Client.ts'
import type { ServiceError } from '../client/ServiceError.ts'
import { defaultPace, type Pace } from '../follow/pace.ts'
import { addConnection, type Connection, listConnections, type NewConnection } from './Connection.ts'
import { knownPages } from './KnownPages.ts'
import { pollQueue, type QueueOptions } from './pollQueue.ts'
import { offerPoll, pollWatch } from './pollWatch.ts'
import { addWatches, listWatches, readWatch, setState, type Watch } from './Watch.ts'
import type { WatchChange } from './WatchChange.ts'

export interface WatcherOptions extends QueueOptions {
  /** Opens the client of a connection, once in a process. It finds the key by its name. */
  readonly clientOf: (connection: Connection) => Effect.Effect<Client, ServiceError, Scope.Scope>
  readonly pace?: Partial<Pace>
  /** Polls at a time. Default: 8. */
  readonly concurrency?: number
}

/** Watches the runs of services and keeps all that they write in a store. */
export interface Watcher {
  readonly connect: (connection: NewConnection) => Effect.Effect<Connection, StoreError>
  readonly connections: Effect.Effect<ReadonlyArray<Connection>, StoreError>
  /** Watches a run, or all runs of a service where no id is passed. One that ended begins again. */
  readonly watch: (connection: number, runId?: string) => Effect.Effect<Watch, StoreError>
  readonly watches: Effect.Effect<ReadonlyArray<Watch>, StoreError>
  /** Pauses a watch until it is resumed. */
  readonly pause: (watch: number) => Effect.Effect<void, StoreError>
  readonly resume: (watch: number) => Effect.Effect<void, StoreError>
  readonly stop: (watch: number) => Effect.Effect<void, StoreError>
  /** Makes the next poll of an active watch at once. */
  readonly pollNow: (watch: number) => Effect.Effect<void, StoreError>
  /** Polls what is due until it is interrupted, next to any number of other processes. */
  readonly run: Effect.Effect<never>
  /** The finds of the polls of this process, from the subscription on. */
  readonly changes: Stream.Stream<WatchChange>
}

/** Makes a watcher over a store. Nothing is polled before `run`. */
export const make = (
  store: Store,
  options: WatcherOptions,
): Effect.Effect<Watcher, StoreError, Scope.Scope> =>
  Effect.gen(function* () {
    const { sql, subject } = store
    const { concurrency = 8, pace } = options
    const named = <A, R>(
      effect: Effect.Effect<A, SqlError | StoreError | { readonly message: string }, R>,
    ): Effect.Effect<A, StoreError, R> =>
      Effect.mapError(effect, error =>
        isSqlError(error)
          ? fromSqlError({ subject })(error)
          : storeError('Failed', `${subject}: ${error.message}`),
      )
    const queue = yield* named(pollQueue(sql, options))
    const changes = yield* PubSub.unbounded<WatchChange>()
    const clientOf = yield* oncePerConnection(options.clientOf)
    const poll = pollWatch({
      store,
      queue,
      pages: knownPages(store),
      clientOf,
      pace: { ...defaultPace, ...pace },
      publish: change => PubSub.publish(changes, change),
    })

    const change = (watch: number, state: Watch['state'], reason = '') =>
      named(
        sql.withTransaction(
          Effect.gen(function* () {
            const n = yield* setState(sql)(watch, state, reason, yield* Clock.currentTimeMillis)
            if (n !== undefined && state === 'active') yield* offerPoll(queue, { watch, n, quiet: 0 }, 0)
          }),
        ),
      )

    const watch: Watcher['watch'] = (connection, runId = '') =>
      Effect.gen(function* () {
        const now = yield* Clock.currentTimeMillis
        const [added] = yield* named(
          sql.withTransaction(
            Effect.tap(addWatches(sql)(connection, [runId], now), rows =>
              Effect.forEach(rows, row => offerPoll(queue, { watch: row.watch, n: row.poll, quiet: 0 }, 0)),
            ),
          ),
        )
        if (added !== undefined) return added
        const all = yield* named(listWatches(sql))
        const found = all.find(one => one.connection === connection && (one.runId ?? '') === runId) as Watch
        if (found.state !== 'active') yield* change(found.watch, 'active')
        return found
      })

    const worker = Effect.forever(
      queue.take(poll).pipe(
        // the database is gone, or its disk is full: the queue has the poll
        Effect.catchCause(cause =>
          Cause.hasInterruptsOnly(cause) ? Effect.interrupt : Effect.sleep('1 second'),
        ),
      ),
    )

    return {
      connect: connection =>
        named(Effect.flatMap(Clock.currentTimeMillis, now => addConnection(sql)(connection, now))),
      connections: named(listConnections(sql)),
      watch,
      watches: named(listWatches(sql)),
      pause: one => change(one, 'paused'),
      resume: one => change(one, 'active'),
      stop: one => change(one, 'stopped'),
      pollNow: one =>
        Effect.flatMap(named(readWatch(sql)(one)), found =>
          found?.state === 'active' ? change(one, 'active') : Effect.void,
        ),
      run: Effect.flatMap(
        Effect.all(
          Array.from({ length: concurrency }, () => worker),
          { concurrency: 'unbounded' },
        ),
        () => Effect.never,
      ),
      changes: Stream.fromPubSub(changes),
    }
  })

/** Opens each client once and keeps it as long as the watcher; a client that fails is tried again. */
const oncePerConnection = (open: WatcherOptions['clientOf']) =>
  Effect.map(Effect.scope, scope => {
    const clients = new Map<string, Client>()
    return (connection: Connection): Effect.Effect<Client, ServiceError> => {
      const { notBefore: _, ...address } = connection
      const key = JSON.stringify(address)
      const known = clients.get(key)
      if (known !== undefined) return Effect.succeed(known)
      return Effect.map(Scope.provide(open(connection), scope), client => {
        clients.set(key, client)
        return client
      })
    }
  })

import type { Store, StoreError } from '@finetune-kit/store'
import * as Clock from 'effect/Clock'
import * as Duration from 'effect/Duration'
import * as Effect from 'effect/Effect'
import * as Fiber from 'effect/Fiber'
import * as PubSub from 'effect/PubSub'
import * as Scope from 'effect/Scope'
import * as Stream from 'effect/Stream'
import type { Client } from '../client/Client.ts'
import type { ServiceError } from '../client/ServiceError.ts'
import { defaultPace, type Pace } from '../follow/pace.ts'
import {
  addConnection,
  type Connection,
  listConnections,
  type NewConnection,
  removeConnection,
} from './Connection.ts'
import { knownPages } from './KnownPages.ts'
import { countWatches, listWatches, type WatchCount, type WatchQuery } from './listWatches.ts'
import { makeOutage } from './Outage.ts'
import { pollQueues, type QueueOptions } from './pollQueues.ts'
import { repeatPolls } from './repeatPolls.ts'
import { servePolls } from './servePolls.ts'
import { type DatabaseError, toStoreError } from './toStoreError.ts'
import { readWatch, type Watch } from './Watch.ts'
import { toldChanges } from './toldChanges.ts'
import { isFault, type ToldChange, type WatchChange } from './WatchChange.ts'
import { watchesVersion } from './watchesVersion.ts'
import { watchStates } from './watchStates.ts'

export interface WatcherOptions extends QueueOptions {
  /** Opens the client of a connection, once in a process. It finds the key by its name. */
  readonly clientOf: (connection: Connection) => Effect.Effect<Client, ServiceError, Scope.Scope>
  /** True for the connections that this process polls: those whose key it has. Default: all. */
  readonly serves?: (connection: Connection) => boolean
  readonly pace?: Partial<Pace>
  /** Polls of a connection at a time. Default: 8. */
  readonly concurrency?: number
}

/** Watches the runs of services and keeps all that they write in a store. */
export interface Watcher {
  readonly connect: (connection: NewConnection) => Effect.Effect<Connection, StoreError>
  readonly connections: Effect.Effect<ReadonlyArray<Connection>, StoreError>
  /** Removes a connection with its watches, not what is stored of its runs. False if there is none. */
  readonly disconnect: (connection: number) => Effect.Effect<boolean, StoreError>
  /**
   * Watches a run, or all runs of a service where no id is passed. One that ended begins again; one
   * that a refused key has paused resumes, with the others that are paused for that reason.
   */
  readonly watch: (connection: number, runId?: string) => Effect.Effect<Watch, StoreError>
  readonly watches: Effect.Effect<ReadonlyArray<Watch>, StoreError>
  /** A part of the watches, the newest first. */
  readonly find: (query: WatchQuery) => Effect.Effect<ReadonlyArray<Watch>, StoreError>
  /** One watch, with the times of its polls. */
  readonly get: (watch: number) => Effect.Effect<Watch | undefined, StoreError>
  /** The numbers of watched runs by connection and state. */
  readonly counts: Effect.Effect<ReadonlyArray<WatchCount>, StoreError>
  /** A text that is another one after each poll and each change of a watch, by any process. */
  readonly version: Effect.Effect<string, StoreError>
  /** Pauses a watch until it is resumed. */
  readonly pause: (watch: number) => Effect.Effect<void, StoreError>
  readonly resume: (watch: number) => Effect.Effect<void, StoreError>
  /** Resumes all paused watches of a connection, as after a new key. */
  readonly resumeAll: (connection: number) => Effect.Effect<void, StoreError>
  readonly stop: (watch: number) => Effect.Effect<void, StoreError>
  /** Makes the next poll of an active watch at once. */
  readonly pollNow: (watch: number) => Effect.Effect<void, StoreError>
  /**
   * Polls what is due until it is interrupted, or the scope of the watcher closes, next to any
   * number of other processes.
   */
  readonly run: Effect.Effect<never>
  /** The finds of the polls of this process, from the subscription on. */
  readonly changes: Stream.Stream<WatchChange>
  /**
   * The finds of all processes that poll a connection, each once, and the faults of this one; from
   * the subscription on.
   */
  readonly told: (connection: number) => Stream.Stream<ToldChange, StoreError>
}

/** Makes a watcher over a store. Nothing is polled before `run`. */
export const make = (
  store: Store,
  options: WatcherOptions,
): Effect.Effect<Watcher, StoreError, Scope.Scope> =>
  Effect.gen(function* () {
    const { sql, subject } = store
    const { concurrency = 8, pace } = options
    const scope = yield* Effect.scope
    const named = <A, R>(effect: Effect.Effect<A, DatabaseError, R>): Effect.Effect<A, StoreError, R> =>
      Effect.mapError(effect, toStoreError({ subject }))
    const queueOf = yield* named(pollQueues(sql, options))
    const changes = yield* PubSub.unbounded<WatchChange>()
    const publish = (change: WatchChange) => PubSub.publish(changes, change)
    const outage = makeOutage(store, publish)
    const context = {
      store,
      repeat: repeatPolls(sql),
      pages: knownPages(store),
      clientOf: yield* oncePerConnection(options.clientOf),
      pace: { ...defaultPace, ...pace },
      publish,
      outage,
    }

    const { change, resumeAll, watch } = watchStates(sql, queueOf)
    return {
      connect: connection =>
        named(Effect.flatMap(Clock.currentTimeMillis, now => addConnection(sql)(connection, now))),
      connections: named(listConnections(sql)),
      disconnect: connection => named(removeConnection(sql)(connection)),
      watch: (connection, runId) => named(watch(connection, runId ?? '')),
      watches: Effect.map(named(listWatches(sql)()), all => all.toReversed()),
      find: query => named(listWatches(sql)(query)),
      get: one => Effect.map(named(listWatches(sql)({ watch: one, limit: 1 })), ([found]) => found),
      counts: named(countWatches(sql)),
      version: named(watchesVersion(sql)),
      pause: one => named(change(one, 'paused')),
      resume: one => named(change(one, 'active')),
      resumeAll: connection => named(resumeAll(connection)),
      stop: one => named(change(one, 'stopped')),
      pollNow: one =>
        named(
          Effect.flatMap(readWatch(sql)(one), found =>
            found?.state === 'active' ? change(one, 'active') : Effect.void,
          ),
        ),
      run: endingWith(
        scope,
        servePolls({
          context,
          outage,
          queueOf,
          serves: options.serves ?? (() => true),
          concurrency,
          // a look at the queue is cheaper: connections are listed four times a second at most
          interval: Math.max(250, Duration.toMillis(options.pollInterval ?? '1 second')),
        }),
      ),
      changes: Stream.fromPubSub(changes),
      told: connection =>
        Stream.merge(toldChanges(store, connection), Stream.filter(Stream.fromPubSub(changes), isFault)),
    }
  })

/**
 * Runs an endless effect up to the end of a scope, whatever fiber it is run by: in a store that is
 * closed the queue would try to write for two minutes.
 */
const endingWith = (scope: Scope.Scope, effect: Effect.Effect<never>): Effect.Effect<never> =>
  Effect.flatMap(Effect.forkIn(effect, scope), fiber =>
    Effect.onInterrupt(Fiber.join(fiber), () => Fiber.interrupt(fiber)),
  )

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

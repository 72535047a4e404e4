import { openStore, type Store } from '@finetune-kit/store'
import { Client, type Connection, Watcher } from '@finetune-kit/watch'
import { FakeService } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import * as Redacted from 'effect/Redacted'
import * as Stream from 'effect/Stream'
import { describe, expect, test } from 'vitest'
import { databases } from '@finetune-kit/checks/databases'
import { connect, run, startsAt, untilQuiet } from '../support/watching.ts'

/** A watcher that has the keys of these services alone. */
const watcherOf = (store: Store, services: ReadonlyArray<FakeService.FakeService>) => {
  const of = ({ baseUrl }: Connection) => services.find(service => service.baseUrl === baseUrl)
  return Watcher.make(store, {
    serves: connection => of(connection) !== undefined,
    clientOf: connection => {
      const { baseUrl, key } = of(connection) as FakeService.FakeService
      return Client.make({ baseUrl, key: Redacted.make(key), retryDelay: 1, attempts: 2 })
    },
    pace: { fastest: 0.01, slowest: 0.4, settle: [] },
    pollInterval: '20 millis',
  })
}

const over = { startsAt, clock: () => startsAt + 1e6 }

const until = (isTrue: Effect.Effect<boolean, unknown>) =>
  Effect.gen(function* () {
    while (!(yield* isTrue)) yield* Effect.sleep(30)
  })

describe.each(databases)('connections on $name', ({ fresh }) => {
  test('are polled by the processes that have their keys, as soon as they are there', () =>
    run(
      Effect.gen(function* () {
        const a = yield* FakeService.make({ ...over, jobs: 2, seed: 1 })
        const b = yield* FakeService.make({ ...over, jobs: 3, seed: 2 })
        const store = yield* openStore(yield* fresh)
        const [first, second] = [yield* watcherOf(store, [a]), yield* watcherOf(store, [b])]
        yield* Effect.forkScoped(first.run)
        const toA = yield* connect(first, a.baseUrl)
        const toB = yield* connect(first, b.baseUrl)
        for (const { connection } of [toA, toB]) yield* first.watch(connection)
        const ended = (connection: number) =>
          Effect.map(
            first.counts,
            all => all.find(one => one.connection === connection && one.state === 'ended')?.count,
          )
        yield* until(Effect.map(ended(toA.connection), count => count === 2))
        expect(b.requests()).toBe(0)
        const [waiting] = yield* first.find({ connection: toB.connection })
        expect(waiting).toMatchObject({ state: 'active', fault: '', lastPollAt: 0 })
        yield* Effect.forkScoped(second.run)
        yield* until(Effect.map(ended(toB.connection), count => count === 3))
      }),
    ))

  test('are listed in parts with their watches, and removed with them', () =>
    run(
      Effect.gen(function* () {
        const service = yield* FakeService.make({ ...over, jobs: 1 })
        const store = yield* openStore(yield* fresh)
        const watcher = yield* watcherOf(store, [])
        const { connection } = yield* connect(watcher, service.baseUrl)
        const other = yield* connect(watcher, 'http://127.0.0.1:1/v1')
        const ids = ['ftjob-1', 'ftjob-2', 'a\0b', '"quoted"', '\ud800', "'; drop table watches"]
        for (const id of ids) yield* watcher.watch(connection, id)
        const all = yield* watcher.watch(connection)
        yield* watcher.watch(other.connection)
        const runIds = Effect.map(watcher.find({ connection }), found => found.map(({ runId }) => runId))
        expect(yield* runIds).toEqual([undefined, ...ids.toReversed()])
        const [newest] = yield* watcher.find({ connection, limit: 1 })
        expect(newest?.watch).toBe(all.watch)
        const next = yield* watcher.find({ connection, limit: 2, before: newest?.watch ?? 0 })
        expect(next.map(({ runId }) => runId)).toEqual(ids.slice(-2).toReversed())
        for (const runId of ids)
          expect((yield* watcher.find({ runId })).map(one => one.runId)).toEqual([runId])
        expect((yield* watcher.find({ runId: '' })).map(one => one.connection)).toEqual([
          other.connection,
          connection,
        ])
        const before = yield* watcher.version
        expect(yield* watcher.version).toBe(before)
        yield* watcher.pause(next[0]?.watch ?? 0)
        expect(yield* watcher.version).not.toBe(before)
        expect((yield* watcher.find({ state: 'paused' })).map(({ watch }) => watch)).toEqual([next[0]?.watch])
        expect(yield* watcher.get(next[0]?.watch ?? 0)).toMatchObject({ state: 'paused', nextPollAt: 0 })
        expect(yield* watcher.get(999)).toBeUndefined()
        const counts = (yield* watcher.counts).filter(one => one.connection === connection)
        expect(Object.fromEntries(counts.map(({ state, count }) => [state, count]))).toEqual({
          active: ids.length - 1,
          paused: 1,
        })
        expect(yield* watcher.disconnect(connection)).toBe(true)
        expect(yield* watcher.disconnect(connection)).toBe(false)
        expect((yield* watcher.watches).map(one => one.connection)).toEqual([other.connection])
      }),
    ))

  test('that are removed while they are polled are polled no more', () =>
    run(
      Effect.gen(function* () {
        const service = yield* FakeService.make({ jobs: 3, interval: 1, startsAt, speed: 1 })
        const watcher = yield* watcherOf(yield* openStore(yield* fresh), [service])
        const { connection } = yield* connect(watcher, service.baseUrl)
        yield* watcher.watch(connection)
        yield* Effect.forkScoped(watcher.run)
        yield* until(Effect.sync(() => service.requests() > 0))
        yield* watcher.disconnect(connection)
        yield* untilQuiet(service)
        expect(yield* watcher.watches).toEqual([])
      }),
    ))

  test('are paused by a key that is refused for many runs at once, without a fault of the database', () =>
    run(
      Effect.gen(function* () {
        const service = yield* FakeService.make({ ...over, jobs: 24 })
        const store = yield* openStore(yield* fresh)
        const watcher = yield* watcherOf(store, [{ ...service, key: 'sk-wrong' }])
        const { connection } = yield* connect(watcher, service.baseUrl)
        for (const { id } of service.lives) yield* watcher.watch(connection, id)
        const told: Array<string> = []
        yield* Effect.forkScoped(
          Stream.runForEach(watcher.changes, ({ _tag }) => Effect.sync(() => told.push(_tag))),
        )
        yield* Effect.forkScoped(watcher.run)
        const isPaused = Effect.map(watcher.watches, all => all.every(({ state }) => state === 'paused'))
        for (let round = 0; round < 5; round++) {
          yield* until(isPaused)
          yield* watcher.resumeAll(connection)
        }
        yield* until(isPaused)
        expect(told).toContain('Paused')
        expect(told).not.toContain('DatabaseFault')
      }),
    ))
})

import { openStore, type Store } from '@finetune-kit/store'
import { Client, Watcher } from '@finetune-kit/watch'
import { FakeService, type Life } from '@finetune-kit/watch/testing'
import * as Clock from 'effect/Clock'
import * as Effect from 'effect/Effect'
import * as Fiber from 'effect/Fiber'
import * as Option from 'effect/Option'
import * as Redacted from 'effect/Redacted'
import * as Stream from 'effect/Stream'
import { describe, expect, test } from 'vitest'
import { databases, sqlite } from '@finetune-kit/checks/databases'
import { expectStored } from '../support/expectStored.ts'
import { serve } from '../support/serve.ts'
import { connect, run, startsAt, until, watcherOf } from '../support/watching.ts'

/** A clock that a test sets. */
const shiftedClock = (shift: { millis: number }): Clock.Clock => {
  const live = Effect.runSync(Clock.Clock)
  const now = () => live.currentTimeMillisUnsafe() + shift.millis
  return {
    currentTimeMillisUnsafe: now,
    currentTimeMillis: Effect.sync(now),
    currentTimeNanosUnsafe: () => BigInt(Math.round(now() * 1e6)),
    currentTimeNanos: Effect.sync(() => BigInt(Math.round(now() * 1e6))),
    monotonicTimeNanosUnsafe: () => live.monotonicTimeNanosUnsafe(),
    monotonicTimeNanos: live.monotonicTimeNanos,
    sleep: duration => live.sleep(duration),
  }
}

const day = 86_400

const afterAll = () => startsAt + 1e6

describe.each(databases)('a clock that is set, on $name', ({ name, fresh }) => {
  /**
   * Moves the times of the queue by days: the clock of the database is set the other way. The table
   * is locked first, as a watcher at work locks the same rows in another order.
   */
  const moveQueue = ({ sql }: Store, days: number) => {
    const moved = (column: string) =>
      name === 'SQLite'
        ? `${column} = datetime(${column}, '${days} days')`
        : `${column} = ${column} + interval '${days} days'`
    const times = ['visible_at', 'acquired_at', 'updated_at'].map(moved).join()
    const update = sql.unsafe(`update finetune_kit_polls set ${times}`)
    const lock = sql.unsafe('lock table finetune_kit_polls in exclusive mode')
    return name === 'SQLite' ? update : sql.withTransaction(Effect.andThen(lock, update))
  }

  test.each([
    ['set back by a day', 1],
    ['set on by a day', -1],
  ])('of the database, %s: every poll is made, and everything is stored once', (_, days) =>
    run(
      Effect.gen(function* () {
        let now = startsAt + 60
        const service = yield* FakeService.make({ jobs: 3, interval: 1, startsAt, clock: () => now })
        const store = yield* openStore(yield* fresh)
        const { watcher, baseUrl } = yield* watcherOf(store, service, { current: service.key })
        const { connection } = yield* connect(watcher, baseUrl)
        for (const { id } of service.lives) yield* watcher.watch(connection, id)
        yield* moveQueue(store, days)
        yield* Effect.forkScoped(watcher.run)
        while ((yield* store.runs()).runs.length < 3) yield* Effect.sleep(20)
        if (days < 0) yield* moveQueue(store, days)
        now = startsAt + 1e6
        yield* until(watcher, states => states.every(state => state === 'ended'))
        for (const life of service.lives) yield* expectStored(store, life)
      }),
    ),
  )

  test('of this process: a Retry-After of an hour does not last a day, and nothing is lost', () => {
    const shift = { millis: 0 }
    return run(
      Effect.gen(function* () {
        let now = startsAt + 60
        const service = yield* FakeService.make({ jobs: 3, interval: 1, startsAt, clock: () => now })
        const store = yield* openStore(yield* fresh)
        const { watcher, baseUrl } = yield* watcherOf(store, service, { current: service.key })
        const { connection } = yield* connect(watcher, baseUrl)
        for (const { id } of service.lives) yield* watcher.watch(connection, id)
        yield* Effect.forkScoped(watcher.run)
        while ((yield* store.runs()).runs.length < 3) yield* Effect.sleep(20)
        service.inject('rate-limited-for-an-hour')
        while ((yield* watcher.connections)[0]?.notBefore === 0) yield* Effect.sleep(20)
        shift.millis = -2 * day * 1000
        now = startsAt + 1e6
        // the polls themselves wait ten minutes: they are made now
        for (const { watch } of yield* watcher.watches) yield* watcher.pollNow(watch)
        yield* until(watcher, states => states.every(state => state === 'ended'))
        for (const life of service.lives) yield* expectStored(store, life)
      }).pipe(Effect.provideService(Clock.Clock, shiftedClock(shift))),
    )
  })
})

test('a short Retry-After is waited for by the clock of the fiber', () =>
  run(
    Effect.gen(function* () {
      const service = yield* FakeService.make({ jobs: 1, startsAt })
      const { baseUrl } = service
      const client = yield* Client.make({ baseUrl, key: Redacted.make(service.key), attempts: 2 })
      service.inject('rate-limited')
      const [{ id }] = service.lives as [Life]
      expect((yield* client.job(id)).id).toBe(id)
    }).pipe(Effect.provideService(Clock.Clock, shiftedClock({ millis: day * 1000 }))),
  ))

test('a service that wants to wait without telling how long slows its key, and no other', () =>
  run(
    Effect.gen(function* () {
      const services = yield* Effect.all([
        FakeService.make({ jobs: 4, interval: 1, startsAt, clock: afterAll }),
        FakeService.make({ jobs: 4, interval: 1, startsAt, clock: afterAll, seed: 2 }),
      ])
      const [slow, other] = services
      const store = yield* openStore(yield* sqlite.fresh)
      const { watcher } = yield* watcherOf(store, slow, { current: slow.key })
      for (const service of services) {
        const { connection } = yield* connect(watcher, service.baseUrl)
        for (const { id } of service.lives) yield* watcher.watch(connection, id)
      }
      slow.inject('rate-limited-untimed', { times: 1000 })
      yield* Effect.forkScoped(watcher.run)
      yield* until(watcher, states => states.filter(state => state === 'ended').length === 4)
      for (const life of other.lives) yield* expectStored(store, life)
      const [first, second] = yield* watcher.connections
      expect(first?.notBefore).toBeGreaterThan(0)
      expect(second?.notBefore).toBe(0)
      expect(slow.requests()).toBeLessThan(100)
    }),
  ))

test('a fault tells when the next attempt is made, however long the request took', () =>
  run(
    Effect.gen(function* () {
      let answeredAt = 0
      const origin = yield* serve((_, response) => {
        const answer = (): void => {
          answeredAt = Date.now()
          response.writeHead(502).end()
        }
        setTimeout(answer, 1000)
      })
      const store = yield* openStore(yield* sqlite.fresh)
      const watcher = yield* Watcher.make(store, {
        clientOf: ({ baseUrl, dialect }) => Client.make({ baseUrl, dialect, attempts: 1 }),
        pace: { fastest: 0.5 },
      })
      const { connection } = yield* connect(watcher, origin)
      yield* watcher.watch(connection, 'ftjob-1')
      const fault = yield* Effect.forkScoped(
        Stream.runHead(Stream.filter(watcher.changes, ({ _tag }) => _tag === 'Fault')),
      )
      yield* Effect.sleep(50)
      yield* Effect.forkScoped(watcher.run)
      const told = Option.getOrThrow(yield* Fiber.join(fault))
      expect('nextPollAt' in told && told.nextPollAt).toBeGreaterThanOrEqual(answeredAt + 400)
    }),
  ))

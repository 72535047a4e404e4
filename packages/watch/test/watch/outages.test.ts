import { DatabaseSync } from 'node:sqlite'
import { openStore } from '@finetune-kit/store'
import type { Pace, WatchChange } from '@finetune-kit/watch'
import { FakeService } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { describe, expect, test } from 'vitest'
import { postgres, sqlite } from '@finetune-kit/checks/databases'
import { expectStored } from '../support/expectStored.ts'
import { restartablePostgres } from '../support/restartablePostgres.ts'
import { canMount, smallDisk } from '../support/smallDisk.ts'
import { connect, run, startsAt, until, untilQuiet, watcherOf } from '../support/watching.ts'

/** Watches four jobs of a service whose clock a test moves, and collects the changes that are told. */
const watchFour = (options: Parameters<typeof openStore>[0], pace: Partial<Pace> = {}) =>
  Effect.gen(function* () {
    let now = startsAt + 60
    const service = yield* FakeService.make({ jobs: 4, interval: 1, startsAt, clock: () => now })
    const store = yield* openStore(options)
    const { watcher, baseUrl } = yield* watcherOf(store, service, { current: service.key }, {}, pace)
    const { connection } = yield* connect(watcher, baseUrl)
    const changes: Array<WatchChange> = []
    yield* Effect.forkChild(Stream.runForEach(watcher.changes, one => Effect.sync(() => changes.push(one))))
    for (const { id } of service.lives) yield* watcher.watch(connection, id)
    yield* Effect.forkScoped(watcher.run)
    while ((yield* store.runs()).runs.length < 4) yield* Effect.sleep(20)
    const told = (tag: WatchChange['_tag']) => changes.filter(({ _tag }) => _tag === tag)
    return {
      store,
      service,
      endLives: () => (now = startsAt + 1e6),
      told,
      waitFor: (tag: WatchChange['_tag']) =>
        Effect.gen(function* () {
          while (told(tag).length === 0) yield* Effect.sleep(20)
        }),
      expectWhole: Effect.gen(function* () {
        yield* until(watcher, states => states.every(state => state === 'ended'))
        for (const life of service.lives) yield* expectStored(store, life)
      }),
    }
  })

/** Fails every third statement that writes the result of a poll, as a deadlock does. */
const failing = [
  'create sequence tries',
  `create function fail() returns trigger language plpgsql as $$ begin
    if nextval('tries') % 3 = 1 then raise exception 'in the way' using errcode = '40P01'; end if;
    return null; end $$`,
  'create trigger fail before update on watches for each statement execute function fail()',
]

describe('a database that cannot be used for a while', () => {
  test('SQLite, locked by another process: it is told once, and nothing is lost', () =>
    run(
      Effect.gen(function* () {
        const options = yield* sqlite.fresh
        const { endLives, told, waitFor, expectWhole } = yield* watchFour(options)
        const other = new DatabaseSync(options.db as string)
        other.exec('begin immediate')
        endLives()
        yield* waitFor('DatabaseFault')
        yield* Effect.sleep(1500)
        other.exec('commit')
        other.close()
        yield* waitFor('DatabaseBack')
        expect(told('DatabaseFault')).toEqual([
          {
            _tag: 'DatabaseFault',
            message: `${options.db}: another process is writing to it. Try again when it has finished.`,
          },
        ])
        expect(told('DatabaseBack')).toEqual([{ _tag: 'DatabaseBack', subject: options.db }])
        yield* expectWhole
      }),
    ))

  test('SQLite, locked while no poll is due: it is told all the same', () =>
    run(
      Effect.gen(function* () {
        const options = yield* sqlite.fresh
        const { service, told, waitFor } = yield* watchFour(options, { fastest: 3600, slowest: 3600 })
        yield* untilQuiet(service)
        const other = new DatabaseSync(options.db as string)
        other.exec('begin immediate')
        yield* waitFor('DatabaseFault')
        other.exec('commit')
        other.close()
        yield* waitFor('DatabaseBack')
        expect([told('DatabaseFault').length, told('DatabaseBack').length]).toEqual([1, 1])
      }),
    ))

  test('SQLite, on a full disk: it is told once, and watching goes on when there is room', () =>
    run(
      Effect.gen(function* () {
        const options = yield* sqlite.fresh
        const { store, endLives, told, waitFor, expectWhole } = yield* watchFour(options)
        // no page may be added: SQLite answers as on a full disk
        const [row] = yield* store.sql<{ readonly page_count: number }>`pragma page_count`
        yield* store.sql.unsafe(`pragma max_page_count = ${row?.page_count}`)
        endLives()
        yield* waitFor('DatabaseFault')
        yield* Effect.sleep(3000)
        yield* store.sql`pragma max_page_count = 1000000000`
        yield* waitFor('DatabaseBack')
        expect(told('DatabaseFault')).toEqual([
          {
            _tag: 'DatabaseFault',
            message: `${options.db}: no space is left on its disk. Free some and try again; what was acknowledged is kept.`,
          },
        ])
        yield* expectWhole
        expect(told('DatabaseBack').length).toBe(1)
      }),
    ))

  test.skipIf(postgres === undefined)(
    'PostgreSQL, stopped and started: it is told once, and nothing is lost',
    () =>
      run(
        Effect.gen(function* () {
          const server = yield* restartablePostgres
          const { endLives, told, waitFor, expectWhole } = yield* watchFour({ databaseUrl: server.url })
          yield* server.stop
          endLives()
          yield* waitFor('DatabaseFault')
          yield* Effect.sleep(2000)
          yield* server.start
          yield* waitFor('DatabaseBack')
          expect(told('DatabaseFault')).toEqual([
            {
              _tag: 'DatabaseFault',
              message: expect.stringMatching(/Try again\.|Start it, or check DATABASE_URL\./),
            },
          ])
          yield* expectWhole
        }),
      ),
  )

  test.skipIf(postgres === undefined)(
    'PostgreSQL, whose transactions deadlock: they are made again, and nothing is told or lost',
    () =>
      run(
        Effect.gen(function* () {
          const options = yield* postgres?.fresh ?? Effect.die('no PostgreSQL')
          const { store, endLives, told, expectWhole } = yield* watchFour(options)
          for (const statement of failing) yield* store.sql.unsafe(statement)
          endLives()
          yield* expectWhole
          expect(told('DatabaseFault')).toEqual([])
        }),
      ),
  )

  test.skipIf(postgres === undefined || !canMount())(
    'PostgreSQL, on a full disk: it is told once, and watching goes on when there is room',
    () =>
      run(
        Effect.gen(function* () {
          const disk = yield* smallDisk
          const server = yield* restartablePostgres
          // the log of the server stays on another disk: without room for it the server would stop
          const { sql } = yield* openStore({ databaseUrl: server.url })
          yield* sql.unsafe(`create tablespace small location '${disk.folder}'`)
          yield* sql.unsafe('create database watched tablespace small')
          const databaseUrl = server.url.replace(/postgres$/, 'watched')
          const { endLives, told, waitFor, expectWhole } = yield* watchFour({ databaseUrl })
          disk.fill()
          endLives()
          yield* waitFor('DatabaseFault')
          yield* Effect.sleep(3000)
          disk.empty()
          yield* waitFor('DatabaseBack')
          const { host } = new URL(databaseUrl)
          expect(told('DatabaseFault')).toEqual([
            {
              _tag: 'DatabaseFault',
              message: `postgres://${host}/watched: the disk of the server is full. Free some space and try again.`,
            },
          ])
          yield* expectWhole
          expect(told('DatabaseBack').length).toBe(1)
        }),
      ),
  )
})

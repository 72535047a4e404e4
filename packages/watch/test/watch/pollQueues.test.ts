import { randomUUID } from 'node:crypto'
import { openStore } from '@finetune-kit/store'
import { FakeService } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import * as Fiber from 'effect/Fiber'
import { describe, expect, test } from 'vitest'
import { offerPoll, repeatPoll } from '../../src/watch/Poll.ts'
import { pollQueues } from '../../src/watch/pollQueues.ts'
import { repeatPolls } from '../../src/watch/repeatPolls.ts'
import { toStoreError } from '../../src/watch/toStoreError.ts'
import { databases, postgres, sqlite } from '@finetune-kit/checks/databases'
import { connect, run, startsAt, watcherOf } from '../support/watching.ts'

describe.each(databases)('polls without news on $name', ({ fresh }) => {
  test('are one row of the queue, and are told as the last poll', () =>
    run(
      Effect.gen(function* () {
        const service = yield* FakeService.make({ jobs: 1, startsAt, clock: () => startsAt + 60 })
        const store = yield* openStore(yield* fresh)
        const { watcher, baseUrl } = yield* watcherOf(store, service, { current: service.key })
        const { connection } = yield* connect(watcher, baseUrl)
        const { watch } = yield* watcher.watch(connection, service.lives[0]?.id)
        yield* Effect.forkScoped(watcher.run)
        const after = (time: number) =>
          Effect.gen(function* () {
            for (;;) {
              const last = (yield* watcher.get(watch))?.lastPollAt ?? 0
              if (last > time) return last
              yield* Effect.sleep(20)
            }
          })
        // the first poll brings news and says its time in milliseconds, the others in whole seconds
        const first = yield* after(0)
        const version = yield* watcher.version
        yield* after(yield* after(first))
        expect(yield* watcher.version).not.toBe(version)
        const quiet = yield* store.sql`select id from finetune_kit_polls where id not like '%:0'`
        expect(quiet).toHaveLength(1)
      }),
    ))

  test('are due again only for the process that has them', () =>
    run(
      Effect.gen(function* () {
        const { sql } = yield* openStore(yield* fresh)
        const queue = (yield* pollQueues(sql, {}))(1)
        const poll = { watch: 1, n: 2, quiet: 0 }
        yield* offerPoll(queue, poll, 0)
        const ids = Effect.map(
          sql<{
            readonly id: string
            readonly attempts: number
          }>`select id, attempts from finetune_kit_polls`,
          rows => rows.map(({ id, attempts }) => `${id} ${attempts}`),
        )
        yield* queue.take((_, { attempts }) =>
          Effect.gen(function* () {
            yield* sql`update finetune_kit_polls set attempts = 2`
            yield* repeatPoll(sql, { connection: 1, poll, attempts, delay: 0 })
            expect(yield* ids).toEqual(['1:2:0 2'])
            yield* repeatPoll(sql, { connection: 1, poll, attempts: 2, delay: 0 })
          }),
        )
        expect(yield* ids).toEqual(['1:2:1 0'])
        expect(yield* queue.take(Effect.succeed)).toEqual({ watch: 1, n: 2, quiet: 1 })
      }),
    ))

  test('of the same moment are due again together, or each fails', () =>
    run(
      Effect.gen(function* () {
        const { sql } = yield* openStore(yield* fresh)
        const queue = (yield* pollQueues(sql, {}))(1)
        const polls = [1, 2, 3].map(watch => ({ watch, n: 0, quiet: 0 }))
        for (const poll of polls) yield* offerPoll(queue, poll, 0)
        const repeat = repeatPolls(sql)
        const repeatAll = (quiet: number) =>
          Effect.forEach(
            polls,
            poll => Effect.exit(repeat({ connection: 1, poll: { ...poll, quiet }, attempts: 0, delay: 3 })),
            { concurrency: 'unbounded' },
          )
        expect((yield* repeatAll(0)).map(({ _tag }) => _tag)).toEqual(['Success', 'Success', 'Success'])
        const rows = yield* sql`select id from finetune_kit_polls order by id`
        expect(rows).toEqual([{ id: '1:0:1' }, { id: '2:0:1' }, { id: '3:0:1' }])
        yield* sql`alter table finetune_kit_polls rename to gone`
        expect((yield* repeatAll(1)).map(({ _tag }) => _tag)).toEqual(['Failure', 'Failure', 'Failure'])
      }),
    ))
})

test('whose tables may not be made are an error of the database, not a defect', () =>
  run(
    Effect.gen(function* () {
      const { sql } = yield* openStore({ db: ':memory:' })
      yield* sql`pragma query_only = on`
      const error = yield* Effect.flip(pollQueues(sql, {}))
      expect(toStoreError({ subject: 'runs.db' })(error)).toMatchObject({ kind: 'ReadOnly' })
    }),
  ))

test('the tables of polls on SQLite get no index that another process makes meanwhile', () =>
  run(
    Effect.gen(function* () {
      const { sql } = yield* openStore(yield* sqlite.fresh)
      let looks = 0
      // the other process makes the index after this one has looked for it
      const meddling = new Proxy(sql, {
        apply: (target, self, args: [TemplateStringsArray, string]) => {
          const statement = Reflect.apply(target, self, args)
          if (!args[0][0]?.includes('select 1 from sqlite_schema')) return statement
          looks++
          const other = sql`create index ${sql(args[1])} on finetune_kit_polls (id)`
          return Effect.andThen(statement, Effect.as(other, []))
        },
      })
      yield* pollQueues(meddling, {})
      expect(looks).toBe(2)
    }),
  ))

describe.skipIf(postgres === undefined)('the tables of polls on PostgreSQL', () => {
  const { fresh } = postgres ?? sqlite

  test('get no index that another process makes meanwhile', () =>
    run(
      Effect.gen(function* () {
        const database = yield* fresh
        const [own, other] = [yield* openStore(database), yield* openStore(database)]
        const made = yield* other.sql.withTransaction(
          Effect.gen(function* () {
            // the name alone, without a lock of the table
            yield* other.sql`create table finetune_kit_polls_cleanup ()`
            const made = yield* Effect.forkScoped(pollQueues(own.sql, {}))
            const waiting = other.sql`select 1 from pg_stat_activity
              where datname = current_database() and wait_event_type = 'Lock'`
            while ((yield* waiting).length === 0) yield* Effect.sleep(20)
            return made
          }),
        )
        expect((yield* Fiber.await(made))._tag).toBe('Success')
      }),
    ))

  // its times are without a zone: a local one that goes back an hour would make polls due too early
  test('hold times in UTC, whatever the zone of the server is', () =>
    run(
      Effect.gen(function* () {
        const database = yield* fresh
        const { sql: first } = yield* openStore(database)
        yield* offerPoll((yield* pollQueues(first, {}))(1), { watch: 1, n: 0, quiet: 0 }, 60)
        yield* first.unsafe(`do $$ begin
          execute format('alter database %I set timezone to ''Pacific/Apia''', current_database());
        end $$`)
        const { sql: second } = yield* openStore(database)
        yield* offerPoll((yield* pollQueues(second, {}))(1), { watch: 2, n: 0, quiet: 0 }, 60)
        const times = yield* first<{ readonly next: number }>`
          select extract(epoch from visible_at)::float8 as next from finetune_kit_polls`
        expect(times).toHaveLength(2)
        for (const { next } of times) expect(Math.abs(next - 60 - Date.now() / 1000)).toBeLessThan(60)
      }),
    ))

  test('serve a user who does not own them', () =>
    run(
      Effect.gen(function* () {
        const { sql } = yield* openStore(yield* fresh)
        yield* pollQueues(sql, {})
        const role = `reader_${randomUUID().replaceAll('-', '')}`
        yield* sql.withTransaction(
          Effect.gen(function* () {
            yield* sql.unsafe(`create role ${role}`)
            yield* sql.unsafe(
              `grant select, insert, update, delete on all tables in schema public to ${role}`,
            )
            yield* sql.unsafe(`set local role ${role}`)
            yield* Effect.scoped(pollQueues(sql, {}))
            yield* sql`reset role`
            yield* sql.unsafe(`drop owned by ${role}`)
            yield* sql.unsafe(`drop role ${role}`)
          }),
        )
      }),
    ))
})

test('a queue that cannot be written is told in the words of the store, and nothing is watched', () =>
  run(
    Effect.gen(function* () {
      const service = yield* FakeService.make({ jobs: 1 })
      const store = yield* openStore(yield* sqlite.fresh)
      const { watcher, baseUrl } = yield* watcherOf(store, service, { current: service.key })
      const { connection } = yield* connect(watcher, baseUrl)
      yield* store.sql`drop table finetune_kit_polls`
      const error = yield* Effect.flip(watcher.watch(connection, 'ftjob-1'))
      expect(error.message).toContain(`${store.subject}: its tables are not those of this version`)
      expect(yield* store.sql`select watch from watches`).toEqual([])
    }),
  ))

import { postgres } from '@finetune-kit/checks/databases'
import type { Store } from '@finetune-kit/store'
import * as Deferred from 'effect/Deferred'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import type * as SqlClient from 'effect/sql/SqlClient'
import { describe, expect, test } from 'vitest'
import { fromSqlError } from '../src/StoreError.ts'
import { openStore } from '../src/openStore.ts'
import { digestsOf, both, inputOf } from './support/withStore.ts'

/** Fails the first of every two transactions that change a table, as a deadlock does. */
const failEverySecond = (sql: SqlClient.SqlClient, table: string) =>
  Effect.forEach(
    [
      `create sequence ${table}_tries`,
      `create function fail_${table}() returns trigger language plpgsql as $$ begin
        if current_setting('test.${table}', true) is distinct from txid_current()::text then
          perform set_config('test.${table}', txid_current()::text, true);
          if nextval('${table}_tries') % 2 = 1 then
            raise exception 'in the way' using errcode = '40P01';
          end if;
        end if;
        return null; end $$`,
      `create trigger fail_${table} before insert or update on ${table} for each statement
        execute function fail_${table}()`,
    ],
    statement => sql.unsafe(statement),
  )

type Test = (a: Store, b: Store) => Effect.Effect<unknown, unknown, Scope.Scope>

/** Runs a test with two connections to one database, whose transactions are by default of a level. */
const withTwo = (test: Test, level = 'read committed') =>
  Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const options = yield* postgres?.fresh ?? Effect.die('no PostgreSQL')
        yield* Effect.scoped(
          Effect.flatMap(openStore(options), ({ sql }) => {
            const name = new URL(String(options.databaseUrl)).pathname.slice(1)
            return sql.unsafe(`alter database ${name} set default_transaction_isolation = '${level}'`)
          }),
        )
        yield* test(yield* openStore(options), yield* openStore(options))
      }),
    ),
  )

const add = ({ sql }: Store, name: string) =>
  sql`update facts set value = (value::int + 1)::text where name = ${name}`

const counts = ({ sql }: Store) => sql`select (select count(*) from items) as items,
  (select count(*) from entries) as entries, (select sum(added + items) from imports) as counted`

const imports = (store: Store, all: typeof both) =>
  Effect.forEach(
    Array.from({ length: Math.ceil(all.length / 20) }, (_, i) => all.slice(i * 20, (i + 1) * 20)),
    some => store.importObservations(inputOf(some), { source: 'test' }),
  )

describe.skipIf(postgres === undefined)('writers in the way of each other, on PostgreSQL', () => {
  test('a transaction that a deadlock ends is made again', () =>
    withTwo((a, b) =>
      Effect.gen(function* () {
        yield* a.sql`insert into facts (name, value) values ('one', '0'), ('two', '0')`
        const [hasOne, hasTwo] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
        let attempts = 0
        const inOrder = (
          store: Store,
          names: readonly [string, string],
          mine: typeof hasOne,
          other: typeof hasOne,
        ) =>
          store.sql.withTransaction(
            Effect.gen(function* () {
              attempts++
              yield* add(store, names[0])
              yield* Deferred.succeed(mine, undefined)
              yield* Deferred.await(other)
              // an inner transaction is not made again alone: the outer one holds its locks
              yield* store.sql.withTransaction(add(store, names[1]))
            }),
          )
        yield* Effect.all(
          [inOrder(a, ['one', 'two'], hasOne, hasTwo), inOrder(b, ['two', 'one'], hasTwo, hasOne)],
          { concurrency: 2 },
        )
        // it may happen again on a busy machine: a free row goes to the first that takes it
        expect(attempts).toBeGreaterThan(2)
        const facts = yield* a.sql`select value from facts where name in ('one', 'two')`
        expect(facts).toEqual([{ value: '2' }, { value: '2' }])
      }),
    ))

  test('a conflict that lasts is told in a sentence, after a bounded number of attempts', () =>
    withTwo(a =>
      Effect.gen(function* () {
        let attempts = 0
        const raise = Effect.suspend(() => {
          attempts++
          return a.sql.unsafe(`do $$ begin raise exception 'in the way' using errcode = '40P01'; end $$`)
        })
        const error = yield* Effect.flip(a.sql.withTransaction(raise))
        expect(error.reason._tag).toBe('DeadlockError')
        expect(attempts).toBeGreaterThan(2)
        expect(attempts).toBeLessThan(12)
        expect(fromSqlError(a)(error)).toEqual({
          _tag: 'StoreError',
          kind: 'Conflict',
          message: `${a.subject}: other writers were in the way each time that this was tried. Try again; nothing was changed.`,
        })
        // nor is it lost in the error of a queue, whose cause it is
        const times = attempts
        attempts = 0
        const queued = Effect.catchCause(raise, cause => Effect.fail({ message: 'cannot offer', cause }))
        yield* Effect.flip(a.sql.withTransaction(queued))
        expect(attempts).toBe(times)
        // other errors are not tried again
        attempts = 0
        const broken = Effect.suspend(() => {
          attempts++
          return a.sql`select nothing from nowhere`
        })
        yield* Effect.flip(a.sql.withTransaction(broken))
        expect(attempts).toBe(1)
      }),
    ))

  test('what is tried again is written once: imports, what was seen, edits', () =>
    withTwo(a =>
      Effect.gen(function* () {
        yield* failEverySecond(a.sql, 'imports')
        yield* failEverySecond(a.sql, 'runs')
        const half = both.length >> 1
        const first = yield* a.importObservations(inputOf(both.slice(0, half)), { source: 'test' })
        yield* a.append(both.slice(half))
        const [run] = (yield* a.runs()).runs
        const name = { id: String(run?.summary.id), born: Number(run?.born) }
        yield* a.edit(name, { tags: ['one'] })
        yield* a.sql.withTransaction(a.append(both))
        const calm = yield* Effect.flatMap(postgres?.fresh ?? Effect.die('no PostgreSQL'), openStore)
        expect(first).toEqual(
          yield* calm.importObservations(inputOf(both.slice(0, half)), { source: 'test' }),
        )
        yield* calm.append(both.slice(half))
        yield* calm.append(both)
        expect(yield* digestsOf(a)).toEqual(yield* digestsOf(calm))
        expect((yield* a.row(name)).tags).toEqual(['one'])
        expect(yield* counts(a)).toEqual(yield* counts(calm))
      }),
    ))

  test.each(['repeatable read', 'serializable'])('imports at once succeed where %s is the default', level =>
    withTwo(
      (a, b) =>
        Effect.gen(function* () {
          yield* Effect.all([imports(a, both), imports(b, both.toReversed())], { concurrency: 2 })
          expect(yield* a.importObservations(inputOf(both), { source: 'again' })).toMatchObject({
            added: 0,
            changed: 0,
            items: 0,
          })
          for (const found of Object.values(yield* digestsOf(a)))
            expect(found).toMatchObject({ _tag: 'Sound' })
        }),
      level,
    ),
  )
})

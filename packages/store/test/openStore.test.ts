import * as Effect from 'effect/Effect'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../src/openDatabase.ts'
import { openStore } from '../src/openStore.ts'
import { databases } from '@finetune-kit/checks/databases'
import { both, inputOf, type Row } from './support/withStore.ts'

const source = 'test'
const refuse = () => Effect.die('refreshed')

describe.each(databases)('openStore on $name', database => {
  test('verify names the entry that somebody changed', () =>
    Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const options = yield* database.fresh
          const store = yield* openStore(options)
          yield* store.importObservations(inputOf(both), { source })
          const { sql } = yield* openDatabase(options)
          const [{ summary }] = (yield* store.runs()).runs as [Row]
          yield* sql`update records set body = '{}'`
          expect(yield* store.verify(summary)).toMatchObject({ _tag: 'Damaged' })
          yield* sql`delete from entries where n = 0`
          expect(yield* store.verify(summary)).toEqual({
            _tag: 'Damaged',
            damage: { n: 1, reason: 'an entry before it is missing', remedy: expect.any(String) },
          })
        }),
      ),
    ))

  test('openStore adds missing columns and computes summaries again', () =>
    Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const options = yield* database.fresh
          const store = yield* openStore(options)
          yield* store.importObservations(inputOf(both), { source })
          const before = (yield* store.runs({ limit: 1000, sort: 'id' })).runs
          const { sql } = yield* openDatabase(options)
          yield* sql`alter table runs drop column train_loss`
          yield* sql`update facts set value = 'an older list' where name = 'summary_columns'`
          const heard: Array<string> = []
          const onRefresh = (sentence: string) => Effect.sync(() => void heard.push(sentence))
          const newer = yield* openStore({ ...options, onRefresh })
          yield* openStore({ ...options, onRefresh })
          expect(heard).toEqual([
            `${store.subject}: the summaries of ${before.length} runs are computed for this version of finetune-kit. Wait until it is done.`,
          ])
          const after = (yield* newer.runs({ limit: 1000, sort: 'id' })).runs
          expect(after.map(({ summary }) => summary)).toEqual(before.map(({ summary }) => summary))
        }),
      ),
    ))

  test('openStore leaves the summaries of a later version, which computes them after a writer', () =>
    Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const options = yield* database.fresh
          const { sql, importObservations } = yield* openStore(options)
          yield* importObservations(inputOf(both), { source })
          const fact = 'summary_columns'
          const mark = Effect.map(
            sql<{ value: string }>`select value from facts where name = ${fact}`,
            ([row]) => row?.value,
          )
          const own = yield* mark
          const later = '1000 of another version'
          yield* sql`update facts set value = ${later} where name = ${fact}`
          yield* sql`update runs set cost = 7`
          yield* Effect.scoped(openStore({ ...options, isReadOnly: true, onRefresh: refuse }))
          expect(yield* mark).toBe(later)
          const store = yield* openStore({ ...options, onRefresh: refuse })
          expect(yield* mark).toBe(own)
          expect((yield* store.runs()).runs.every(({ summary }) => summary.cost === 7)).toBe(true)
        }),
      ),
    ))

  test('openStore replaces the indexes of an earlier version', () =>
    Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const options = yield* database.fresh
          const indexes = Effect.map(openStore(options), ({ sql }) =>
            sql.onDialectOrElse({
              pg: () => sql<{ name: string; sql: string }>`select indexname as name, indexdef as sql
                from pg_indexes where schemaname = current_schema() and indexname like 'runs_by_%' order by 1`,
              orElse: () => sql<{ name: string; sql: string }>`select name, sql from sqlite_schema
                where type = 'index' and name like 'runs_by_%' order by 1`,
            }),
          ).pipe(Effect.flatten)
          const before = yield* Effect.scoped(indexes)
          expect(before.map(({ name }) => name)).toEqual([
            'runs_by_change',
            'runs_by_created_at',
            'runs_by_facets',
            'runs_by_last_activity',
          ])
          yield* Effect.scoped(
            Effect.flatMap(openStore(options), ({ sql }) =>
              Effect.all([
                sql`drop index runs_by_facets`,
                sql`create index runs_by_facets on runs (is_hidden, kind)`,
                sql`create index runs_by_status on runs (is_hidden, status, created_at, run)`,
                sql`update facts set value = 'older' where name = 'summary_columns'`,
              ]),
            ),
          )
          expect(yield* Effect.scoped(indexes)).toEqual(before)
        }),
      ),
    ))

  test('openStore refuses a database of a newer version', () =>
    Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const options = yield* database.fresh
          yield* openStore(options)
          const { sql, subject } = yield* openDatabase(options)
          yield* sql`insert into finetune_kit_migrations (migration_id, name) values (1000, 'future')`
          expect(yield* Effect.flip(openStore(options))).toMatchObject({
            kind: 'NewerSchema',
            message: `${subject}: it was written by a newer version of finetune-kit. Update finetune-kit; nothing was changed.`,
          })
        }),
      ),
    ))
})

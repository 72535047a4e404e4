import { simulateJobs } from '@finetune-kit/model/testing'
import * as Effect from 'effect/Effect'
import { expect, test } from 'vitest'
import { bandAround } from '../src/jump.ts'
import { openDatabase } from '../src/openDatabase.ts'
import { openStore, type Store } from '../src/openStore.ts'
import type { RunQuery } from '../src/listRuns.ts'
import { databases, type TestDatabase } from '@finetune-kit/checks/databases'
import { inputOf, withStore } from './support/withStore.ts'

const jobs = simulateJobs().flatMap(({ snapshots }) => snapshots.slice(-1))
const count = 9000

/** More runs than a jump sorts; many have one value, and many have none. */
const many = Array.from({ length: count }, (_, i) => {
  const job = jobs[i % jobs.length]
  const record = { ...job, id: `ftjob-${i}`, finished_at: i % 3 === 0 ? null : 1_700_000_000 + (i % 500) }
  return {
    object: 'finetune-kit.observation',
    seen_at: 1_700_000_000,
    source: 'test',
    run_id: null,
    record: { ...record, created_at: 1_600_000_000 + ((i * 7919) % 10_000) },
  } as const
})

const keysOf = (store: Store, query: RunQuery) =>
  Effect.map(store.runs(query), ({ runs, next }) => ({
    keys: runs.map(({ id, born }) => `${id} ${born}`),
    next,
  }))

test.each(databases)('runs jumps far into a list that no index has in its order, on $name', database =>
  withStore(database)(store =>
    Effect.gen(function* () {
      yield* store.importObservations(inputOf(many), { source: 'test' })
      for (const filter of [{}, { createdFrom: 1_600_000_500 }])
        for (const sort of ['duration', 'id'] as const)
          for (const order of ['ascending', 'descending'] as const) {
            const query = { filter, sort, order }
            const { keys: all } = yield* keysOf(store, { ...query, limit: count })
            for (const offset of [5000, 5950, 7111, count - 50, count, count + 7000]) {
              const { keys, next } = yield* keysOf(store, { ...query, offset })
              expect(keys).toEqual(all.slice(offset, offset + 100))
              expect(next === undefined).toBe(offset + 100 >= all.length)
              if (next !== undefined)
                expect((yield* keysOf(store, { ...query, after: next, limit: 9 })).keys).toEqual(
                  all.slice(offset + 100, offset + 109),
                )
            }
          }
    }),
  ),
)

test('a jump sorts a part of the list alone, on SQLite', () =>
  Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const database = yield* (databases[0] as TestDatabase).fresh
        const store = yield* openStore(database)
        yield* store.importObservations(inputOf(many), { source: 'test' })
        const { sql } = yield* openDatabase(database)
        const jump = { shown: [sql`1 = 1`], column: sql`id`, isUp: true, count: 101 }
        for (const offset of [5000, 6000, 8000]) {
          const band = yield* bandAround(sql)({ ...jump, offset })
          const { length } = JSON.parse(band?.runs ?? '[]') as ReadonlyArray<number>
          expect(length).toBeGreaterThan(101)
          expect(length).toBeLessThan(count / 4)
        }
      }),
    ),
  ))

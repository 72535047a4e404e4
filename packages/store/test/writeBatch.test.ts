import * as Effect from 'effect/Effect'
import { describe, expect, test } from 'vitest'
import { databases } from '@finetune-kit/checks/databases'
import { results, watch } from './support/otherRecords.ts'
import { both, inputOf, withStore } from './support/withStore.ts'

const source = 'test'

describe.each(databases)('writeBatch on $name', database => {
  const run = withStore(database)

  test('importObservations keeps result files, by the run that is named or that lists them', () =>
    run(store =>
      Effect.gen(function* () {
        yield* store.importObservations(inputOf(both), { source })
        const before = yield* store.row({ id: results.run_id })
        const listed = before.summary.result_file ?? ''
        const bare = {
          ...results,
          run_id: null,
          record: { ...results.record, name: `${listed}.csv` },
        }
        expect(yield* store.importObservations(inputOf([bare]), { source })).toMatchObject({ items: 1 })
        const { resources } = yield* store.run({ id: results.run_id })
        expect(resources.results).toHaveLength(1)
        expect((yield* store.row({ id: results.run_id })).seq).toBeGreaterThan(before.seq)
        expect(yield* store.importObservations(inputOf([bare]), { source })).toMatchObject({ items: 0 })
        const strange = { ...bare, record: { ...bare.record, name: 'strange.csv' } }
        expect(yield* store.importObservations(inputOf([strange]), { source })).toMatchObject({
          items: 0,
          rejected: 1,
          rejects: [{ reason: expect.stringContaining('no run lists') }],
        })
      }),
    ))

  test('importObservations takes watches only where it is told to', () =>
    run(store =>
      Effect.gen(function* () {
        const report = yield* store.importObservations(inputOf([watch]), { source })
        expect(report).toMatchObject({
          items: 0,
          rejected: 1,
          rejects: [{ reason: expect.stringContaining('a watch of another database') }],
        })
        expect(yield* store.sql`select watch from watches`).toEqual([])
      }),
    ))

  test('importObservations gives a watch that has ended the status of its run', () =>
    run(store =>
      Effect.gen(function* () {
        const { run_id } = results
        const ended = { ...watch, run_id, record: { ...watch.record, run_id, state: 'ended' } }
        yield* store.importObservations(inputOf([...both, ended]), { source, takesWatches: true })
        expect(yield* store.sql`select state, status from watches`).toEqual([
          { state: 'ended', status: 'succeeded' },
        ])
      }),
    ))

  test('importObservations takes words with blank tags, without those', () =>
    run(store =>
      Effect.gen(function* () {
        yield* store.importObservations(inputOf(both), { source })
        const [row] = (yield* store.runs({})).runs
        const record = {
          object: 'finetune-kit.annotation',
          run_id: row?.summary.id,
          run_created_at: null,
          tags: ['', 'keep', '  '],
          note: 'x',
          hidden: false,
        }
        const report = yield* store.importObservations(inputOf([{ ...results, record }]), { source })
        expect(report).toMatchObject({ rejected: 0 })
        expect((yield* store.runs({ filter: { tag: 'keep' } })).runs).toMatchObject([
          { tags: ['keep'], note: 'x' },
        ])
      }),
    ))

  test('importObservations refuses an annotation of a run that is not in the database', () =>
    run(store =>
      Effect.gen(function* () {
        const record = {
          object: 'finetune-kit.annotation',
          run_id: 'ftjob-none',
          run_created_at: null,
          tags: [],
          note: 'x',
          hidden: false,
        }
        const report = yield* store.importObservations(inputOf([{ ...results, record }]), { source })
        expect(report).toMatchObject({
          rejected: 1,
          rejects: [{ reason: expect.stringContaining('not in this database') }],
        })
      }),
    ))
})

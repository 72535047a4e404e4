import type { Observation } from '@finetune-kit/model'
import { simulateJobs } from '@finetune-kit/model/testing'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { describe, expect, test } from 'vitest'
import { databases } from '@finetune-kit/checks/databases'
import { inputOf, withStore } from './support/withStore.ts'

const [job] = simulateJobs() as [ReturnType<typeof simulateJobs>[number]]

const seen = (record: unknown, seen_at = 5000): Observation => ({
  object: 'finetune-kit.observation',
  seen_at,
  source: 'http://service/v1',
  run_id: job.id,
  record,
})

const [first, second] = job.snapshots as [object, object]
const results = { object: 'finetune-kit.result-file', name: 'file-1', content: 'step,train_loss\n1,0.5\n' }

describe.each(databases)('append on $name', database => {
  test('append keeps a value that comes back, and changes nothing for one that stays', () =>
    withStore(database)(store =>
      Effect.gen(function* () {
        for (const [i, value] of [first, second, first, first].entries())
          yield* store.append([seen(value, 5000 + i)])
        const { snapshots } = yield* store.run({ id: job.id })
        expect(snapshots.map(({ value }) => value)).toEqual([first, second, first])
        expect(yield* store.lastRecord(job.id)).toBe(JSON.stringify(first))
        expect(yield* store.lastRecord('another')).toBeUndefined()
      }),
    ))

  test('append keeps the order of the calls when the clock jumps back, also in an export', () =>
    withStore(database)(store =>
      Effect.gen(function* () {
        yield* store.append([seen(first, 5000)])
        yield* store.append([seen(second, 4000)])
        yield* store.append([seen(first, 5001)])
        const history = Effect.map(store.run({ id: job.id }), ({ snapshots }) =>
          snapshots.map(({ value, seenAt }) => [value, seenAt]),
        )
        const wanted = [
          [first, 5000],
          [second, 5001],
          [first, 5002],
        ]
        expect(yield* history).toEqual(wanted)
        const exported = yield* Stream.runCollect(store.exportObservations())
        yield* store.delete({ id: job.id })
        yield* store.importObservations(inputOf(exported.flat()), { source: 'export' })
        expect(yield* history).toEqual(wanted)
      }),
    ))

  test('append keeps events, checkpoints and result files once, and knows them', () =>
    withStore(database)(store =>
      Effect.gen(function* () {
        const items = [...job.events, ...job.checkpoints, results].map(record => seen(record))
        expect(yield* store.append([seen(first), ...items])).toEqual({
          added: 1,
          changed: 0,
          unchanged: 0,
          items: items.length,
          rejected: [],
        })
        expect(yield* store.append(items)).toMatchObject({ items: 0 })
        const known = yield* store.knownItems(job.id, ['file-1', 'file-2', job.events[0]?.id ?? ''])
        expect(known).toEqual(new Set(['file-1', job.events[0]?.id]))
        const { resources } = yield* store.run({ id: job.id })
        expect(resources.events).toEqual(job.events)
        expect(resources.results).toMatchObject([{ rows: [{ step: 1, values: { train_loss: 0.5 } }] }])
        const exported = (yield* Stream.runCollect(store.exportObservations())).flat()
        expect(exported).toContainEqual(seen(results))
      }),
    ))

  test('append takes part in the transaction of its caller', () =>
    withStore(database)(store =>
      Effect.gen(function* () {
        const failed = store.sql.withTransaction(
          Effect.andThen(store.append([seen(first)]), Effect.fail('no')),
        )
        expect(yield* Effect.flip(failed)).toBe('no')
        expect((yield* Effect.flip(store.run({ id: job.id })))._tag).toBe('StoreError')
      }),
    ))

  test('append names what it does not keep', () =>
    withStore(database)(store =>
      Effect.gen(function* () {
        const { rejected } = yield* store.append([seen({ object: 'chat' }), seen({ ...first, id: 7 })])
        expect(rejected).toEqual(['no kind of record here is called "chat"', '/id: expected string, found 7'])
      }),
    ))
})

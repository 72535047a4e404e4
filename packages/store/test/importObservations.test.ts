import { summaryOf, type Run } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { describe, expect, test } from 'vitest'
import type { ImportRecord } from '../src/sortRecords.ts'
import { databases } from '@finetune-kit/checks/databases'
import { both, withStore } from './support/withStore.ts'

const source = 'test'

/** Every third observation comes twice in a row. */
const repeated = both.flatMap((value, i) => (i % 3 === 0 ? [value, value] : [value]))

/** Observations of an input in which each takes so many bytes. */
const inputOf = (bytes: number) =>
  Stream.succeed(repeated.map((value, i): ImportRecord => ({ _tag: 'Record', value, offset: i * bytes })))

describe.each(databases)('importObservations on $name', database => {
  const run = withStore(database)

  test('importObservations makes the same of an input, whatever its transactions', () =>
    run(store =>
      Effect.gen(function* () {
        const counts: Array<number> = []
        yield* store.importObservations(inputOf((8 * 1024 * 1024) / 40), {
          source,
          onBatch: ({ added, changed, unchanged, items }) => counts.push(added + changed + unchanged + items),
        })
        // records that take 8 MiB together are one transaction
        expect(counts).toHaveLength(Math.ceil(repeated.length / 41))
        const { runs } = yield* store.runs({ limit: 1000 })
        for (const { summary, born } of runs) {
          const { snapshots, resources } = yield* store.run({ id: summary.id, born })
          expect(summary).toEqual(summaryOf(snapshots.at(-1)?.value as Run, resources))
        }
        const again = yield* store.importObservations(inputOf(1), { source })
        expect(again).toMatchObject({ added: 0, changed: 0, items: 0, rejected: 0 })
      }),
    ))

  test('importObservations counts an item that an input has twice once', () =>
    run(store =>
      Effect.gen(function* () {
        const items = both.filter(({ record }) => (record as { id?: string }).id?.startsWith('ftevent-'))
        const ids = new Set(items.map(({ record }) => (record as { id?: string }).id))
        const input = items.flatMap((value, offset): ReadonlyArray<ImportRecord> => {
          const record = { _tag: 'Record', value, offset } as const
          return [record, record]
        })
        expect(ids.size).toBeGreaterThan(100)
        const report = yield* store.importObservations(Stream.succeed(input), { source })
        expect(report.items).toBe(ids.size)
      }),
    ))
})

import { summaryOf, type Run } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import * as Tracer from 'effect/Tracer'
import { describe, expect, test } from 'vitest'
import type { ImportRecord } from '../src/sortRecords.ts'
import { databases } from '@finetune-kit/checks/databases'
import { both, digestsOf, inputOf, lengths, withStore } from './support/withStore.ts'

const source = 'test'

/** Every third observation comes twice in a row. */
const repeated = both.flatMap((value, i) => (i % 3 === 0 ? [value, value] : [value]))

/** Observations of an input in which each takes so many bytes. */
const sized = (bytes: number) =>
  Stream.succeed(repeated.map((value, i): ImportRecord => ({ _tag: 'Record', value, offset: i * bytes })))

describe.each(databases)('transactions of importObservations on $name', database => {
  const run = withStore(database)

  test('importObservations makes the same of an input, whatever its transactions', () =>
    run(store =>
      Effect.gen(function* () {
        const counts: Array<number> = []
        yield* store.importObservations(sized((8 * 1024 * 1024) / 40), {
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
        const again = yield* store.importObservations(sized(1), { source })
        expect(again).toMatchObject({ added: 0, changed: 0, items: 0, rejected: 0 })
      }),
    ))

  test('importObservations counts a run as new or as changed once, whatever its transactions', () =>
    run(store =>
      Effect.gen(function* () {
        const runs = both.filter(({ record }) => 'status' in (record as object))
        yield* store.importObservations(inputOf(runs.slice(0, runs.length / 2)), { source })
        const known = lengths(yield* digestsOf(store))
        const told: Array<number> = []
        // a transaction for each record
        const report = yield* store.importObservations(
          Stream.succeed(
            runs.map((value, i): ImportRecord => ({ _tag: 'Record', value, offset: i * 16 * 1024 * 1024 })),
          ),
          { source, onBatch: ({ changed }) => told.push(changed) },
        )
        const after = new Map(lengths(yield* digestsOf(store)))
        const longer = known.filter(([id, length]) => after.get(id) !== length)
        const grown = known.reduce((sum, [id, length]) => sum + (after.get(id) ?? 0) - length, 0)
        expect(grown).toBeGreaterThan(longer.length)
        expect(report).toMatchObject({ added: after.size - known.length, changed: longer.length })
        expect(report.added).toBeGreaterThan(0)
        expect(told.at(-1)).toBe(longer.length)
      }),
    ))

  test('importObservations writes a small input in one transaction, and lists each import', () =>
    run(store =>
      Effect.gen(function* () {
        let transactions = 0
        const tracer = Tracer.make({
          span: options => {
            if (options.name === 'sql.transaction') transactions++
            return new Tracer.NativeSpan(options)
          },
        })
        const transactionsOf = <A, E>(effect: Effect.Effect<A, E>) =>
          Effect.gen(function* () {
            transactions = 0
            yield* Effect.withTracer(effect, tracer)
            return transactions
          })
        const importing = (name: string, input: ReturnType<typeof inputOf>) =>
          transactionsOf(store.importObservations(input, { source: name }))
        expect(yield* importing('small', inputOf(both.slice(0, 10)))).toBe(1)
        expect(yield* importing('empty', inputOf([]))).toBe(1)
        expect(yield* importing('large', sized(8 * 1024 * 1024))).toBeGreaterThan(repeated.length / 2)
        const listed = yield* store.sql`select source, started_at <= ended_at as is_over
          from imports order by import`
        const over = database.name === 'SQLite' ? 1 : true
        expect(listed.map(row => [row['source'], row['is_over']])).toEqual([
          ['small', over],
          ['empty', over],
          ['large', over],
        ])
      }),
    ))

  test('importObservations lists an import whose input fails as one that did not end', () =>
    run(store =>
      Effect.gen(function* () {
        const failing = Stream.concat(inputOf(both.slice(0, 10)), Stream.fail('unreadable'))
        expect(yield* Effect.flip(store.importObservations(failing, { source }))).toBe('unreadable')
        expect((yield* store.count()) > 0).toBe(true)
        expect(yield* store.sql`select source, ended_at from imports`).toEqual([{ source, ended_at: null }])
      }),
    ))
})

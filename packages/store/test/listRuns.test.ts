import type { RunSummary } from '@finetune-kit/model'
import { simulateJobs } from '@finetune-kit/model/testing'
import * as Effect from 'effect/Effect'
import { describe, expect, test } from 'vitest'
import { summaryColumns } from '../src/summaryColumns.ts'
import type { RunFilter } from '../src/RunFilter.ts'
import { databases } from '@finetune-kit/checks/databases'
import { both, inputOf, type Row, withStore } from './support/withStore.ts'

const source = 'test'

/** Words that all runs have, most of them, a third, or one. */
const words = (i: number) => [
  'all [of] them?*',
  ...(i % 3 === 0 ? [] : ['most\\']),
  ...(i % 3 === 0 ? ['third]'] : []),
  ...(i === 7 ? ['^one*'] : []),
]

describe.each(databases)('listRuns on $name', database => {
  const run = withStore(database)

  test('runs pages through every column in both orders, each run once, null last', () =>
    run(store =>
      Effect.gen(function* () {
        yield* store.importObservations(inputOf(both), { source })
        const all = (yield* store.runs({ limit: 1000 })).runs
        for (const { key } of summaryColumns)
          for (const order of ['ascending', 'descending'] as const) {
            const sort = key as keyof RunSummary
            const values: Array<unknown> = []
            const ids = new Set<string>()
            let after: string | undefined
            do {
              const page = yield* store.runs({ sort, order, limit: 7, ...(after && { after }) })
              for (const { summary, born } of page.runs) {
                values.push(summary[sort])
                ids.add(`${summary.id} ${born}`)
              }
              after = page.next
            } while (after !== undefined)
            expect([key, ids.size, values.length]).toEqual([key, all.length, all.length])
            const sorted = values.toSorted((a, b) => compare(a, b, order === 'ascending' ? 1 : -1))
            expect([key, values]).toEqual([key, sorted])
          }
      }),
    ))

  test('runs filters by values, time, text and tag, and facets count the same runs', () =>
    run(store =>
      Effect.gen(function* () {
        yield* store.importObservations(inputOf(both), { source })
        const all = (yield* store.runs({ limit: 1000 })).runs
        const [some] = all as [(typeof all)[0]]
        const { id, base_model: model, created_at: createdAt } = some.summary
        const filters = [
          { filter: { in: { status: ['succeeded'] } }, test: status('succeeded') },
          {
            filter: { in: { status: ['succeeded'], base_model: [model] } },
            test: (row: Row) => status('succeeded')(row) && row.summary.base_model === model,
          },
          {
            filter: { in: { organization_id: [null] } },
            test: (row: Row) => row.summary.organization_id === null,
          },
          { filter: { in: { status: [] } }, test: () => false },
          {
            filter: { createdFrom: createdAt as number, createdBefore: (createdAt as number) + 1 },
            test: (row: Row) => row.summary.created_at === createdAt,
          },
          { filter: { text: id.toUpperCase() }, test: (row: Row) => row.summary.id === id },
        ]
        for (const { filter, test } of filters) {
          const expected = all.filter(test).map(({ summary }) => summary.id)
          expect((yield* store.runs({ filter, limit: 1000 })).runs.map(({ summary }) => summary.id)).toEqual(
            expected,
          )
          expect((yield* store.facets(filter)).total).toBe(expected.length)
        }
        const { columns } = yield* store.facets({ in: { status: ['succeeded'] } })
        for (const values of Object.values(columns)) {
          const texts = values.map(({ value, count }) => `${1e6 - count} ${value ?? '\uffff'}`)
          expect(texts).toEqual(texts.toSorted())
        }
        const counted = Object.fromEntries(columns.status.map(({ value, count }) => [value, count]))
        expect(counted).toEqual(
          Object.fromEntries(
            Object.entries(Object.groupBy(all, row => String(row.summary.status))).map(([value, rows]) => [
              value,
              rows?.length,
            ]),
          ),
        )
      }),
    ))

  test('runs jumps to any row of a list, also among runs without a value', () =>
    run(store =>
      Effect.gen(function* () {
        yield* store.importObservations(inputOf(both), { source })
        for (const sort of ['created_at', 'cost', 'status', 'full_valid_loss'] as const)
          for (const order of ['ascending', 'descending'] as const) {
            const list = yield* store.runs({ sort, order, limit: 1000 })
            const names = list.runs.map(({ summary, born }) => `${summary.id} ${born}`)
            for (let offset = 0; offset <= names.length + 1; offset++) {
              const { runs, next } = yield* store.runs({ sort, order, limit: 3, offset })
              const found = runs.map(({ summary, born }) => `${summary.id} ${born}`)
              expect(found).toEqual(names.slice(offset, offset + 3))
              expect(next === undefined).toBe(offset + 3 >= names.length)
              if (next === undefined) continue
              const [after] = (yield* store.runs({ sort, order, limit: 1, after: next, offset: 1 })).runs
              expect(after && `${after.summary.id} ${after.born}`).toBe(names[offset + 4])
            }
          }
      }),
    ))

  test('a search takes every sign as it is, whether few runs have it, many, or most', () =>
    run(store =>
      Effect.gen(function* () {
        const [job] = simulateJobs()
        const count = 2600
        const records = Array.from({ length: count }, (_, i) => ({
          object: 'finetune-kit.observation' as const,
          seen_at: 1_700_000_000 + i,
          source,
          run_id: null,
          record: {
            ...job?.snapshots.at(-1),
            id: `run-${i}`,
            user_provided_suffix: words(i).join(' '),
          },
        }))
        yield* store.importObservations(inputOf(records, 500), { source })
        for (const text of [
          '[OF] them?*',
          'most\\',
          'third]',
          '^one*',
          'one?',
          '[a-z]',
          'most\\ ',
          'a'.repeat(20_000),
        ]) {
          const has = (i: number) => words(i).join(' ').toLowerCase().includes(text.toLowerCase())
          const expected = Array.from({ length: count }, (_, i) => i).filter(has).length
          expect([text, yield* store.count({ text })]).toEqual([text, expected])
          expect((yield* store.facets({ text })).total).toBe(expected)
          expect((yield* store.runs({ filter: { text }, limit: 5000 })).runs).toHaveLength(expected)
        }
      }),
    ))

  test('a tag is found as a whole, and a search looks into the words, not the signs around them', () =>
    run(store =>
      Effect.gen(function* () {
        yield* store.importObservations(inputOf(both), { source })
        const tagged = (yield* store.runs({ limit: 4 })).runs
        const tags = [['a', 'b'], ['z"a', ','], ['a\0\ud800'], ['c\\']]
        for (const [i, name] of tagged.entries())
          yield* store.edit(name, { tags: tags[i] ?? [], note: i === 0 ? '"said"' : '' })
        const found = (filter: RunFilter) =>
          Effect.map(store.runs({ filter }), ({ runs }) => runs.map(({ tags }) => tags))
        for (const tag of [...tags.flat(), 'z', '\ud800', 'c'])
          expect([tag, yield* found({ tag })]).toEqual([tag, tags.filter(some => some.includes(tag))])
        for (const text of [...tags.flat().slice(2), '["', '","', '\\"'])
          expect([text, yield* found({ text })]).toEqual([
            text,
            tags.filter(some => some.some(tag => tag.includes(text))),
          ])
        expect(yield* found({ text: '"said"' })).toEqual([tags[0]])
      }),
    ))

  test('runs refuses a column and a cursor that are none', () =>
    run(store =>
      Effect.gen(function* () {
        const sort = Effect.flip(store.runs({ sort: 'run; drop table runs' as never }))
        expect((yield* sort).message).toBe(
          'sort: no column "run; drop table runs". Pass a field of RunSummary.',
        )
        for (const [after, by] of [
          ['', undefined],
          ['[]', undefined],
          ['[1]', undefined],
          ['[{},1]', undefined],
          ['["a","b"]', undefined],
          // those of a list that is sorted by another column, and texts that no column holds
          ['["failed",1]', 'created_at'],
          ['[1700000000,1]', 'status'],
          ['["\\u0000",1]', 'status'],
          ['["\\ud800",1]', 'status'],
        ] as const)
          expect((yield* Effect.flip(store.runs({ after, ...(by && { sort: by }) }))).message).toBe(
            'after: not a cursor. Pass the cursor that a page returned.',
          )
      }),
    ))

  test('count tells the number of runs of a filter', () =>
    run(store =>
      Effect.gen(function* () {
        yield* store.importObservations(inputOf(both), { source })
        const { runs } = yield* store.runs({ limit: 1000 })
        expect(yield* store.count()).toBe(runs.length)
        const failed = { in: { status: ['failed'] } }
        expect(yield* store.count(failed)).toBe(runs.filter(status('failed')).length)
        expect(yield* store.count({ text: 'no such run' })).toBe(0)
      }),
    ))
})

const status =
  (wanted: string) =>
  ({ summary }: Row): boolean =>
    summary.status === wanted

const compare = (a: unknown, b: unknown, sign: number): number => {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return a === b ? 0 : (a as number) < (b as number) ? -sign : sign
}

import * as Effect from 'effect/Effect'
import * as Queue from 'effect/Queue'
import * as Stream from 'effect/Stream'
import { describe, expect, test } from 'vitest'
import { openStore } from '../src/openStore.ts'
import { databases } from '@finetune-kit/checks/databases'
import { both, inputOf, type Row, withStore } from './support/withStore.ts'

const source = 'test'

describe.each(databases)('editRun on $name', database => {
  const run = withStore(database)

  test('edit tags, notes and hides a run, and delete removes all of it', () =>
    run(store =>
      Effect.gen(function* () {
        yield* store.importObservations(inputOf(both), { source })
        const { total } = yield* store.facets()
        const [{ summary, born }] = (yield* store.runs({ filter: { in: { kind: ['job'] } } })).runs as [Row]
        const name = { id: summary.id, born }
        const before = yield* store.lastChange
        yield* store.edit(name, { tags: ['keep', 'keep'], note: 'The Good One' })
        expect((yield* store.runs({ filter: { text: 'good one' } })).runs).toMatchObject([
          { tags: ['keep'], note: 'The Good One', isHidden: false },
        ])
        yield* store.importObservations(inputOf(both), { source })
        yield* store.edit(name, { isHidden: true })
        expect((yield* store.facets()).total).toBe(total - 1)
        expect((yield* store.runs({ filter: { tag: 'keep', hidden: 'only' } })).runs).toHaveLength(1)
        expect(yield* store.changes(before)).toMatchObject({ runs: [{ isHidden: true }], deleted: [] })
        yield* store.delete(name)
        expect(yield* store.changes(before)).toMatchObject({ runs: [], deleted: [name] })
        expect((yield* Effect.flip(store.run(name))).message).toBe(
          `run "${summary.id}": not in this database. Import it first.`,
        )
        const again = yield* store.importObservations(inputOf(both), { source })
        expect(again).toMatchObject({ added: 1, changed: 0 })
        expect(again.items).toBeGreaterThan(0)
      }),
    ))

  test('edit leaves blank tags out, and what it says twice changes nothing', () =>
    run(store =>
      Effect.gen(function* () {
        yield* store.importObservations(inputOf(both), { source })
        const [{ summary, born }] = (yield* store.runs({})).runs as [Row]
        const name = { id: summary.id, born }
        yield* store.edit(name, { tags: ['', 'keep', ' \t', 'keep'] })
        expect((yield* store.runs({ filter: { tag: 'keep' } })).runs).toMatchObject([{ tags: ['keep'] }])
        const before = yield* store.lastChange
        yield* store.edit(name, { tags: ['keep', ' '] })
        expect(yield* store.lastChange).toBe(before)
      }),
    ))

  test('changes pages through all runs in the order of their changes', () =>
    run(store =>
      Effect.gen(function* () {
        yield* store.importObservations(inputOf(both), { source })
        const { total } = yield* store.facets()
        const seen: Array<number> = []
        let [after, hasMore] = [0, true]
        while (hasMore) {
          const page = yield* store.changes(after, 5)
          seen.push(...page.runs.map(({ seq }) => seq))
          ;({ seq: after, hasMore } = page)
        }
        expect(new Set(seen).size).toBe(total)
        expect(seen).toEqual(seen.toSorted((a, b) => a - b))
        expect(after).toBe(yield* store.lastChange)
      }),
    ))

  test('liveChanges tells of each change, also of another process', () =>
    Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const options = yield* database.fresh
          const [store, other] = [yield* openStore(options), yield* openStore(options)]
          yield* store.importObservations(inputOf(both), { source })
          const [first] = (yield* store.runs()).runs as [Row]
          const seen = yield* Queue.unbounded<number>()
          yield* Effect.forkScoped(Stream.runForEach(store.liveChanges, seq => Queue.offer(seen, seq)))
          const begin = yield* store.lastChange
          expect(yield* Queue.take(seen)).toBe(begin)
          yield* store.edit(first, { note: 'own' })
          expect(yield* Queue.take(seen)).toBe(begin + 1)
          yield* other.edit(first, { note: "another's" })
          expect(yield* Queue.take(seen)).toBe(begin + 2)
        }),
      ),
    ))
})

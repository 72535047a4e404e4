import { RunSummary, summaryOf, type Run } from '@finetune-kit/model'
import { simulateJobs } from '@finetune-kit/model/testing'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { describe, expect, test } from 'vitest'
import { openStore } from '../src/openStore.ts'
import type { ImportRecord } from '../src/sortRecords.ts'
import { databases } from '@finetune-kit/checks/databases'
import { both, digestsOf, inputOf, lengths, withStore } from './support/withStore.ts'

const source = 'test'

/** A text of 1,000 unlike characters, which no database stores in fewer bytes. */
const unlike = (step: number, first: number, count: number): string =>
  String.fromCharCode(...Array.from({ length: 1000 }, (_, i) => first + ((i * i * step) % count)))

describe.each(databases)('importObservations on $name', database => {
  const run = withStore(database)

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

  test('importObservations keeps every history, event and checkpoint, and nothing the second time', () =>
    run(store =>
      Effect.gen(function* () {
        const first = yield* store.importObservations(inputOf(both), { source })
        const ids = new Set(both.map(({ run_id: id }) => id))
        expect(first).toMatchObject({ added: ids.size, rejected: 0, rejects: [] })
        expect(first.items).toBeGreaterThan(0)
        const digests = yield* digestsOf(store)
        expect(Object.keys(digests)).toHaveLength(ids.size)
        expect(Object.values(digests)).toEqual(
          Object.values(digests).map(() => expect.objectContaining({ _tag: 'Sound' })),
        )
        const seq = yield* store.lastChange
        const second = yield* store.importObservations(inputOf(both), { source })
        expect(second).toMatchObject({ added: 0, changed: 0, items: 0 })
        expect(yield* store.lastChange).toBe(seq)
        expect(yield* digestsOf(store)).toEqual(digests)
      }),
    ))

  test('importObservations computes the summary of a run from its last record, events and checkpoints', () =>
    run(store =>
      Effect.gen(function* () {
        yield* store.importObservations(inputOf(both), { source })
        const { runs } = yield* store.runs({ limit: 1000 })
        expect(runs.length).toBe((yield* store.facets()).total)
        expect(runs.length).toBeGreaterThan(20)
        for (const { summary, born } of runs) {
          expect(RunSummary.is(summary)).toBe(true)
          const { snapshots, resources } = yield* store.run({ id: summary.id, born })
          expect(summary).toEqual(summaryOf(snapshots.at(-1)?.value as Run, resources))
        }
      }),
    ))

  test('importObservations puts what comes in another order into the same histories', () =>
    run(store =>
      Effect.gen(function* () {
        yield* store.importObservations(inputOf(both), { source })
        const backwards = yield* openStore(yield* database.fresh)
        yield* backwards.importObservations(inputOf(both.toReversed(), 7), { source })
        expect(new Map(lengths(yield* digestsOf(backwards)))).toEqual(
          new Map(lengths(yield* digestsOf(store))),
        )
      }),
    ))

  test('importObservations keeps a record of a file once, whenever the file is imported', () =>
    run(store =>
      Effect.gen(function* () {
        yield* store.importObservations(inputOf(unseen(2_000_000_000)), { source, unseenAt: 2_000_000_000 })
        const digests = yield* digestsOf(store)
        const again = yield* store.importObservations(inputOf(unseen(2_000_000_007)), {
          source,
          unseenAt: 2_000_000_007,
        })
        expect(again).toMatchObject({ added: 0, changed: 0, items: 0 })
        expect(yield* digestsOf(store)).toEqual(digests)
      }),
    ))

  test('importObservations keeps equal events without ids as often as one import has them', () =>
    run(store =>
      Effect.gen(function* () {
        const event = { object: 'fine-tune-event', created_at: 7, level: 'info', message: 'Created' }
        const seen = (count: number) =>
          inputOf(Array.from({ length: count }, () => ({ ...(both[0] as (typeof both)[0]), record: event })))
        const items = (count: number) =>
          Effect.map(store.importObservations(seen(count), { source }), report => report.items)
        expect([yield* items(2), yield* items(1), yield* items(3), yield* items(3)]).toEqual([2, 0, 1, 0])
      }),
    ))

  test('importObservations takes null in an optional field and its absence for the same', () =>
    run(store =>
      Effect.gen(function* () {
        const job = both.find(({ record }) => (record as { object?: string }).object === 'fine_tuning.job')
        const one = job as (typeof both)[0]
        const dumped = { ...(one.record as object), user_provided_suffix: null, metadata: null }
        const { user_provided_suffix: _, metadata: __, ...bare } = dumped as Record<string, unknown>
        yield* store.importObservations(inputOf([{ ...one, record: dumped }]), { source })
        const report = yield* store.importObservations(
          inputOf([{ ...one, seen_at: one.seen_at + 9, record: bare }]),
          { source },
        )
        expect(report).toMatchObject({ added: 0, changed: 0, unchanged: 1 })
        const { snapshots } = yield* store.run({ id: one.run_id as string })
        expect(snapshots.map(({ value }) => value)).toEqual([dumped])
      }),
    ))

  test('importObservations returns what it does not keep, with positions and reasons', () =>
    run(store =>
      Effect.gen(function* () {
        const [one] = both as [(typeof both)[0]]
        const report = yield* store.importObservations(
          inputOf([
            { ...one, record: { object: 'chat.completion' } },
            one,
            { ...one, record: { ...(one.record as object), created_at: 'soon' } },
            { ...one, record: { ...(one.record as object), id: 'x'.repeat(300) } },
            { ...one, run_id: null, record: { error: { message: '\u009b2J\u202e' } } },
          ]),
          { source },
        )
        expect(report).toMatchObject({ added: 1, rejected: 4 })
        expect(report.rejects.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
          '1: no kind of record here is called "chat.completion"',
          '3: /created_at: expected integer, found "soon"',
          '4: the id of the run is longer than 256 characters',
          '5: an error response of the API, not a record: "\\u009b2J\\u202e"',
        ])
      }),
    ))

  test('importObservations counts all that it does not keep, and returns the first hundred', () =>
    run(store =>
      Effect.gen(function* () {
        const [one] = both as [(typeof both)[0]]
        const wrong = Array.from({ length: 120 }, () => ({ ...one, record: {} }))
        const report = yield* store.importObservations(inputOf(wrong), { source })
        expect(report.rejected).toBe(120)
        expect(report.rejects.map(({ line }) => line)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
      }),
    ))

  test('importObservations tells once per kind that records name no run', () =>
    run(store =>
      Effect.gen(function* () {
        const [one] = both as [(typeof both)[0]]
        const event = { object: 'fine_tuning.job.event', id: 'e', created_at: 1, level: 'info', message: 'm' }
        const loose = Array.from({ length: 5000 }, () => ({ ...one, run_id: null, record: event }))
        const told: Array<number> = []
        const report = yield* store.importObservations(inputOf(loose), {
          source,
          onBatch: (_, rejected) => told.push(rejected.length),
        })
        expect(report).toMatchObject({ rejected: 5000, rejects: [{ line: 1 }] })
        expect(report.rejects[0]?.reason).toContain('of the kind job-event that names no run')
        expect(told).toEqual([4000, 1000])
      }),
    ))

  test('a text that a database cannot hold comes back as it was', () =>
    run(store =>
      Effect.gen(function* () {
        const [one] = both as [(typeof both)[0]]
        const id = '"\0\ud800\u202e'
        const record = { ...(one.record as object), id, model: 'a\0b', rate: -0, deep: [[{ x: '\udfff' }]] }
        yield* store.importObservations(inputOf([{ ...one, source: '\0', record }]), {
          source: '\0',
        })
        const { snapshots, summary, source: from } = yield* store.run({ id })
        expect(snapshots.map(({ value }) => value)).toEqual([{ ...record, rate: 0 }])
        expect([summary.id, summary.base_model, from]).toEqual([id, 'a\0b', '\0'])
        expect(yield* store.verify({ id })).toMatchObject({ _tag: 'Sound' })
        expect((yield* store.runs({ filter: { text: 'A\0B' } })).runs).toHaveLength(1)
      }),
    ))

  test('a run whose facets are long texts of another script is kept, and found by them', () =>
    run(store =>
      Effect.gen(function* () {
        const [job] = simulateJobs()[0]?.snapshots ?? []
        const [model, organization] = [unlike(11, 0x4e00, 20_000), unlike(13, 0x4e00, 20_000)]
        // lone surrogates, which a column holds as escapes of six bytes each
        const status = unlike(1, 0xd800, 1024)
        const record = { ...job, model, organization_id: organization, status }
        const { added, rejects } = yield* store.importObservations(
          inputOf([{ object: 'finetune-kit.observation', seen_at: 1, source, run_id: null, record }]),
          { source },
        )
        expect({ added, rejects }).toEqual({ added: 1, rejects: [] })
        const filter = { in: { base_model: [model], organization_id: [organization], status: [status] } }
        expect((yield* store.runs({ filter })).runs).toHaveLength(1)
        expect((yield* store.facets(filter)).total).toBe(1)
      }),
    ))
})

/** All records as a file holds them, imported at this time. */
const unseen = (seenAt: number) =>
  both.map(({ source: from, run_id, record }) => ({
    object: 'finetune-kit.observation' as const,
    seen_at: seenAt,
    source: from,
    run_id,
    record,
  }))

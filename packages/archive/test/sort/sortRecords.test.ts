import { readdirSync } from 'node:fs'
import { sortRecords } from '@finetune-kit/archive'
import { RecordOrder } from '@finetune-kit/model'
import { observationsOf, simulateJobs, simulateRuns } from '@finetune-kit/model/testing'
import { tally } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as Stream from 'effect/Stream'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { temporaryFolder } from '../temporaryFolder.ts'

const folder = temporaryFolder()
beforeAll(() => void vi.stubEnv('TMPDIR', folder))
afterAll(() => void vi.unstubAllEnvs())

const order = (name: 'created_at' | 'id') =>
  RecordOrder.all.find(one => one.name === name) as RecordOrder.RecordOrder

const sorted = (records: ReadonlyArray<unknown>, by: RecordOrder.RecordOrder, maxHeldBytes?: number) =>
  Effect.runPromise(
    Stream.fromIterable(records, { chunkSize: 7 }).pipe(
      sortRecords(by, maxHeldBytes === undefined ? {} : { maxHeldBytes }),
      Stream.runCollect,
    ),
  )

const jobs = simulateJobs()
const records: ReadonlyArray<unknown> = [
  ...jobs.flatMap(({ snapshots, events }) => [...snapshots, ...events]),
  ...observationsOf(jobs),
  { object: 'error of nobody' },
  ...simulateRuns(),
]

/** The expected order: a stable sort of all records in memory. */
const expected = (all: ReadonlyArray<unknown>, { keyOf }: RecordOrder.RecordOrder) =>
  all.toSorted((a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)]
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined)
    return typeof x === 'number' && typeof y === 'number'
      ? x - y
      : Buffer.compare(Buffer.from(String(x)), Buffer.from(String(y)))
  })

test.each(['created_at', 'id'] as const)(
  'sortRecords sorts records of all kinds by %s, in memory and by runs in a file',
  async name => {
    const wanted = expected(records, order(name))
    expect(wanted.at(-1)).not.toEqual(wanted[0])
    for (const held of [undefined, 100_000, 1])
      expect(await sorted(records, order(name), held)).toEqual(wanted)
  },
)

test('records with equal keys keep their order, over runs too', async () => {
  const byKey = { ...order('id'), keyOf: (a: unknown) => (a as { readonly key?: string | number }).key }
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(fc.constantFrom('', 'a', 'é', '\u{1f600}', '\uffff'), { nil: undefined })),
      fc.constantFrom(1, 1000, 3000),
      async (keys, held) => {
        const all = keys.map((key, n) => ({ n, ...(key !== undefined && { key }) }))
        expect(await sorted(all, byKey, held)).toEqual(expected(all, byKey))
      },
    ),
    { numRuns: 50 },
  )
})

test('a file of runs has no name while it is read, and an interrupted sort leaves nothing', async () => {
  const seen: Array<ReadonlyArray<string>> = []
  const sorting = Stream.fromIterable(records).pipe(
    sortRecords(order('created_at'), { maxHeldBytes: 1 }),
    Stream.tap(() => Effect.sync(() => void seen.push(readdirSync(folder)))),
    Stream.take(3),
    Stream.runDrain,
  )
  await Effect.runPromise(sorting)
  expect(seen).toEqual([[], [], []])
})

test('a record that JSON cannot hold is refused, and skipped by a policy', async () => {
  const all = [{ id: 'a' }, { id: Number.NaN }, { id: 'b' }]
  const failed = await Effect.runPromiseExit(
    Stream.fromIterable(all).pipe(sortRecords(order('id')), Stream.runCollect),
  )
  expect(Exit.isFailure(failed) && JSON.stringify(failed.cause)).toContain('"index":1')
  const count = tally()
  const bad: Array<unknown> = []
  const rest = await Effect.runPromise(
    Stream.fromIterable(all).pipe(
      sortRecords(order('id'), { bad: some => Effect.sync(() => void bad.push(...some)), tally: count }),
      Stream.runCollect,
    ),
  )
  expect(rest).toEqual([{ id: 'a' }, { id: 'b' }])
  expect(bad).toMatchObject([{ _tag: 'UnencodableRecord', index: 1 }])
  expect(count.rejected).toBe(1)
})

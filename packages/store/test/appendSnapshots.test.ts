import * as Effect from 'effect/Effect'
import { describe, expect, test } from 'vitest'
import { appendSnapshots } from '../src/appendSnapshots.ts'
import { replay } from '../src/history.ts'
import { incoming, type IncomingSnapshot } from '../src/Incoming.ts'
import { migrate } from '../src/migrations.ts'
import { addSummaryColumns } from '../src/summaryColumns.ts'
import { openDatabase } from '../src/openDatabase.ts'
import { storedEntries } from '../src/StoredRun.ts'
import { databases } from '@finetune-kit/checks/databases'
import { observations } from './support/simulated.ts'

const run = <A, E>(effect: Effect.Effect<A, E, import('effect/Scope').Scope>) =>
  Effect.runPromise(Effect.scoped(effect))

const snapshots = observations().flatMap(one => {
  const sorted = incoming()(one)
  return sorted._tag === 'Snapshot' ? [sorted] : []
})
const [first] = snapshots as [IncomingSnapshot]
const life = snapshots.filter(({ runKey }) => runKey === first.runKey)

const changed = (one: IncomingSnapshot, change: Partial<IncomingSnapshot>): IncomingSnapshot => ({
  ...one,
  ...change,
})

/** The list in every order. */
const ordersOf = <A>(all: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  all.length === 0
    ? [[]]
    : all.flatMap((one, i) => ordersOf(all.toSpliced(i, 1)).map(order => [one].concat(order)))

/** Every sequence of so many of these, each seen with the one before it or a second later. */
const sequencesOf = (
  length: number,
  some: ReadonlyArray<IncomingSnapshot>,
): ReadonlyArray<ReadonlyArray<IncomingSnapshot>> =>
  length === 0
    ? [[]]
    : sequencesOf(length - 1, some).flatMap(before =>
        some.flatMap(one =>
          [0, 1].map(later => before.concat(changed(one, { seenAt: (before.at(-1)?.seenAt ?? 0) + later }))),
        ),
      )

describe.each(databases)('appendSnapshots on $name', ({ fresh }) => {
  const store = Effect.gen(function* () {
    const database = yield* openDatabase(yield* fresh)
    yield* migrate(database)
    yield* addSummaryColumns(database.sql)
    const append = (some: ReadonlyArray<IncomingSnapshot>, isInOrder = false) =>
      Effect.map(
        database.sql.withTransaction(appendSnapshots(database.sql, { isInOrder }, some)),
        ({ changed, ...report }) => ({ ...report, changed: changed.length }),
      )
    const history = Effect.gen(function* () {
      const [found] = yield* database.sql<{ run: number | bigint }>`select run from runs
        where run_key = ${first.runKey} order by run limit 1`
      return replay(yield* storedEntries(database.sql)(Number(found?.run)))
    })
    const values = Effect.map(history, ({ snapshots }) => snapshots.map(({ value }) => value))
    return { append, values, history, sql: database.sql }
  })

  test('appendSnapshots keeps every snapshot of every run, whatever the batches', () =>
    run(
      Effect.gen(function* () {
        const { append, values } = yield* store
        for (let i = 0; i < snapshots.length; i += 7) yield* append(snapshots.slice(i, i + 7))
        expect(yield* values).toEqual(life.map(({ value }) => value))
      }),
    ))

  test('appendSnapshots counts what is new, changed and the same, and adds nothing the second time', () =>
    run(
      Effect.gen(function* () {
        const { append } = yield* store
        const runs = new Set(snapshots.map(({ runKey }) => runKey)).size
        expect(yield* append(snapshots)).toMatchObject({ added: runs, changed: 0, unchanged: 0 })
        expect(yield* append(snapshots)).toMatchObject({
          added: 0,
          changed: 0,
          unchanged: snapshots.length,
        })
      }),
    ))

  test('appendSnapshots keeps a watched A, B, A as three entries', () =>
    run(
      Effect.gen(function* () {
        const { append, values } = yield* store
        const [a, b] = life as [IncomingSnapshot, IncomingSnapshot]
        yield* append([a, { ...b, seenAt: a.seenAt + 1 }, { ...a, seenAt: a.seenAt + 2 }], true)
        expect(yield* values).toEqual([a.value, b.value, a.value])
      }),
    ))

  test('appendSnapshots puts an older snapshot in its place in time', () =>
    run(
      Effect.gen(function* () {
        const { append, values } = yield* store
        yield* append(life.filter((_, i) => i !== 1))
        yield* append([life[1] as IncomingSnapshot])
        expect(yield* values).toEqual(life.map(({ value }) => value))
      }),
    ))

  test('appendSnapshots makes one history of snapshots in any order', () =>
    run(
      Effect.gen(function* () {
        const { append, sql } = yield* store
        const [a, b, c] = life as [IncomingSnapshot, IncomingSnapshot, IncomingSnapshot]
        const orders = ordersOf([a, c, c, b, c].map((one, seenAt) => changed(one, { seenAt })))
        const lives = orders.map((order, i) => order.map(one => changed(one, { runKey: `run ${i}` })))
        const wanted = [a, c, b, c].map(({ valueDigest }, n) => [n, valueDigest, [0, 1, 3, 4][n]])
        for (const some of [lives, lives.toReversed()]) {
          yield* append(some.flat())
          const entries = yield* sql<{ run: unknown; n: unknown; value_digest: string; seen_at: unknown }>`
            select run, n, value_digest, seen_at from entries order by run, n`
          const rows = entries.map(row => [Number(row.n), row.value_digest, Number(row.seen_at)])
          expect(rows).toEqual(lives.flatMap(() => wanted))
        }
      }),
    ))

  test('appendSnapshots takes a snapshot that is there twice for one, whatever comes between', () =>
    run(
      Effect.gen(function* () {
        const { append, history } = yield* store
        const [a, b, c] = life as [IncomingSnapshot, IncomingSnapshot, IncomingSnapshot]
        const [a0, a2, b1, c2] = [
          changed(a, { seenAt: 0 }),
          changed(a, { seenAt: 2 }),
          changed(b, { seenAt: 1 }),
          changed(c, { seenAt: 2 }),
        ]
        expect(yield* append([a0, a2, c2, a2, b1, b1])).toMatchObject({ unchanged: 3 })
        const { snapshots } = yield* history
        expect(snapshots.map(({ value, entry }) => [value, entry.seenAt])).toEqual(
          [a0, b1, a2, c2].map(({ value, seenAt }) => [value, seenAt]),
        )
      }),
    ))

  test('appendSnapshots changes nothing the second time, also where a second has several snapshots', () =>
    run(
      Effect.gen(function* () {
        const { append, sql } = yield* store
        const [a, b] = life as [IncomingSnapshot, IncomingSnapshot]
        const lives = sequencesOf(4, [a, b]).map((sequence, i) =>
          sequence.map(one => changed(one, { runKey: `run ${i}` })),
        )
        const entries = sql<{ n: unknown; value_digest: string; seen_at: unknown }>`
          select run, n, value_digest, seen_at from entries order by run, n`
        yield* append(lives.flat())
        const once = yield* entries
        yield* append(lives.flat())
        expect(yield* entries).toEqual(once)
        for (let n = 0; n < 4; n++) yield* append(lives.flatMap(snapshots => snapshots.slice(n, n + 1)))
        expect(yield* entries).toEqual(once)
      }),
    ))

  test('appendSnapshots puts a repeat before what changed within its second, also in another file', () =>
    run(
      Effect.gen(function* () {
        const { append, values } = yield* store
        const [a, b, c] = life as [IncomingSnapshot, IncomingSnapshot, IncomingSnapshot]
        yield* append([changed(a, { seenAt: 1 }), changed(c, { seenAt: 3 })])
        yield* append([2, 3].map(seenAt => changed(b, { seenAt })))
        expect(yield* values).toEqual([a.value, b.value, c.value])
        yield* append([changed(c, { seenAt: 1 })])
        expect(yield* values).toEqual([a.value, c.value, b.value, c.value])
      }),
    ))

  test('appendSnapshots keeps what comes in the last second of a damaged history', () =>
    run(
      Effect.gen(function* () {
        const { append, history, sql } = yield* store
        const [a, b] = life as [IncomingSnapshot, IncomingSnapshot]
        yield* append([a])
        yield* sql`update entries set body = '{}' where n = 0`
        const late = { ...b, seenAt: a.seenAt }
        expect(yield* append([late])).toEqual({ added: 0, changed: 1, unchanged: 0 })
        // what is damaged stays as it is, and nothing is put before it
        for (const one of [late, { ...b, seenAt: a.seenAt - 1 }])
          expect(yield* append([one])).toEqual({ added: 0, changed: 0, unchanged: 1 })
        expect(yield* history).toMatchObject({ snapshots: [], damage: { n: 0 } })
        const [found] = yield* sql<{ n: unknown }>`select count(*) as n from entries`
        expect(Number(found?.n)).toBe(2)
      }),
    ))

  test('appendSnapshots dates an entry by the earliest that it was seen', () =>
    run(
      Effect.gen(function* () {
        const { append, sql, values } = yield* store
        const [a, b] = life as [IncomingSnapshot, IncomingSnapshot]
        const earlier = { ...a, seenAt: a.seenAt - 9 }
        yield* append([a, { ...b, seenAt: a.seenAt + 1 }])
        expect(yield* append([earlier])).toEqual({ added: 0, changed: 1, unchanged: 0 })
        expect(yield* append([earlier, a])).toEqual({ added: 0, changed: 0, unchanged: 2 })
        expect(yield* values).toEqual([a.value, b.value])
        const [found] = yield* sql<{ first_seen_at: unknown; seen_at: unknown }>`
          select first_seen_at, seen_at from runs join entries using (run) where n = 0`
        expect([found?.first_seen_at, found?.seen_at].map(Number)).toEqual([earlier.seenAt, earlier.seenAt])
      }),
    ))

  test('appendSnapshots keeps two runs of one id apart by when they were created', () =>
    run(
      Effect.gen(function* () {
        const { append, sql } = yield* store
        yield* append([first, { ...first, born: first.born + 1 }])
        const [found] = yield* sql<{ count: number | bigint }>`select count(*) as count from runs`
        expect(Number(found?.count)).toBe(2)
      }),
    ))

  test('a changed entry does not have its digest any more', () =>
    run(
      Effect.gen(function* () {
        const { append, history, sql } = yield* store
        yield* append(life)
        yield* sql`update entries set body = '{}' where n = 0`
        expect((yield* history).damage).toMatchObject({ n: 0, reason: expect.stringContaining('digest') })
      }),
    ))
})

import { RunSummary, summaryOf, type Run } from '@finetune-kit/model'
import { simulateJobs } from '@finetune-kit/model/testing'
import * as Effect from 'effect/Effect'
import * as Queue from 'effect/Queue'
import * as Stream from 'effect/Stream'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../src/openDatabase.ts'
import { openStore } from '../src/openStore.ts'
import { summaryColumns } from '../src/summaryColumns.ts'
import { databases } from '@finetune-kit/checks/databases'
import { both, digestsOf, inputOf, withStore } from './support/withStore.ts'

const source = 'test'

/** Words that all runs have, most of them, a third, or one. */
const words = (i: number) => [
  'all [of] them?*',
  ...(i % 3 === 0 ? [] : ['most\\']),
  ...(i % 3 === 0 ? ['third]'] : []),
  ...(i === 7 ? ['^one*'] : []),
]

/** A text of 1,000 unlike characters, which no database stores in fewer bytes. */
const unlike = (step: number, first: number, count: number): string =>
  String.fromCharCode(...Array.from({ length: 1000 }, (_, i) => first + ((i * i * step) % count)))

describe.each(databases)('Store on $name', database => {
  const run = withStore(database)

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
        expect(new Map(lengths(yield* digestsOf(backwards)) as never)).toEqual(
          new Map(lengths(yield* digestsOf(store)) as never),
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
          inputOf([{ ...one, seen_at: one.seen_at + 9, record: bare as never }]),
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
          ]),
          { source },
        )
        expect(report).toMatchObject({ added: 1, rejected: 3 })
        expect(report.rejects.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
          '1: no kind of record here is called "chat.completion"',
          '3: /created_at: expected integer, found "soon"',
          '4: the id of the run is longer than 256 characters',
        ])
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
        const record = { ...job, model, organization_id: organization, status } as never
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
          } as never,
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

  test('runs refuses a column and a cursor that are none', () =>
    run(store =>
      Effect.gen(function* () {
        const sort = Effect.flip(store.runs({ sort: 'run; drop table runs' as never }))
        expect((yield* sort).message).toBe(
          'sort: no column "run; drop table runs". Pass a field of RunSummary.',
        )
        for (const after of ['', '[]', '[1]', '[{},1]', '["a","b"]'])
          expect((yield* Effect.flip(store.runs({ after }))).message).toBe(
            'after: not a cursor. Pass the cursor that a page returned.',
          )
      }),
    ))

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
          `run "${summary.id}": not in this store. Import it first.`,
        )
        const again = yield* store.importObservations(inputOf(both), { source })
        expect(again).toMatchObject({ added: 1, changed: 0 })
        expect(again.items).toBeGreaterThan(0)
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

  test.each(databases)('exportObservations makes an equal store on $name', other =>
    run(store =>
      Effect.gen(function* () {
        yield* store.importObservations(inputOf([...both, results]), { source })
        const [first, second, third] = (yield* store.runs()).runs as [Row, Row, Row]
        yield* store.edit(first, { tags: ['best', '⚑'], note: 'a\0b' })
        yield* store.edit(second, { isHidden: true })
        yield* store.importObservations(inputOf([watch]), { source, takesWatches: true })
        yield* store.sql`update watches set state = 'active'`
        const copy = yield* openStore(yield* other.fresh)
        const copyInto = (target: typeof store) =>
          target.importObservations(
            Stream.map(store.exportObservations(), some =>
              some.map((value, offset) => ({ _tag: 'Record' as const, value, offset })),
            ),
            { source: store.subject, takesWatches: true },
          )
        expect((yield* copyInto(copy)).rejected).toBe(0)
        expect(yield* digestsOf(copy)).toEqual(yield* digestsOf(store))
        const rows = (found: typeof store) =>
          Effect.map(found.runs({ limit: 1000, sort: 'id', filter: { hidden: 'with' } }), ({ runs }) =>
            runs.map(row => ({ ...row, seq: 0 })),
          )
        expect(yield* rows(copy)).toEqual(yield* rows(store))
        expect((yield* copy.run({ id: results.run_id })).resources).toEqual(
          (yield* store.run({ id: results.run_id })).resources,
        )
        const watches = yield* copy.sql`select base_url, key_name, run_key, state, reason
          from watches join connections using (connection)`
        expect(watches).toEqual([
          {
            base_url: 'https://api.example/v1',
            key_name: 'EXAMPLE_KEY',
            run_key: '',
            state: 'paused',
            reason: expect.stringContaining('Resume it here'),
          },
        ])
        // again it changes nothing, and own words stay
        yield* copy.edit(third, { note: 'mine' })
        yield* copy.edit(first, { tags: ['own'], note: 'mine' })
        const seq = yield* copy.lastChange
        expect(yield* copyInto(copy)).toMatchObject({ added: 0, changed: 0, items: 1, rejected: 0 })
        expect(yield* copy.lastChange).toBe(seq + 1)
        expect(yield* copy.row(first)).toMatchObject({ tags: ['own', 'best', '⚑'], note: 'mine' })
        expect(yield* copy.row(third)).toMatchObject({ note: 'mine' })
      }),
    ),
  )

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
          rejects: [{ reason: expect.stringContaining('a watch of another store') }],
        })
        expect(yield* store.sql`select watch from watches`).toEqual([])
      }),
    ))

  test('importObservations refuses words about a run that is not here', () =>
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
          rejects: [{ reason: expect.stringContaining('not here') }],
        })
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

  test('verify names the entry that somebody changed', () =>
    Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const options = yield* database.fresh
          const store = yield* openStore(options)
          yield* store.importObservations(inputOf(both), { source })
          const { sql } = yield* openDatabase(options)
          const [{ summary }] = (yield* store.runs()).runs as [Row]
          yield* sql`update records set body = '{}'`
          expect(yield* store.verify(summary)).toMatchObject({ _tag: 'Damaged' })
          yield* sql`delete from entries where n = 0`
          expect(yield* store.verify(summary)).toEqual({
            _tag: 'Damaged',
            damage: { n: 1, reason: 'an entry before it is missing' },
          })
        }),
      ),
    ))

  test('openStore adds missing columns and computes summaries again', () =>
    Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const options = yield* database.fresh
          const store = yield* openStore(options)
          yield* store.importObservations(inputOf(both), { source })
          const before = (yield* store.runs({ limit: 1000, sort: 'id' })).runs
          const { sql } = yield* openDatabase(options)
          yield* sql`alter table runs drop column train_loss`
          yield* sql`update facts set value = 'an older list' where name = 'summary_columns'`
          const newer = yield* openStore(options)
          const after = (yield* newer.runs({ limit: 1000, sort: 'id' })).runs
          expect(after.map(({ summary }) => summary)).toEqual(before.map(({ summary }) => summary))
        }),
      ),
    ))

  test('openStore replaces the indexes of an earlier version', () =>
    Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const options = yield* database.fresh
          const indexes = Effect.map(openStore(options), ({ sql }) =>
            sql.onDialectOrElse({
              pg: () => sql<{ name: string; sql: string }>`select indexname as name, indexdef as sql
                from pg_indexes where schemaname = current_schema() and indexname like 'runs_by_%' order by 1`,
              orElse: () => sql<{ name: string; sql: string }>`select name, sql from sqlite_schema
                where type = 'index' and name like 'runs_by_%' order by 1`,
            }),
          ).pipe(Effect.flatten)
          const before = yield* Effect.scoped(indexes)
          expect(before.map(({ name }) => name)).toEqual([
            'runs_by_change',
            'runs_by_created_at',
            'runs_by_facets',
            'runs_by_last_activity',
          ])
          yield* Effect.scoped(
            Effect.flatMap(openStore(options), ({ sql }) =>
              Effect.all([
                sql`drop index runs_by_facets`,
                sql`create index runs_by_facets on runs (is_hidden, kind)`,
                sql`create index runs_by_status on runs (is_hidden, status, created_at, run)`,
                sql`update facts set value = 'older' where name = 'summary_columns'`,
              ]),
            ),
          )
          expect(yield* Effect.scoped(indexes)).toEqual(before)
        }),
      ),
    ))

  test('openStore refuses a database of a newer version', () =>
    Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const options = yield* database.fresh
          yield* openStore(options)
          const { sql, subject } = yield* openDatabase(options)
          yield* sql`insert into finetune_kit_migrations (migration_id, name) values (1000, 'future')`
          expect(yield* Effect.flip(openStore(options))).toMatchObject({
            kind: 'NewerSchema',
            message: `${subject}: it was written by a newer version of finetune-kit. Update finetune-kit; nothing was changed.`,
          })
        }),
      ),
    ))
})

type Row = Effect.Success<ReturnType<import('../src/openStore.ts').Store['runs']>>['runs'][number]

const status =
  (wanted: string) =>
  ({ summary }: Row): boolean =>
    summary.status === wanted

const compare = (a: unknown, b: unknown, sign: number): number => {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return a === b ? 0 : (a as number) < (b as number) ? -sign : sign
}

/** The result file of a job, seen like its other records. */
const results = {
  object: 'finetune-kit.observation' as const,
  seen_at: 1_800_000_000,
  source: 'test',
  run_id: simulateJobs()[2]?.id ?? '',
  record: {
    object: 'finetune-kit.result-file',
    name: 'step_metrics.csv',
    content: simulateJobs()[2]?.results ?? '',
  },
}

const watch = {
  ...results,
  run_id: null,
  record: {
    object: 'finetune-kit.watch',
    base_url: 'https://api.example/v1',
    dialect: 'openai',
    api_version: null,
    key_name: 'EXAMPLE_KEY',
    run_id: null,
    state: 'active',
  },
}

/** The number of entries of each run. */
const lengths = (digests: Record<string, unknown>) =>
  Object.entries(digests).map(([id, found]) => [id, (found as { entries: number }).entries])

/** All records as a file holds them, imported at this time. */
const unseen = (seenAt: number) =>
  both.map(({ source: from, run_id, record }) => ({
    object: 'finetune-kit.observation' as const,
    seen_at: seenAt,
    source: from,
    run_id,
    record,
  }))

import { type Observation, type Run, type RunResources, summaryOf } from '@finetune-kit/model'
import { simulateJobs } from '@finetune-kit/model/testing'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import * as Stream from 'effect/Stream'
import * as TestClock from 'effect/testing/TestClock'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { databases } from '@finetune-kit/checks/databases'
import { openStore, type Store } from '../src/openStore.ts'
import type { ImportRecord } from '../src/sortRecords.ts'
import { withStore } from './support/withStore.ts'

/** The number of events in each summary that is computed. */
const summarized: Array<number> = []

vi.mock('@finetune-kit/model', async importOriginal => {
  const model = await importOriginal<{ summaryOf: typeof summaryOf }>()
  return {
    ...model,
    summaryOf: (run: Run, resources?: RunResources) => {
      summarized.push(resources?.events?.length ?? 0)
      return model.summaryOf(run, resources)
    },
  }
})

/** The number of runs that are read at once to compute their summaries. */
const computed: Array<number> = []

vi.mock('../src/computeSummaries.ts', async importOriginal => {
  const module = await importOriginal<typeof import('../src/computeSummaries.ts')>()
  return {
    ...module,
    computeSummaries:
      (sql: SqlClient.SqlClient) =>
      (runKeys: ReadonlyArray<string>): ReturnType<ReturnType<typeof module.computeSummaries>> => {
        computed.push(runKeys.length)
        return module.computeSummaries(sql)(runKeys)
      },
  }
})

beforeEach(() => void (summarized.length = 0))

const source = 'test'
const [job] = simulateJobs()[0]?.snapshots ?? []
const id = job?.id ?? ''

const seen = (record: object, i: number): Observation => ({
  object: 'finetune-kit.observation',
  seen_at: 1_800_000_000 + i,
  source,
  run_id: id,
  record,
})

const step = (i: number, events: number) => ({
  object: 'fine_tuning.job.event',
  id: `ftevent-${i}`,
  created_at: 1_800_000_000 + i,
  level: 'info',
  message: `Step ${i + 1}/${events}: training loss=${1 / (i + 1)}`,
  data: { step: i + 1, train_loss: 1 / (i + 1), total_steps: events },
  type: 'metrics',
})

/** A job whose steps and records come in turn, a step each second. */
const life = (events: number): ReadonlyArray<Observation> =>
  Array.from({ length: events }, (_, i) => [
    ...(i % 7 === 0 ? [seen({ ...job, trained_tokens: i + 1 }, i)] : []),
    seen(step(i, events), i),
  ]).flat()

/** Jobs whose steps come in turn. */
const lives = (jobs: number, events: number): ReadonlyArray<Observation> =>
  Array.from({ length: events }, (_, i) =>
    Array.from({ length: jobs }, (_, n) => {
      const own = { run_id: `${id}-${n}` }
      return [
        ...(i === 0 ? [{ ...seen({ ...job, id: own.run_id }, i), ...own }] : []),
        { ...seen(step(i, events), i), ...own },
      ]
    }),
  ).flat(2)

/** An input whose transactions have so many records. */
const inBatches = (all: ReadonlyArray<Observation>, size: number) =>
  Stream.succeed(
    all.map(
      (value, i): ImportRecord => ({ _tag: 'Record', value, offset: i * ((8 * 1024 * 1024) / (size - 1)) }),
    ),
  )

const rowOf = (store: Store) => Effect.map(store.row({ id }), row => ({ ...row, seq: 0 }))

describe.each(databases)('postponed summaries on $name', database => {
  const run = withStore(database)

  test('an import of one long run reads its events a few times, not once a transaction', () =>
    run(store =>
      Effect.gen(function* () {
        const events = 600
        let batches = 0
        yield* store.importObservations(inBatches(life(events), 10), { source, onBatch: () => batches++ })
        expect(batches).toBeGreaterThan(60)
        // after 1, 2, 4 … transactions, and at the end
        expect(summarized.reduce((a, b) => a + b)).toBeLessThan(3 * events)
        const { snapshots, resources, ...detail } = yield* store.run({ id })
        expect(resources.events).toHaveLength(events)
        expect(detail.summary).toEqual(summaryOf(snapshots.at(-1)?.value as Run, resources))
        expect(yield* store.verify({ id })).toMatchObject({ _tag: 'Sound' })
        expect((yield* store.changes(0)).runs).toHaveLength(1)
        const whole = yield* openStore(yield* database.fresh)
        yield* whole.importObservations(inBatches(life(events), 10_000), { source })
        expect(yield* rowOf(store)).toEqual(yield* rowOf(whole))
        expect(yield* store.verify({ id })).toEqual(yield* whole.verify({ id }))
      }),
    ))

  test('the summaries of many runs are computed in a few transactions, none of them large', () =>
    run(store =>
      Effect.gen(function* () {
        const [jobs, events] = [60, 100]
        const transactions = vi.spyOn(store.sql, 'withTransaction')
        let before = 0
        yield* store.importObservations(inBatches(lives(jobs, events), 1000), {
          source,
          onBatch: () => (before = transactions.mock.calls.length),
        })
        expect(before).toBeGreaterThan(6)
        // two for 6,060 records, and one for the end of the import
        expect(transactions.mock.calls.length - before).toBe(3)
        const steps = (yield* store.runs({ limit: jobs })).runs.map(({ summary }) => summary.steps_done)
        expect(steps).toEqual(steps.map(() => events))
        expect(steps).toHaveLength(jobs)
      }),
    ))

  test('the summaries of a new version are computed a few thousand records at a time', () =>
    Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const [jobs, events] = [60, 100]
          const options = yield* database.fresh
          const store = yield* openStore(options)
          yield* store.importObservations(inBatches(lives(jobs, events), 1000), { source })
          yield* store.sql`update facts set value = 'an older list' where name = 'summary_columns'`
          computed.length = 0
          yield* openStore(options)
          expect(computed).toEqual([39, 21])
        }),
      ),
    ))

  test('an import whose input fails leaves no summary of fewer records', () =>
    run(store =>
      Effect.gen(function* () {
        const input = Stream.concat(inBatches(life(60), 10), Stream.fail('broken' as const))
        expect(yield* Effect.flip(store.importObservations(input, { source }))).toBe('broken')
        const { resources, summary } = yield* store.run({ id })
        expect(resources.events?.length).toBeGreaterThan(45)
        expect(summary.steps_done).toBe(resources.events?.length)
      }),
    ))

  test('a killed import leaves summaries that the next one computes, or any store after a minute', () =>
    Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const options = yield* database.fresh
          const store = yield* openStore(options)
          yield* store.importObservations(inBatches(life(60), 1000), { source })
          const row = yield* rowOf(store)
          const kill = (noted: number) =>
            Effect.gen(function* () {
              yield* store.sql`update runs set steps_done = 1`
              yield* store.sql`insert into facts (name, value) values (${`summary of ${id}`}, ${String(noted)})`
            })
          yield* kill(Date.now())
          const early = yield* openStore(options)
          // the import may still run
          expect((yield* rowOf(early)).summary.steps_done).toBe(1)
          yield* early.importObservations(Stream.empty, { source })
          expect(yield* rowOf(store)).toEqual(row)
          yield* kill(Date.now() - 3_600_000)
          const late = yield* openStore(options)
          expect(yield* rowOf(late)).toEqual(row)
          expect(yield* store.sql`select name from facts where name like 'summary of %'`).toEqual([])
          yield* kill(Date.now() - 3_600_000)
          yield* TestClock.adjust('1 minute')
          while ((yield* rowOf(store)).summary.steps_done === 1)
            yield* Effect.promise(() => new Promise(resolve => void setTimeout(resolve, 20)))
          expect(yield* rowOf(store)).toEqual(row)
        }).pipe(Effect.provide(TestClock.layer())),
      ),
    ))
})

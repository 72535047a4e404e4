import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { observationsOf, simulateJobs, simulateRuns } from '@finetune-kit/model/testing'
import type { Observation } from '@finetune-kit/model'
import { type ImportRecord, openStore, type Store, type StoreError } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { median } from '../interleave.ts'
import type { Row } from '../Row.ts'

const inFolder = async <A>(job: (folder: string) => Promise<A>): Promise<A> => {
  const folder = mkdtempSync(join(tmpdir(), 'finetune-bench-'))
  return job(folder).finally(() => rmSync(folder, { recursive: true, force: true }))
}

/** Seconds of CPU. */
const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

const seeds = 60
const batch = 1000

/** The snapshots of the lives of fine-tunes, and all that was seen of jobs. */
const lives = (): ReadonlyArray<Observation> =>
  Array.from({ length: seeds }, (_, seed) => [
    ...observationsOf(simulateJobs(seed + 1)),
    ...simulateRuns(seed + 1).map(record => ({
      object: 'finetune-kit.observation' as const,
      seen_at: record.updated_at,
      source: `seed ${seed}`,
      run_id: record.id,
      record: record as never,
    })),
  ]).flat()

const recordsOf = (texts: ReadonlyArray<string>) =>
  Stream.fromIterable(Array.from({ length: Math.ceil(texts.length / 300) }, (_, i) => i * 300)).pipe(
    Stream.map(from =>
      texts
        .slice(from, from + 300)
        .map((text, i): ImportRecord => ({ _tag: 'Record', value: JSON.parse(text), offset: from + i })),
    ),
  )

const imported = (folder: string, name: string, texts: ReadonlyArray<string>): Promise<number> =>
  Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const store = yield* openStore({ db: join(folder, name) })
        const from = cpu()
        yield* store.importObservations(recordsOf(texts), { source: 'bench' })
        return cpu() - from
      }),
    ),
  )

/** The floor: the same texts, in the same transactions, in a table with nothing but a key. */
const inserted = (folder: string, name: string, texts: ReadonlyArray<string>): number => {
  const database = new DatabaseSync(join(folder, name))
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  database.exec('create table bare (id integer primary key, body text not null)')
  const insert = database.prepare('insert into bare (body) values (?)')
  const from = cpu()
  for (let i = 0; i < texts.length; i += batch) {
    database.exec('begin immediate')
    for (const text of texts.slice(i, i + batch)) insert.run(text)
    database.exec('commit')
  }
  const took = cpu() - from
  database.close()
  return took
}

export const importRow: Row = {
  name: 'store-import',
  title: 'import into SQLite, CPU: the same texts inserted into a bare table = 1',
  run: () =>
    inFolder(async folder => {
      const texts = lives().map(value => JSON.stringify(value))
      const [floors, costs]: [Array<number>, Array<number>] = [[], []]
      for (let round = 0; round < 5; round++) {
        floors.push(inserted(folder, `bare-${round}.db`, texts))
        costs.push(await imported(folder, `store-${round}.db`, texts))
      }
      const ratio = median(costs.map((cost, i) => cost / (floors[i] as number)))
      const perSecond = texts.length / median(costs)
      return {
        figures: [
          ['records', String(texts.length)],
          ['bare table', `${Math.round(texts.length / median(floors))} a CPU second`],
          ['store', `${Math.round(perSecond)} a CPU second`],
        ],
        goals: [
          { what: 'CPU of an import', measured: ratio, target: 2.5, atMost: true },
          { what: 'records a CPU second', measured: perSecond, unit: '', target: 10_000 },
        ],
      }
    }),
}

const runs = 100_000

/** The last snapshots of many jobs, each with an id, a time and a model of its own. */
const many = (): ReadonlyArray<string> => {
  const jobs = simulateJobs().flatMap(({ snapshots }) => snapshots.slice(-1))
  return Array.from({ length: runs }, (_, i) => {
    const job = jobs[i % jobs.length]
    const createdAt = 1_600_000_000 + ((i * 7919) % 100_000_000)
    return JSON.stringify({
      object: 'finetune-kit.observation',
      seen_at: createdAt + 1000,
      source: 'bench',
      run_id: null,
      record: { ...job, id: `ftjob-${i.toString(36)}`, created_at: createdAt },
    })
  })
}

interface Query {
  readonly ours: (store: Store) => Effect.Effect<unknown, StoreError>
  /** The same question as one prepared statement on the same tables. */
  readonly bare: string
  readonly parameters?: ReadonlyArray<SQLInputValue>
}

const page = 'is_hidden = 0 order by created_at desc, run desc limit 101'

const queries: Readonly<Record<string, Query>> = {
  newest: { ours: store => store.runs(), bare: `select * from runs where ${page}` },
  'by status': {
    ours: store => store.runs({ filter: { in: { status: ['failed'] } } }),
    bare: `select * from runs where status = 'failed' and ${page}`,
  },
  'by an unindexed column': {
    ours: store => store.runs({ sort: 'duration' }),
    bare: `select * from runs where run in (select run from runs where +is_hidden = 0 and duration is not null
      order by duration desc, run desc limit 101) order by duration desc, run desc`,
  },
  'by a common text': {
    ours: store => store.runs({ filter: { text: 'gpt' } }),
    bare: `select * from runs where run in (select run from searches where instr(text, 'gpt') > 0) and ${page}`,
  },
  'by a rare text': {
    ours: store => store.runs({ filter: { text: 'ftjob-zzz' } }),
    bare: `select * from runs where run in (select run from searches where instr(text, 'ftjob-zzz') > 0) and ${page}`,
  },
  facets: {
    ours: store => store.facets(),
    bare: `select kind, status, phase, base_model, organization_id, method, count(*) from runs
      where is_hidden = 0 group by kind, status, phase, base_model, organization_id, method`,
  },
  'facets of a common text': {
    ours: store => store.facets({ text: 'gpt' }),
    bare: `select kind, status, phase, base_model, organization_id, method, count(*) from runs
      where is_hidden = 0 and run in (select run from searches where instr(text, 'gpt') > 0)
      group by kind, status, phase, base_model, organization_id, method`,
  },
}

/** Milliseconds of CPU of the store and of the bare statement: medians of rounds in turn. */
const measured = async (store: Store, bare: DatabaseSync, { ours, bare: text, parameters = [] }: Query) => {
  const statement = bare.prepare(text)
  const times: { readonly store: Array<number>; readonly bare: Array<number> } = { store: [], bare: [] }
  for (let round = 0; round < 15; round++) {
    const from = cpu()
    await Effect.runPromise(ours(store))
    const between = cpu()
    statement.all(...parameters)
    times.store.push((between - from) * 1000)
    times.bare.push((cpu() - between) * 1000)
  }
  return { store: median(times.store), bare: median(times.bare) }
}

export const queryRow: Row = {
  name: 'store-queries',
  title: `queries of ${runs} runs on SQLite, CPU: the same as one prepared statement = 1`,
  run: () =>
    inFolder(async folder => {
      await imported(folder, 'runs.db', many())
      const bare = new DatabaseSync(join(folder, 'runs.db'))
      bare.exec('PRAGMA cache_size = -65536')
      const found = await Effect.runPromise(
        Effect.scoped(
          Effect.flatMap(openStore({ db: join(folder, 'runs.db') }), store =>
            Effect.forEach(Object.entries(queries), ([name, query]) =>
              Effect.map(
                Effect.promise(() => measured(store, bare, query)),
                times => ({ name, ...times }),
              ),
            ),
          ),
        ),
      )
      bare.close()
      return {
        figures: found.map(({ name, store, bare }) => [
          name,
          `${store.toFixed(1)} ms, bare ${bare.toFixed(1)} ms: ${(store / bare).toFixed(2)}x`,
        ]),
        goals: [
          {
            what: 'the slowest',
            measured: Math.max(...found.map(({ store }) => store)),
            unit: 'ms',
            target: 50,
            atMost: true,
          },
          {
            what: 'CPU of all, of bare statements',
            measured:
              found.reduce((sum, { store }) => sum + store, 0) /
              found.reduce((sum, { bare }) => sum + bare, 0),
            target: 1.5,
            atMost: true,
          },
        ],
      }
    }),
}

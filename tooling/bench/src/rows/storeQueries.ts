import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { observe } from '@finetune-kit/model'
import { simulateJobs } from '@finetune-kit/model/testing'
import { openStore, type Store, type StoreError } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import { median } from '../interleave.ts'
import { cpu, imported, inFolder } from '../peers/storing.ts'
import type { Row } from '../Row.ts'

const runs = 100_000

/** The last snapshots of many jobs, each with an id, a time and a model of its own. */
const many = (): ReadonlyArray<string> => {
  const jobs = simulateJobs().flatMap(({ snapshots }) => snapshots.slice(-1))
  return Array.from({ length: runs }, (_, i) => {
    const job = jobs[i % jobs.length]
    const createdAt = 1_600_000_000 + ((i * 7919) % 100_000_000)
    const record = { ...job, id: `ftjob-${i.toString(36)}`, created_at: createdAt }
    return JSON.stringify(observe({ seenAt: createdAt + 1000, source: 'bench' })(record))
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
  'a jump by an unindexed column': {
    ours: store => store.runs({ sort: 'duration', offset: runs / 2 }),
    bare: `select * from runs where run in (select run from runs where +is_hidden = 0 and duration is not null
      order by duration desc, run desc limit 101 offset ${runs / 2}) order by duration desc, run desc`,
  },
  'a jump by a text column': {
    ours: store => store.runs({ sort: 'id', offset: runs / 2 }),
    bare: `select * from runs where run in (select run from runs where +is_hidden = 0 and id is not null
      order by id desc, run desc limit 101 offset ${runs / 2}) order by id desc, run desc`,
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
      await imported(join(folder, 'runs.db'), many())
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

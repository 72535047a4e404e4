import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store } from '@finetune-kit/store'
import { Watcher } from '@finetune-kit/watch'
import * as Effect from 'effect/Effect'
import * as Fiber from 'effect/Fiber'
import { median } from '../interleave.ts'
import type { Row } from '../Row.ts'

const few = 1000
const many = 1_000_000
const rounds = 5

/** Milliseconds between looks for polls that are due, and of one sample. */
const interval = 10
const sampleTime = 1000

const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Schedules polls of this many watched runs, none of which is due within a quarter of an hour. */
const schedule = ({ sql }: Store, connection: number, count: number) =>
  Effect.gen(function* () {
    const numbers = `with recursive numbers (i) as (select 1 union all select i + 1 from numbers where i < ${count})`
    yield* sql.unsafe(`${numbers} insert into watches (connection, run_key, state, poll, created_at)
      select ${connection}, 'ftjob-' || i, 'active', 0, 0 from numbers`)
    yield* sql.unsafe(`insert into finetune_kit_polls
      (id, queue_name, element, state, attempts, visible_at, created_at, updated_at)
      select watch || ':0:0', 'polls:${connection}', '{"watch":' || watch || ',"n":0,"quiet":0}', 'pending', 0,
        datetime('now', (900 + watch % 280) || ' seconds'), current_timestamp, current_timestamp from watches`)
  })

/** The passes of the queue that keep its table in order, once a minute each. */
const maintenance = [
  `update finetune_kit_polls set state = 'failed' where queue_name = 'polls:1' and state = 'pending'
    and attempts >= 1000000 and (acquired_at is null or acquired_at < datetime('now', '-120 seconds'))`,
  `delete from finetune_kit_polls where sequence in (select sequence from finetune_kit_polls
    where state = 'completed' and updated_at <= datetime('now', '-300 seconds') limit 1000)`,
]

const measure = (db: string, count: number) =>
  Effect.scoped(
    Effect.gen(function* () {
      const store = yield* openStore({ db })
      const watcher = yield* Watcher.make(store, {
        clientOf: () => Effect.never,
        pollInterval: interval,
        concurrency: 1,
      })
      const { connection } = yield* watcher.connect({
        baseUrl: 'http://127.0.0.1:9/v1',
        dialect: 'openai',
        apiVersion: undefined,
        keyName: '',
      })
      yield* schedule(store, connection, count)
      const fiber = yield* Effect.forkChild(watcher.run)
      yield* Effect.sleep(sampleTime)
      const looks: Array<number> = []
      for (let i = 0; i < rounds; i++) {
        const before = cpu()
        yield* Effect.sleep(sampleTime)
        looks.push(((cpu() - before) * interval) / sampleTime)
      }
      yield* Fiber.interrupt(fiber)
      const passes: Array<number> = []
      for (let i = 0; i < rounds; i++) {
        const before = cpu()
        for (const statement of maintenance) yield* store.sql.unsafe(statement)
        passes.push(cpu() - before)
      }
      yield* store.sql`pragma wal_checkpoint(truncate)`
      return {
        look: median(looks),
        pass: median(passes),
        bytes: statSync(db).size,
        memory: process.memoryUsage().rss,
      }
    }),
  )

export const scheduleRow: Row = {
  name: 'schedule',
  title: `a look for polls that are due, ${many.toLocaleString('en')} scheduled, SQLite; CPU`,
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'finetune-bench-'))
    try {
      const small = await Effect.runPromise(measure(join(folder, 'few.db'), few))
      const large = await Effect.runPromise(measure(join(folder, 'many.db'), many))
      return {
        figures: [
          [`a look, ${few} scheduled`, `${small.look.toFixed(2)} ms`],
          ['a look', `${large.look.toFixed(2)} ms`],
          ['the two maintenance passes, once a minute', `${large.pass.toFixed(1)} ms`],
          ['database', `${(large.bytes / 1e6).toFixed(0)} MB`],
          ['memory of the process', `${(large.memory / 1e6).toFixed(0)} MB`],
        ],
        goals: [
          {
            what: `a look at ${many.toLocaleString('en')} against one at ${few.toLocaleString('en')}`,
            measured: large.look / small.look,
            target: 1.5,
            atMost: true,
          },
        ],
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

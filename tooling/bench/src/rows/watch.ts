import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DatabaseOptions, openStore, type Store } from '@finetune-kit/store'
import { Client, Watcher } from '@finetune-kit/watch'
import * as Context from 'effect/Context'
import * as Effect from 'effect/Effect'
import * as Fiber from 'effect/Fiber'
import * as Layer from 'effect/Layer'
import * as PersistedQueue from 'effect/persistence/PersistedQueue'
import * as Schema from 'effect/Schema'
import type * as Scope from 'effect/Scope'
import * as SqlClient from 'effect/sql/SqlClient'
import * as Stream from 'effect/Stream'
import { median } from '../interleave.ts'
import type { Row } from '../Row.ts'

const watched = 10_000
const due = 400
const polls = 800
const rounds = 4
const concurrency = 8

type Scoped<A> = Effect.Effect<A, unknown, Scope.Scope>

/** CPU seconds of this process while an effect runs. */
const cpuOf = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const before = process.cpuUsage()
    yield* effect
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1e6
  })

/** Runs an endless effect until a count of it is reached. */
const until = (count: () => number, forever: Effect.Effect<never>) =>
  Effect.gen(function* () {
    const goal = count() + polls
    const fiber = yield* Effect.forkChild(forever)
    while (count() < goal) yield* Effect.sleep(5)
    yield* Fiber.interrupt(fiber)
  })

const service: Scoped<string> = Effect.gen(function* () {
  const script = join(import.meta.dirname, '../peers/jobService.ts')
  const child = yield* Effect.acquireRelease(
    Effect.sync(() =>
      spawn(process.execPath, [...process.execArgv, script], { stdio: ['ignore', 'pipe', 'inherit'] }),
    ),
    started => Effect.sync(() => started.kill()),
  )
  const [line] = yield* Effect.promise(() => once(child.stdout, 'data'))
  return String(line).trim()
})

const runId = (i: number): string => `ftjob-${i}`

/** Watches 10,000 runs, of which these are due again and again. */
const watcherOf = (store: Store, client: Client.Client) =>
  Effect.gen(function* () {
    let made = 0
    const counted: Client.Client = {
      ...client,
      job: id => Effect.suspend(() => (made++, client.job(id))),
    }
    const watcher = yield* Watcher.make(store, {
      clientOf: () => Effect.succeed(counted),
      pace: { fastest: 0, slowest: 0 },
      pollInterval: '5 millis',
      concurrency,
    })
    const { connection } = yield* watcher.connect({
      baseUrl: client.source,
      dialect: 'openai',
      apiVersion: undefined,
      keyName: '',
    })
    yield* store.sql.withTransaction(
      Effect.forEach(
        Array.from({ length: watched }, (_, i) => i),
        i => watcher.watch(connection, runId(i)),
      ),
    )
    yield* store.sql`update finetune_kit_polls set visible_at = datetime('now', '+15 minutes')
      where sequence not in (select sequence from finetune_kit_polls order by sequence limit ${due})`
    return { watcher, made: () => made }
  })

/** The same queue and table with polls that offer the next one, no more. */
const bareQueue = (store: Store) =>
  Effect.gen(function* () {
    const layer = PersistedQueue.layer.pipe(
      Layer.provide(
        PersistedQueue.layerStoreSql({ tableName: 'finetune_kit_polls', pollInterval: '5 millis' }),
      ),
      Layer.provide(Layer.succeed(SqlClient.SqlClient, store.sql)),
    )
    const factory = Context.get(yield* Layer.build(layer), PersistedQueue.PersistedQueueFactory)
    const schema = Schema.Struct({ watch: Schema.Number, n: Schema.Number })
    const queue = yield* factory.make({ name: 'bare', schema })
    let made = 0
    const offer = (watch: number, n: number) => queue.offer({ watch, n }, { id: `${watch}:${n}` })
    for (let i = 0; i < due; i++) yield* offer(i, 0)
    const take = queue.take(({ watch, n }) => Effect.suspend(() => (made++, offer(watch, n + 1))))
    return { run: workers(Effect.orDie(take)), made: () => made }
  })

/** The two requests of a poll, of the run and of its events, by the same client and nothing else. */
const bareRequests = (client: Client.Client) => {
  let made = 0
  const pair = Effect.suspend(() => {
    const id = runId(made++ % due)
    return Effect.andThen(client.job(id), Stream.runDrain(client.events(id)))
  })
  return { run: workers(Effect.orDie(pair)), made: () => made }
}

const workers = (work: Effect.Effect<unknown>): Effect.Effect<never> =>
  Effect.flatMap(
    Effect.all(
      Array.from({ length: concurrency }, () => Effect.forever(work)),
      { concurrency: 'unbounded' },
    ),
    () => Effect.never,
  )

const measure = (options: DatabaseOptions) =>
  Effect.gen(function* () {
    const store = yield* openStore(options)
    const client = yield* Client.make({ baseUrl: yield* service })
    const { watcher, made } = yield* watcherOf(store, client)
    const contestants = [{ run: watcher.run, made }, yield* bareQueue(store), bareRequests(client)] as const
    // the first polls store everything; those that count find nothing new
    for (const { run, made } of [contestants[0], ...contestants]) yield* until(made, run)
    const samples: Array<ReadonlyArray<number>> = []
    for (let i = 0; i < rounds; i++)
      samples.push(yield* Effect.forEach(contestants, ({ run, made }) => cpuOf(until(made, run))))
    const stored = yield* store.count()
    if (stored !== due) yield* Effect.die(`watch: ${stored} runs were polled, not ${due}: some had news`)
    return samples
  })

export const watchRow: Row = {
  name: 'watch',
  title: `a poll without news, ${watched.toLocaleString('en')} watched runs, SQLite; CPU`,
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'finetune-bench-'))
    const samples = await Effect.runPromise(Effect.scoped(measure({ db: join(folder, 'runs.db') }))).finally(
      () => rmSync(folder, { recursive: true, force: true }),
    )
    const perSecond = (i: number) =>
      `${Math.round(polls / median(samples.map(sample => sample[i] ?? 0)))} /CPU s`
    return {
      figures: [
        ['polls of the watcher', perSecond(0)],
        ['polls of a bare queue, without requests', perSecond(1)],
        ['pairs of bare requests', perSecond(2)],
      ],
      goals: [
        {
          what: 'a poll against a bare queue poll plus two bare requests of the same client',
          measured: median(samples.map(([poll = 0, queue = 0, requests = 0]) => poll / (queue + requests))),
          target: 1.3,
          atMost: true,
        },
      ],
    }
  },
}

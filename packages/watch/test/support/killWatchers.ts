import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type DatabaseOptions, openStore } from '@finetune-kit/store'
import { Watcher } from '@finetune-kit/watch'
import { FakeService } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import { expect } from 'vitest'
import type { TestDatabase } from '@finetune-kit/checks/databases'
import { expectStored } from './expectStored.ts'

export interface KillPlan {
  readonly jobs: number
  readonly processes: number
  readonly kills: number
  /** Milliseconds that a process may run before a kill, at most. */
  readonly mayRun: number
  /** Seconds of the service in one real second. */
  readonly speed: number
}

const script = join(import.meta.dirname, 'watchForever.ts')

const start = async (
  options: DatabaseOptions,
  { baseUrl, key }: FakeService.FakeService,
): Promise<ChildProcess> => {
  const args = ['--conditions=@finetune-kit/source', script, JSON.stringify(options), baseUrl, key]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), once(child, 'close')])
  return child
}

const kill = async (child: ChildProcess): Promise<void> => {
  const closed = once(child, 'close')
  child.kill('SIGKILL')
  await closed
  expect(child.signalCode).toBe('SIGKILL')
}

/** Faults that leave the order of lists as it is: else events of one second have none. */
const kinds = [
  'dropped',
  'dropped-in-body',
  'server-error',
  'bad-gateway',
  'html',
  'truncated',
  'twice',
] as const

/**
 * Watches all runs of a service that fails at 24 % of requests and repeats 10 % of pages, by
 * processes that are killed at random moments. Checks that every run is stored whole.
 */
export const killWatchers = (database: TestDatabase, { jobs, processes, kills, mayRun, speed }: KillPlan) =>
  Effect.scoped(
    Effect.gen(function* () {
      const faults = { rate: 0.24, repeatedPages: 0.1, kinds }
      const service = yield* FakeService.make({ jobs, interval: 2, speed, startsAt: 1_750_000_000, faults })
      const options = yield* database.fresh
      const store = yield* openStore(options)
      const children = yield* Effect.acquireRelease(Effect.succeed([] as Array<ChildProcess>), all =>
        Effect.sync(() => all.forEach(child => child.kill('SIGKILL'))),
      )
      for (let i = 0; i < processes; i++) children.push(yield* Effect.promise(() => start(options, service)))
      for (let i = 0; i < kills; i++) {
        yield* Effect.sleep(Math.random() * mayRun)
        const victim = Math.floor(Math.random() * processes)
        yield* Effect.promise(() => kill(children[victim] as ChildProcess))
        children[victim] = yield* Effect.promise(() => start(options, service))
      }
      const watches = Effect.map(
        Effect.scoped(
          Effect.flatMap(Watcher.make(store, { clientOf: () => Effect.never }), watcher => watcher.watches),
        ),
        all => all.filter(({ runId }) => runId !== undefined),
      )
      for (;;) {
        const all = yield* watches
        if (all.length === jobs && all.every(({ state }) => state === 'ended')) break
        expect(all.filter(({ state }) => state === 'paused')).toEqual([])
        yield* Effect.sleep(1000)
      }
      for (const child of children) yield* Effect.promise(() => kill(child))
      for (const life of service.lives) yield* expectStored(store, life)
      const failed = yield* store.sql`select id from finetune_kit_polls where state = 'failed'`
      expect(failed).toEqual([])
      return { requests: service.requests(), events: service.lives.flatMap(({ events }) => events).length }
    }),
  )

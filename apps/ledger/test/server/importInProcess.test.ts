import { type ChildProcess, execFileSync } from 'node:child_process'
import { createWriteStream, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { simulateJobs, toNdjson } from '@finetune-kit/model/testing'
import { openStore } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as Fiber from 'effect/Fiber'
import type * as Scope from 'effect/Scope'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { importInProcess } from '../../src/server/imports/importInProcess.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const started = vi.hoisted((): Array<ChildProcess> => [])

vi.mock('node:child_process', async importOriginal => {
  const original = await importOriginal<typeof import('node:child_process')>()
  return {
    ...original,
    fork: (...args: Parameters<typeof original.fork>) => {
      const child = original.fork(...args)
      started.push(child)
      return child
    },
  }
})

afterEach(() => void started.splice(0))

const folder = temporaryFolder()

const last = simulateJobs()[0]?.snapshots.at(-1)

const runsOf = (name: string, count: number): string =>
  toNdjson(Array.from({ length: count }, (_, i) => ({ ...last, id: `ftjob-${name}-${i}` })))

/** A file of this many runs of its own. */
const fileOf = (count: number) => {
  const name = `${Math.random()}.ndjson`
  const path = join(folder, name)
  writeFileSync(path, runsOf(name, count))
  return { path, name }
}

/** A pipe that stays open: its import lasts until it is ended, after a first transaction. */
const endlessFile = () => {
  const path = join(folder, `${Math.random()}.pipe`)
  execFileSync('mkfifo', [path])
  const writer = createWriteStream(path)
  writer.on('error', () => {}) // the reader was killed
  writer.write(runsOf('endless', 5000))
  onTestFinished(() => void writer.destroy())
  return { path, name: path }
}

const soon = (check: () => void) => Effect.promise(() => vi.waitFor(check, { timeout: 60_000 }))

const newDatabase = () => ({ db: join(mkdtempSync(join(folder, 'store-')), 'runs.db') })

const run = <A, E>(effect: Effect.Effect<A, E, Scope.Scope>) => Effect.runPromise(Effect.scoped(effect))

const ended = ([child]: ReadonlyArray<ChildProcess>) => child?.signalCode ?? child?.exitCode

test('one process imports files one after the other, also after one that fails, and ends', async () => {
  const database = newDatabase()
  await run(
    Effect.gen(function* () {
      const importFile = yield* importInProcess(database, 3000)
      for (const runs of [1, 2, 3])
        expect(yield* importFile(fileOf(runs), () => {})).toMatchObject({ added: runs, rejected: 0 })
      const missing = importFile({ path: join(folder, 'none'), name: 'none.json' }, () => {})
      expect(yield* Effect.flip(missing)).toMatchObject({ message: expect.stringMatching(/^none\.json: /) })
      expect(yield* importFile(fileOf(4), () => {})).toMatchObject({ added: 4 })
      expect(started).toHaveLength(1)
      expect(ended(started)).toBe(null)
      yield* soon(() => expect(ended(started)).toBe(0))
      expect(yield* importFile(fileOf(5), () => {})).toMatchObject({ added: 5 })
      expect(started).toHaveLength(2)
      const store = yield* openStore(database)
      expect(yield* store.count()).toBe(15)
    }),
  )
  // the process that waits ends with its scope
  expect(ended(started.slice(1))).toBe('SIGKILL')
})

test('a process that ends itself is not used again, whether it imports or waits', async () => {
  await run(
    Effect.gen(function* () {
      const importFile = yield* importInProcess(newDatabase())
      const killed = importFile(endlessFile(), () => started.at(-1)?.kill('SIGKILL'))
      expect(yield* Effect.flip(killed)).toMatchObject({
        message: 'import: it ended early (SIGKILL). Repeat it.',
      })
      expect(yield* importFile(fileOf(1), () => {})).toMatchObject({ added: 1 })
      started[1]?.kill('SIGKILL')
      yield* soon(() => expect(ended(started.slice(1))).toBe('SIGKILL'))
      expect(yield* importFile(fileOf(2), () => {})).toMatchObject({ added: 2 })
      started[2]?.kill('SIGKILL')
      yield* soon(() => expect(ended(started.slice(2))).toBe('SIGKILL'))
    }),
  )
  expect(started).toHaveLength(3)
})

test('an import that is interrupted kills its process, and the next one has another', async () => {
  await run(
    Effect.gen(function* () {
      const importFile = yield* importInProcess(newDatabase())
      expect(yield* importFile(fileOf(1), () => {})).toMatchObject({ added: 1 })
      const isRunning = Promise.withResolvers<void>()
      const fiber = yield* Effect.forkChild(importFile(endlessFile(), () => isRunning.resolve()))
      yield* Effect.promise(() => isRunning.promise)
      yield* Fiber.interrupt(fiber)
      expect(ended(started)).toBe('SIGKILL')
      expect(yield* importFile(fileOf(2), () => {})).toMatchObject({ added: 2 })
      expect(started).toHaveLength(2)
    }),
  )
})

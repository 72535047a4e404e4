import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { describe, expect, test } from 'vitest'
import type { DatabaseOptions } from '../src/openDatabase.ts'
import { openStore, type Store } from '../src/openStore.ts'
import { databases } from '@finetune-kit/checks/databases'
import { livesOf } from '../test/support/livesOf.ts'

const kills = Number(process.env['FINETUNE_KIT_KILLS'] ?? 50)

/** Milliseconds of import before a kill: at least one import is acknowledged, few are. */
const mayRun = 250

const script = join(import.meta.dirname, '../test/support/importForever.ts')

/** Runs an importer, kills it at a random moment, and returns the last seed it acknowledged. */
const killImporter = async (options: DatabaseOptions, seed: number): Promise<number> => {
  const child = spawn(
    process.execPath,
    ['--conditions=@finetune-kit/source', script, JSON.stringify(options), String(seed)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let output = ''
  child.stdout.on('data', chunk => (output += chunk))
  const closed = once(child, 'close')
  await Promise.race([once(child.stdout, 'data'), closed])
  await new Promise(resolve => setTimeout(resolve, Math.random() * mayRun))
  child.kill('SIGKILL')
  await closed
  expect(child.signalCode).toBe('SIGKILL')
  return Math.max(seed - 1, ...output.split('\n').slice(0, -1).map(Number))
}

const digestsOf = (store: Store) =>
  Effect.gen(function* () {
    const digests = new Map<string, unknown>()
    let after: string | undefined
    do {
      const page = yield* store.runs({ limit: 500, ...(after === undefined ? {} : { after }) })
      for (const { summary, born } of page.runs)
        digests.set(`${summary.id} ${born}`, yield* store.verify({ id: summary.id, born }))
      after = page.next
    } while (after !== undefined)
    return digests
  })

describe.each(databases)('kill -9 during imports on $name', ({ fresh }) => {
  test(`${kills} kills lose nothing that was acknowledged and leave nothing half`, () =>
    Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const options = yield* fresh
          let acknowledged = 0
          for (let i = 0; i < kills; i++)
            acknowledged = yield* Effect.promise(() => killImporter(options, acknowledged + 1))
          expect(acknowledged).toBeGreaterThanOrEqual(kills)
          const store = yield* openStore(options)
          const survived = yield* digestsOf(store)
          const bad = [...survived].filter(([, found]) => (found as { _tag: string })._tag !== 'Sound')
          expect(bad).toEqual([])
          const whole = yield* openStore(yield* fresh)
          for (let seed = 1; seed <= acknowledged; seed++) {
            const report = yield* store.importObservations(Stream.make(livesOf(seed)), { source: 'again' })
            expect(report).toMatchObject({ added: 0, changed: 0, items: 0, rejected: 0 })
            yield* whole.importObservations(Stream.make(livesOf(seed)), { source: 'whole' })
          }
          for (const [name, digest] of yield* digestsOf(whole)) expect(survived.get(name)).toEqual(digest)
        }),
      ),
    ))
})

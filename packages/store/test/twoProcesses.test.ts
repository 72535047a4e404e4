import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { describe, expect, test } from 'vitest'
import { openStore } from '../src/openStore.ts'
import { databases } from '@finetune-kit/checks/databases'
import { livesOf } from './support/livesOf.ts'
import { both, digestsOf, inputOf } from './support/withStore.ts'

const script = join(import.meta.dirname, 'support/importForever.ts')

const args = (options: object, seed: number) => [
  '--conditions=@finetune-kit/source',
  script,
  JSON.stringify(options),
  String(seed),
]

describe.each(databases)('two processes on $name', ({ fresh }) => {
  test('two processes import at once, lose nothing, and each sees what the other has written', () =>
    Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const options = yield* fresh
          const store = yield* openStore(options)
          const child = spawn(process.execPath, args(options, 7), { stdio: ['ignore', 'pipe', 'inherit'] })
          const closed = once(child, 'close')
          let acknowledged = ''
          child.stdout.on('data', chunk => (acknowledged += chunk))
          yield* Effect.promise(() => Promise.race([once(child.stdout, 'data'), closed]))
          // small batches, so that the two take turns
          for (let i = 0; i < both.length; i += 50)
            yield* store.importObservations(inputOf(both.slice(i, i + 50)), { source: 'test' })
          child.kill('SIGKILL')
          yield* Effect.promise(() => closed)
          const seeds = acknowledged.split('\n').slice(0, -1).map(Number)
          expect(seeds.length).toBeGreaterThan(0)
          for (const seed of seeds)
            expect(
              yield* store.importObservations(Stream.make(livesOf(seed)), { source: 'again' }),
            ).toMatchObject({ added: 0, changed: 0, items: 0 })
          expect(yield* store.importObservations(inputOf(both), { source: 'again' })).toMatchObject({
            added: 0,
            changed: 0,
            items: 0,
          })
          for (const found of Object.values(yield* digestsOf(store)))
            expect(found).toMatchObject({ _tag: 'Sound' })
        }),
      ),
    ))
})

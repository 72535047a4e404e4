import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import * as Effect from 'effect/Effect'

const script = join(import.meta.dirname, '../../../../tooling/checks/src/databases/runPostgres.ts')

/** A PostgreSQL of its own that a test stops, as if it had died, and starts again. */
export const restartablePostgres = Effect.gen(function* () {
  const child = yield* Effect.acquireRelease(
    Effect.sync(() => spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] })),
    started =>
      Effect.promise(() => {
        started.stdin.end()
        return once(started, 'close')
      }),
  )
  const answer = Effect.promise(async () => String(await once(child.stdout, 'data')).trim())
  const obey = (word: string) =>
    Effect.andThen(
      Effect.sync(() => child.stdin.write(`${word}\n`)),
      answer,
    )
  return { url: `${yield* answer}/postgres`, stop: obey('stop'), start: obey('start') }
})

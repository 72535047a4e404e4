import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import * as Fiber from 'effect/Fiber'
import * as Stream from 'effect/Stream'
import { expect, test, vi } from 'vitest'
import { runImport } from '../../src/server/imports/ImportJob.ts'
import * as Imports from '../../src/server/imports/Imports.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const folder = temporaryFolder()

const filesIn = (parent: string) => readdirSync(parent).flatMap(name => readdirSync(join(parent, name)))

test('an upload that fails, or whose client goes, leaves no file', async () => {
  const parent = mkdtempSync(join(folder, 'uploads-'))
  vi.stubEnv('TMPDIR', parent)
  const begun = Stream.make(new TextEncoder().encode('{"object":'))
  const test = Effect.gen(function* () {
    const imports = yield* Imports.make(yield* openStore({ db: ':memory:' }), { db: ':memory:' })
    const start = (rest: Stream.Stream<Uint8Array, unknown>) =>
      imports.start({ name: 'half.ndjson', runId: undefined, bytes: Stream.concat(begun, rest) })
    expect(yield* Effect.flip(start(Stream.fail('lost')))).toMatchObject({ status: 400 })
    const waiting = yield* Effect.forkChild(start(Stream.never))
    while (filesIn(parent).length === 0) yield* Effect.sleep(5)
    yield* Fiber.interrupt(waiting)
    expect(filesIn(parent)).toEqual([])
  })
  await Effect.runPromise(Effect.scoped(test))
  vi.unstubAllEnvs()
})

test('the rejected records of an import that is forgotten are removed', async () => {
  const parent = mkdtempSync(join(folder, 'uploads-'))
  vi.stubEnv('TMPDIR', parent)
  const test = Effect.gen(function* () {
    const imports = yield* Imports.make(yield* openStore({ db: ':memory:' }), { db: ':memory:' })
    const bytes = Stream.make(new TextEncoder().encode('{"id":1}\n'))
    for (let i = 1; i <= 103; i++) {
      yield* imports.start({ name: `${i}.ndjson`, runId: undefined, bytes })
      yield* Stream.runDrain(yield* imports.follow(String(i)))
    }
    const kept = (yield* imports.all).map(({ id }) => `${id}.rejects`)
    expect(kept).not.toContain('1.rejects')
    const files = filesIn(parent).filter(name => name.endsWith('.rejects'))
    expect(files.toSorted()).toEqual(kept.toSorted())
  })
  await Effect.runPromise(Effect.scoped(test))
  vi.unstubAllEnvs()
})

test('an import whose rejected records find no space fails with a sentence', async () => {
  const path = join(folder, 'bad.ndjson')
  writeFileSync(path, '{"id":1}\n'.repeat(20))
  const test = Effect.flatMap(openStore({ db: ':memory:' }), store =>
    Effect.flip(runImport(store, { path, name: 'bad.ndjson', rejectsPath: '/dev/full' })),
  )
  expect((await Effect.runPromise(Effect.scoped(test))).message).toBe(
    'bad.ndjson: no space is left for its rejected records. Free some, and import it again; what is imported stays.',
  )
})

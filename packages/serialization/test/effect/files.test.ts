import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Effect from 'effect/Effect'
import * as Fiber from 'effect/Fiber'
import * as Stream from 'effect/Stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readFile, writeFile } from '@finetune-kit/serialization/effect'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'finetune-kit-files-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const bytes = (...texts: ReadonlyArray<string>) =>
  Stream.fromIterable(texts.map(text => new TextEncoder().encode(text)))

const read = (path: string) => Effect.runPromise(readFile(path).pipe(Stream.runDrain, Effect.flip))
const write = (path: string) => Effect.runPromise(Effect.flip(writeFile(path)(bytes('x'))))

test('writeFile writes what readFile reads', async () => {
  const path = join(folder, 'a')
  const parts = Array.from({ length: 1000 }, (_, i) => `${i} `.repeat(1000))
  await Effect.runPromise(writeFile(path)(bytes(...parts)))
  const text = readFile(path).pipe(Stream.decodeText(), Stream.mkString)
  expect(await Effect.runPromise(text)).toBe(parts.join(''))
  expect(readdirSync(folder)).toEqual(['a'])
})

test('readFile says why a file cannot be read', async () => {
  expect(await read(join(folder, 'none'))).toMatchObject({
    reason: 'there is no such file or folder',
    code: 'ENOENT',
  })
  expect(await read(folder)).toMatchObject({ reason: 'it is a folder, not a file', code: 'EISDIR' })
})

test('writeFile leaves the old file and nothing beside it when the bytes fail', async () => {
  const path = join(folder, 'a')
  writeFileSync(path, 'old')
  const failing = Stream.concat(bytes('new'), Stream.fail('no more' as const))
  expect(await Effect.runPromise(Effect.flip(writeFile(path)(failing)))).toBe('no more')
  expect(readdirSync(folder)).toEqual(['a'])
  expect(readFileSync(path, 'utf8')).toBe('old')
})

test('writeFile leaves the old file and nothing beside it when it is interrupted', async () => {
  const path = join(folder, 'a')
  writeFileSync(path, 'old')
  await Effect.runPromise(
    Effect.gen(function* () {
      const writing = yield* Effect.forkChild(writeFile(path)(Stream.concat(bytes('new'), Stream.never)))
      yield* Effect.promise(async () => {
        while (readdirSync(folder).length < 2) await new Promise(resolve => setTimeout(resolve, 5))
      })
      yield* Fiber.interrupt(writing)
    }),
  )
  expect(readdirSync(folder)).toEqual(['a'])
  expect(readFileSync(path, 'utf8')).toBe('old')
})

test('writeFile replaces the file behind a link, not the link', async () => {
  writeFileSync(join(folder, 'real'), 'old')
  symlinkSync(join(folder, 'real'), join(folder, 'link'))
  await Effect.runPromise(writeFile(join(folder, 'link'))(bytes('new')))
  expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('new')
  expect(readdirSync(folder).toSorted()).toEqual(['link', 'real'])
})

test('writeFile writes to a device as it is', async () => {
  await Effect.runPromise(writeFile('/dev/null')(bytes('new')))
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
})

test('writeFile says why a file cannot be written', async () => {
  expect(await write(join(folder, 'none/a'))).toMatchObject({ reason: 'there is no such file or folder' })
  expect(await write(folder)).toMatchObject({ _tag: 'FileTrouble', reason: 'it is a folder, not a file' })
})

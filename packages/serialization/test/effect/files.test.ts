import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Effect from 'effect/Effect'
import * as Fiber from 'effect/Fiber'
import * as Stream from 'effect/Stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fromNodeError, nameTogether, readFile, writeFile } from '@finetune-kit/serialization/effect'

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
    reason: 'no such file. Check the path',
    code: 'ENOENT',
  })
  expect(await read(folder)).toMatchObject({ reason: 'is a folder. Pass a file', code: 'EISDIR' })
  expect(await read(join(folder, 'na\ufffdme'))).toMatchObject({
    reason: 'no such file, or its name is not UTF-8. Rename it, or pass its content as standard input',
  })
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

test('writeFile leaves the old content to other hard links of a file', async () => {
  const [path, other] = [join(folder, 'a'), join(folder, 'b')]
  writeFileSync(path, 'old')
  linkSync(path, other)
  await Effect.runPromise(writeFile(path)(bytes('new')))
  expect([readFileSync(path, 'utf8'), readFileSync(other, 'utf8')]).toEqual(['new', 'old'])
})

test.skipIf(process.getuid?.() !== 0)('writeFile keeps the owner of the file that it replaces', async () => {
  const path = join(folder, 'owned')
  writeFileSync(path, 'old')
  chownSync(path, 1234, 5678)
  await Effect.runPromise(writeFile(path)(bytes('new')))
  const { uid, gid } = statSync(path)
  expect([readFileSync(path, 'utf8'), uid, gid]).toEqual(['new', 1234, 5678])
})

test('writeFile keeps the mode of the file that it replaces, from the first byte on', async () => {
  const path = join(folder, 'secret')
  writeFileSync(path, 'old')
  chmodSync(path, 0o600)
  const modes: Array<number> = []
  const look = Stream.sync(() => {
    for (const name of readdirSync(folder)) modes.push(statSync(join(folder, name)).mode & 0o777)
    return new TextEncoder().encode('new')
  })
  await Effect.runPromise(writeFile(path)(look))
  expect([modes, statSync(path).mode & 0o777]).toEqual([[0o600, 0o600], 0o600])
})

test('writeFile refuses a link to nothing', async () => {
  const link = join(folder, 'link')
  symlinkSync(join(folder, 'none'), link)
  expect(await write(link)).toMatchObject({
    reason: 'a link to a file that does not exist. Remove the link or create the file',
  })
  expect(readdirSync(folder)).toEqual(['link'])
})

test('writeFile takes a name as long as the file system does', async () => {
  const name = 'é'.repeat(127)
  await Effect.runPromise(writeFile(join(folder, name))(bytes('x')))
  expect(readdirSync(folder)).toEqual([name])
  expect(await write(join(folder, 'x'.repeat(256)))).toMatchObject({ code: 'ENAMETOOLONG' })
  expect(readdirSync(folder)).toEqual([name])
})

test('writeFile uses a temporary file that no other process can have named', async () => {
  const path = join(folder, 'a')
  const seen: Array<string> = []
  const look = Stream.sync(() => {
    seen.push(...readdirSync(folder))
    return new Uint8Array(1)
  })
  await Effect.runPromise(Effect.all([writeFile(path)(look), writeFile(path)(look)], { concurrency: 2 }))
  for (const name of seen) expect(name).toMatch(/^\.a\.[0-9a-f-]{36}\.part$/)
  expect(readdirSync(folder)).toEqual(['a'])
})

test.skipIf(!existsSync('/proc/self/fd'))('writeFile adds to what an open descriptor holds', () => {
  const log = join(folder, 'log')
  const module = new URL('../../src/effect/index.ts', import.meta.url).href
  symlinkSync('/dev/stdout', join(folder, 'link'))
  for (const path of ['/dev/fd/1', '/proc/self/fd/1', join(folder, 'link'), '/dev/fd/3']) {
    writeFileSync(log, 'before\n')
    const script = `
      const { writeFile } = await import(${JSON.stringify(module)})
      const Stream = await import('effect/Stream')
      const Effect = await import('effect/Effect')
      await Effect.runPromise(writeFile(${JSON.stringify(path)})(Stream.make(new TextEncoder().encode('more\\n'))))`
    const flags = ['--conditions=@finetune-kit/source', '--input-type=module', '-e', script]
    const { stderr } = spawnSync(
      'sh',
      ['-c', 'log=$1; shift; exec "$@" >> "$log" 3>&1', 'sh', log, process.execPath, ...flags],
      { cwd: import.meta.dirname, encoding: 'utf8' },
    )
    expect([path, stderr, readFileSync(log, 'utf8')]).toEqual([path, '', 'before\nmore\n'])
  }
})

test('writeFile writes to a device as it is', async () => {
  await Effect.runPromise(writeFile('/dev/null')(bytes('new')))
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
})

test('writeFile says why a file cannot be written', async () => {
  expect(await write(join(folder, 'none/a'))).toMatchObject({ reason: 'no such folder. Create it first' })
  expect(await write(folder)).toMatchObject({ _tag: 'FileError', reason: 'is a folder. Pass a file' })
})

test('nameTogether names files once all are written, and none if one fails', async () => {
  const [a, b, c] = [join(folder, 'a'), join(folder, 'b'), join(folder, 'no', 'c')]
  writeFileSync(b, 'old')
  const names = () => readdirSync(folder).filter(name => !name.startsWith('.'))
  const first = writeFile(a)(bytes('1'))
  const whileWriting = Effect.sync(() => expect([names(), readFileSync(b, 'utf8')]).toEqual([['b'], 'old']))
  const second = Effect.andThen(writeFile(b)(bytes('2')), whileWriting)
  const failing = Effect.andThen(first, Effect.andThen(second, writeFile(c)(bytes('3'))))
  expect(await Effect.runPromise(Effect.flip(nameTogether(failing)))).toMatchObject({ path: c })
  expect([readdirSync(folder), readFileSync(b, 'utf8')]).toEqual([['b'], 'old'])
  await Effect.runPromise(nameTogether(Effect.all([first, second], { concurrency: 2 })))
  expect([readdirSync(folder), readFileSync(a, 'utf8'), readFileSync(b, 'utf8')]).toEqual([
    ['a', 'b'],
    '1',
    '2',
  ])
})

test.each(['EDQUOT', 'EFBIG', 'EIO'])('fromNodeError has a remedy for %s, of a shared disk', code => {
  const error = Object.assign(new Error(`${code}: words`), { code })
  expect(fromNodeError('a', 'write')(error).reason).toMatch(/^(?!E[A-Z])\w.*\. (Free|Write|Check) /)
})

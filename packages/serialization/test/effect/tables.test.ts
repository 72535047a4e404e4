import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { annotate, Finite, Integer, record } from '@finetune-kit/codec'
import { CsvTables } from '@finetune-kit/serialization'
import {
  type BadRecord,
  type BadRecordPolicy,
  readFile,
  readTables,
  tally,
  writeFiles,
  writeTables,
} from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Fiber from 'effect/Fiber'
import * as Stream from 'effect/Stream'
import * as t from 'io-ts'
import { afterEach, beforeEach, expect, test } from 'vitest'

const Run = annotate(
  record(
    'Run',
    { id: t.string, events: t.array(record('Event', { at: Finite })) },
    { files: t.array(record('File', { n: Integer })) },
  ),
  { identity: { key: 'id' } },
)
const tables = CsvTables.of(Run)

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'finetune-kit-tables-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const names = ['runs.csv', 'runs.events.csv', 'runs.files.csv']
const paths = () => names.map(name => join(folder, name))
const contents = () => paths().map(path => readFileSync(path, 'utf8'))
const runs = Array.from({ length: 3000 }, (_, i) => ({
  id: `ft-${i}`,
  events: Array.from({ length: i % 7 }, (__, at) => ({ at })),
  ...(i % 3 === 0 && { files: [{ n: i }] }),
}))
const kept =
  (into: Array<BadRecord>): BadRecordPolicy =>
  bad =>
    Effect.sync(() => void into.push(...bad))
const bytes = (...texts: ReadonlyArray<string>) =>
  Stream.fromIterable(texts.map(text => new TextEncoder().encode(text)))

test('writeTables writes files that readTables reads', async () => {
  const [written, read] = [tally(), tally()]
  await Effect.runPromise(
    Stream.fromIterable(runs, { chunkSize: 100 }).pipe(
      writeTables(tables, { write: writeFiles(paths()), tally: written }),
    ),
  )
  expect(readdirSync(folder).toSorted()).toEqual(names)
  const back = readTables(tables, { tally: read })(paths().map(readFile))
  expect(await Effect.runPromise(Stream.runCollect(back))).toEqual(runs)
  const size = contents().reduce((n, text) => n + text.length, 0)
  expect([written, read]).toEqual([
    { bytes: 0, read: 0, rejected: 0, written: 3000 },
    { bytes: size, read: 3000, rejected: 0, written: 0 },
  ])
})

test('readTables fails at the first bad record behind the good ones, or hands the bad ones over, and counts', async () => {
  const inputs = [
    bytes('id,events\na,1\n', 'b,2\nc,1\n'),
    bytes('parent_id,at\na,1\nz,', '9\nb,2\nc,3\n'),
    Stream.empty,
  ]
  const [bad, count, seen]: [Array<BadRecord>, ReturnType<typeof tally>, Array<unknown>] = [[], tally(), []]
  const good = readTables(tables, { bad: kept(bad), tally: count })(inputs)
  expect(await Effect.runPromise(Stream.runCollect(good))).toEqual([
    { id: 'a', events: [{ at: 1 }] },
    { id: 'c', events: [{ at: 3 }] },
  ])
  expect(bad).toMatchObject([
    { table: 'events', line: 3, records: 0 },
    { line: 3, error: { issues: [{ path: ['events'] }] } },
  ])
  expect(count).toEqual({ bytes: 51, read: 3, rejected: 1, written: 0 })
  const failing = readTables(tables)(inputs).pipe(
    Stream.runForEach(run => Effect.sync(() => void seen.push(run))),
    Effect.flip,
  )
  expect(await Effect.runPromise(failing)).toEqual(bad[0])
  expect(seen).toEqual([{ id: 'a', events: [{ at: 1 }] }])
})

test('readTables reads no table further than it needs', async () => {
  let asked = 0
  const endless = Stream.fromIterable(
    (function* () {
      for (;;) {
        asked++
        yield new TextEncoder().encode('b,1\n')
      }
    })(),
    { chunkSize: 1 },
  )
  const inputs = [
    bytes('id,events\na,1\nb,1\n'),
    Stream.concat(bytes('parent_id,at\na,1\n'), endless),
    Stream.empty,
  ]
  expect(await Effect.runPromise(Stream.runCollect(Stream.take(readTables(tables)(inputs), 1)))).toHaveLength(
    1,
  )
  expect(asked).toBeLessThan(5)
})

const worse = runs.toSpliced(1500, 0, { id: 'bad', events: [{ at: Number.NaN }] })

test('writeTables leaves the old files and nothing beside them when a record cannot be written, and goes on without it where it is to', async () => {
  for (const path of paths().slice(0, 2)) writeFileSync(path, 'old')
  const write = (bad: BadRecordPolicy, count = tally()) =>
    Stream.fromIterable(worse, { chunkSize: 100 }).pipe(
      writeTables(tables, { write: writeFiles(paths()), bad, tally: count }),
    )
  expect(await Effect.runPromise(Effect.flip(write('fail')))).toMatchObject({
    _tag: 'UnencodableRecord',
    index: 1500,
    error: { path: ['events', 0, 'at'] },
  })
  expect(readdirSync(folder).toSorted()).toEqual(names.slice(0, 2))
  expect(
    paths()
      .slice(0, 2)
      .map(path => readFileSync(path, 'utf8')),
  ).toEqual(['old', 'old'])
  const [bad, count]: [Array<BadRecord>, ReturnType<typeof tally>] = [[], tally()]
  await Effect.runPromise(write(kept(bad), count))
  expect(bad).toMatchObject([{ index: 1500 }])
  expect(count).toMatchObject({ written: 3000, rejected: 1 })
  const back = readTables(tables)(paths().map(readFile))
  expect(await Effect.runPromise(Stream.runCollect(back))).toEqual(runs)
})

test('writeTables leaves nothing when it is interrupted', async () => {
  await Effect.runPromise(
    Effect.gen(function* () {
      const records = Stream.concat(Stream.fromIterable(runs), Stream.never)
      const writing = yield* Effect.forkChild(writeTables(tables, { write: writeFiles(paths()) })(records))
      yield* Effect.promise(async () => {
        while (readdirSync(folder).length < 3) await new Promise(resolve => setTimeout(resolve, 5))
      })
      yield* Fiber.interrupt(writing)
    }),
  )
  expect(readdirSync(folder)).toEqual([])
})

test('writeFiles leaves all files as they were when one of them cannot have its name', async () => {
  writeFileSync(join(folder, 'a'), 'old')
  const inTheWay = join(folder, 'c')
  const late = Stream.concat(bytes('new'), Stream.drain(Stream.sync(() => mkdirSync(inTheWay))))
  const write = writeFiles(['a', 'b', 'c'].map(name => join(folder, name)))([
    bytes('new'),
    bytes('new'),
    late,
  ])
  expect(await Effect.runPromise(Effect.flip(write))).toMatchObject({ _tag: 'FileError', path: inTheWay })
  expect(readdirSync(folder).toSorted()).toEqual(['a', 'c'])
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old')
  rmdirSync(inTheWay)
})

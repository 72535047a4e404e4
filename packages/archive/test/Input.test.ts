import { globSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type FineTuneSnapshot as Snapshot, FineTuneSnapshot } from '@finetune-kit/model'
import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { encodeAll } from '@finetune-kit/serialization'
import { Parquet } from '@finetune-kit/serialization/parquet'
import { drawFileError, type FileError } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { expect, test, vi } from 'vitest'
import { codecForInput, type InputSource, openInput, readBatches, readWhole } from '@finetune-kit/archive'
import { temporaryFolder } from './temporaryFolder.ts'

const folder = temporaryFolder()
const written = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

const records = simulateRuns().slice(0, 5)
const text = toNdjson(records)

/**
 * Reads an input. Returns its format and kind as detected, its records and the number of rejects.
 */
const read = (source: InputSource) =>
  Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const input = yield* openInput(source)
        const batches = readBatches(codecForInput(input))(input)
        const results = (yield* Stream.runCollect(Stream.map(batches, batch => [...batch]))).flat()
        const values = results.flatMap(result => (result._tag === 'Record' ? [result.value] : []))
        return {
          format: input.format.name,
          kind: input.kind?.name,
          values,
          rejects: results.length - values.length,
        }
      }),
    ),
  )
const failure = (source: InputSource): Promise<FileError> =>
  Effect.runPromise(Effect.flip(Effect.scoped(openInput(source))))

const chunked = (name: string, ...chunks: ReadonlyArray<string | Uint8Array>): InputSource => ({
  name,
  bytes: Stream.fromIterable(
    chunks.map(chunk => (typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk)),
    { chunkSize: 1 },
  ),
})

const all = { format: 'NDJSON', kind: 'fine-tune', values: records, rejects: 0 }

test('openInput reads the same, wherever the input is cut', async () => {
  const gzip = gzipSync(text)
  for (const at of [1, 3, 10, 100, text.indexOf('\n'), text.indexOf('\n') + 1, text.indexOf('\n') + 2]) {
    expect(await read(chunked('-', text.slice(0, at), text.slice(at)))).toEqual(all)
    expect(await read(chunked('-', gzip.subarray(0, at), gzip.subarray(at)))).toEqual(all)
  }
})

test('openInput sees a first record that is longer than a chunk', async () => {
  const long = { ...records[0], note: 'x'.repeat(200_000) }
  const path = written('long.json', toNdjson([long, ...records]))
  expect(await read(path)).toEqual({ ...all, values: [long, ...records] })
})

test('openInput reads Parquet of a pipe or a compressed file through a file that has no name', async () => {
  const encoded = encodeAll(Parquet.of(FineTuneSnapshot))(records as ReadonlyArray<Snapshot>)
  const bytes = encoded._tag === 'Right' ? encoded.right : new Uint8Array(0)
  const temporary = mkdtempSync(join(folder, 'temporary-'))
  vi.stubEnv('TMPDIR', temporary)
  for (const source of [
    written('runs.parquet', bytes),
    chunked('-', bytes.subarray(0, 2), bytes.subarray(2)),
    written('runs.parquet.gz', gzipSync(bytes)),
  ])
    expect(await read(source)).toEqual({ ...all, format: 'Parquet' })
  expect(readdirSync(temporary)).toEqual([])
  vi.unstubAllEnvs()
})

const isEmpty = (source: InputSource): Promise<boolean> =>
  Effect.runPromise(Effect.scoped(Effect.map(openInput(source), input => input.isEmpty)))

test('openInput takes an empty input for no records', async () => {
  expect(await read(written('empty.json', ''))).toEqual({ ...all, kind: undefined, values: [] })
  expect(await read(written('empty.ndjson.gz', gzipSync('')))).toMatchObject({ values: [], rejects: 0 })
})

test('openInput takes an input of white space for an empty one, but no damaged one', async () => {
  for (const blank of ['\n', ' \r\n\t\n', '\uFEFF', '\uFEFF\n'])
    for (const name of ['blank.json', 'blank.ndjson', 'blank.csv', 'blank.txt', 'blank.ndjson.gz']) {
      const path = written(name, name.endsWith('.gz') ? gzipSync(blank) : blank)
      expect(await isEmpty(path), `${name} ${JSON.stringify(blank)}`).toBe(true)
      expect(await read(path)).toMatchObject({ values: [], rejects: 0 })
    }
  expect(await isEmpty(written('one.ndjson', `\n\n${text}`))).toBe(false)
  expect(await read(written('one.ndjson', `\n\n${text}`))).toEqual(all)
  const cut = written('cut.ndjson.gz', gzipSync('\n'.repeat(100_000)).subarray(0, 60))
  expect(await isEmpty(cut)).toBe(false)
})

test('openInput takes the bytes of white space for values where the format has no text', async () => {
  const path = written('numbers.msgpack', new Uint8Array([0x20, 0x0a]))
  expect(await isEmpty(path)).toBe(false)
  expect(await read(path)).toMatchObject({ rejects: 2 })
  expect(await isEmpty(written('none.msgpack', ''))).toBe(true)
})

test('openInput says why a file cannot be read, and what to do', async () => {
  expect(drawFileError(await failure(join(folder, 'none')))).toBe(
    `${join(folder, 'none')}: no such file. Check the path.`,
  )
  expect(drawFileError(await failure(folder))).toBe(`${folder}: is a folder. Pass a file.`)
  const odd = `${folder}/\u001b[31m`
  expect(drawFileError(await failure(odd))).toBe(`${folder}/\\u001b[31m: no such file. Check the path.`)
  const zip = written(
    'runs.xz',
    Uint8Array.from('\xfd7zXZ\0\0', c => c.charCodeAt(0)),
  )
  expect(drawFileError(await failure(zip))).toBe(
    `${zip}: xz data, which is not supported. Unpack it first: xz -d.`,
  )
})

test('readWhole stops at the limit of a record', async () => {
  const endless = Stream.fromIterable(Array.from({ length: 2000 }, () => new Uint8Array(64 * 1024)))
  expect(await Effect.runPromise(Effect.flip(readWhole({ name: 'zeros', bytes: endless })))).toMatchObject({
    path: 'zeros',
    reason: 'longer than 64 MiB, the limit of one record. Split it',
  })
})

test('detect imports nothing of Node', () => {
  const folder = join(import.meta.dirname, '../src/detect')
  const sources = globSync('**/*.ts', { cwd: folder }).map(file => readFileSync(join(folder, file), 'utf8'))
  expect(sources.length).toBeGreaterThan(0)
  expect(sources.flatMap(source => source.match(/from '(node:|@?effect)[^']*'/g) ?? [])).toEqual([])
})

test('openInput keeps what comes before damage, also while it detects the format and the kind', async () => {
  const gzip = gzipSync(text)
  const damaged = Buffer.concat([gzip, Buffer.from('more')])
  for (const name of ['tail.ndjson.gz', 'tail.gz'])
    expect(await read(written(name, damaged))).toEqual({ ...all, rejects: 1 })
  expect(await read(chunked('-', gzip, 'more'))).toEqual({ ...all, rejects: 1 })
  const cut = await read(written('cut.ndjson.gz', gzip.subarray(0, -20)))
  expect(cut).toEqual({ ...all, values: records.slice(0, 4), rejects: 1 })
})

test('openInput reads Parquet before damage that follows it, and none that is cut', async () => {
  const encoded = encodeAll(Parquet.of(FineTuneSnapshot))(records as ReadonlyArray<Snapshot>)
  const gzip = gzipSync(encoded._tag === 'Right' ? encoded.right : '')
  const path = written('tail.parquet.gz', Buffer.concat([gzip, Buffer.from('more')]))
  expect(await read(path)).toEqual({ ...all, format: 'Parquet', rejects: 1 })
  const error = await failure(written('cut.parquet.gz', gzip.subarray(0, -20)))
  expect(error.reason).toBe(
    `damaged gzip data: the data is cut (byte ${gzip.length - 20}). Fetch the file again`,
  )
})

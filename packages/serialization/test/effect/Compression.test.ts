import { randomBytes } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { expect, test } from 'vitest'
import { Compression } from '@finetune-kit/serialization/effect'

const compressions = ['gzip', 'zstd', 'brotli'] as const
const pieces = (bytes: Uint8Array, size = 65_536) =>
  Stream.fromIterable(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    ),
  )
const joined = (parts: ReadonlyArray<Uint8Array>) => Buffer.concat([...parts])

test.each(compressions)('decompress gives back what compress made: %s', async compression => {
  const bytes = Buffer.concat([randomBytes(300_000), Buffer.alloc(300_000)])
  const round = pieces(bytes).pipe(
    Compression.compress(compression, 'a'),
    Compression.decompress(compression, 'a'),
    Stream.runCollect,
  )
  expect(joined(await Effect.runPromise(round)).equals(bytes)).toBe(true)
})

test.each([
  ['runs.ndjson.gz', 'gzip'],
  ['RUNS.NDJSON.GZ', 'gzip'],
  ['a.zst', 'zstd'],
  ['a.br', 'brotli'],
  ['a.ndjson', undefined],
  ['gz', undefined],
  ['.gz/a', undefined],
])('ofName reads %s as %s', (name, compression) => {
  expect(Compression.ofName(name)).toBe(compression)
})

test('decompress gives what came out before the data ends too early', async () => {
  const whole = gzipSync(randomBytes(400_000))
  let given = 0
  const error = await Effect.runPromise(
    pieces(whole.subarray(0, 200_000)).pipe(
      Compression.decompress('gzip', 'a.gz'),
      Stream.runForEach(piece => Effect.sync(() => void (given += piece.length))),
      Effect.flip,
    ),
  )
  expect(error).toMatchObject({
    _tag: 'FileError',
    path: 'a.gz',
    reason: 'its gzip data is damaged: unexpected end of file',
  })
  expect(given).toBeGreaterThan(100_000)
})

test('decompress fails with an error of the input, as it was', async () => {
  const failing = Stream.concat(pieces(gzipSync('abc')), Stream.fail('lost' as const))
  expect(
    await Effect.runPromise(failing.pipe(Compression.decompress('gzip', 'a'), Stream.runDrain, Effect.flip)),
  ).toBe('lost')
})

test.each([
  ['gzip', gzipSync(Buffer.alloc(200_000_000))],
  ['brotli', brotliCompressSync(Buffer.alloc(200_000_000), { params: {} })],
] as const)('decompress stops at a bomb of %s: a small file of 200 MB', async (compression, bomb) => {
  expect(bomb.length).toBeLessThan(210_000)
  let given = 0
  const run = (limits?: Compression.Limits) =>
    Effect.runPromise(
      pieces(bomb).pipe(
        Compression.decompress(compression, 'bomb', limits),
        Stream.runForEach(piece => Effect.sync(() => void (given += piece.length))),
        Effect.flip,
      ),
    )
  expect(await run()).toMatchObject({ reason: 'it unpacks to more than 400 times its size' })
  expect(given).toBeLessThan(70_000_000)
  expect(await run({ maxBytes: 1000 })).toMatchObject({ reason: 'it unpacks to more than 1000 bytes' })
})

const unpacked = async (compression: Compression.Compression, bytes: Uint8Array, size: number) =>
  Effect.runPromise(
    pieces(bytes, size).pipe(Compression.decompress(compression, 'a'), Stream.runCollect, Effect.map(joined)),
  )
const refusal = async (compression: Compression.Compression, bytes: Uint8Array, size: number) =>
  Effect.runPromise(
    pieces(bytes, size).pipe(Compression.decompress(compression, 'a'), Stream.runDrain, Effect.flip),
  )
const text = Buffer.from('a line\n')
/** RFC 8878 §3.1.2 */
const skippable = Buffer.from([0x5f, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 0x28, 0xb5, 0x2f])

test('decompress reads all members of gzip, and the zeros that fill a tape', async () => {
  const bytes = Buffer.concat([gzipSync(text), gzipSync(''), gzipSync(text), Buffer.alloc(100)])
  for (const size of [1, 7, bytes.length])
    expect((await unpacked('gzip', bytes, size)).toString()).toBe('a line\na line\n')
})

test.each([
  ['of a few bytes', text, {}],
  ['of no bytes', Buffer.alloc(0), {}],
  ['of one byte again and again', Buffer.alloc(300_000), {}],
  ['of several blocks', randomBytes(300_000), {}],
  ['with a checksum', text, { [constants.ZSTD_c_checksumFlag]: 1 }],
  ['that do not say their size', text, { [constants.ZSTD_c_contentSizeFlag]: 0 }],
])('decompress reads all frames of zstd, wherever it is cut: frames %s', async (_, content, params) => {
  const frame = zstdCompressSync(content, { params })
  const bytes = Buffer.concat([skippable, frame, frame, skippable, skippable, frame, skippable])
  const sizes = bytes.length < 200 ? Array.from(bytes, (_, at) => at + 1) : [4099, 65_536, bytes.length]
  for (const size of sizes)
    expect((await unpacked('zstd', bytes, size)).equals(Buffer.concat([content, content, content]))).toBe(
      true,
    )
})

test.each([
  ['gzip', gzipSync(text), 'its gzip data is damaged: incorrect header check'],
  ['zstd', zstdCompressSync(text), 'its zstd data is damaged: Unknown frame descriptor'],
  ['brotli', brotliCompressSync(text), /^at least \d+ bytes follow its brotli data$/],
] as const)('decompress refuses what stands behind the data of %s', async (compression, packed, reason) => {
  const more = Buffer.from('and more')
  const bytes = Buffer.concat([packed, more])
  for (const size of [1, packed.length, bytes.length])
    expect(await refusal(compression, bytes, size)).toMatchObject({
      reason: expect.stringMatching(reason) as string,
    })
})

test('decompress reads no frame of zstd that is cut', async () => {
  const frame = zstdCompressSync(text)
  const bytes = Buffer.concat([frame, frame, skippable])
  for (const at of bytes.keys()) {
    if (at === frame.length || at === 2 * frame.length || at === 0) continue
    expect(await refusal('zstd', bytes.subarray(0, at), 65_536)).toMatchObject({
      reason: 'its zstd data is damaged: unexpected end of file',
    })
  }
})

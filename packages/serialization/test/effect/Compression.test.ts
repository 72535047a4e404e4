import { randomBytes } from 'node:crypto'
import { brotliCompressSync, gzipSync } from 'node:zlib'
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
    _tag: 'FileTrouble',
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

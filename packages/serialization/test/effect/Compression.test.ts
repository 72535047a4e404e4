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
    reason: 'damaged gzip data: the data is cut (byte 200000). Fetch the file again',
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
  expect(await run()).toMatchObject({
    reason: 'it unpacks to more than 400 times its size. Unpack it yourself, if you trust it',
  })
  expect(given).toBeLessThan(70_000_000)
  expect(await run({ maxBytes: 1000 })).toMatchObject({
    reason: 'it unpacks to more than 1000 bytes. Unpack it yourself, if you trust it',
  })
})

const unpacked = async (compression: Compression.Compression, bytes: Uint8Array, size: number) =>
  Effect.runPromise(
    pieces(bytes, size).pipe(Compression.decompress(compression, 'a'), Stream.runCollect, Effect.map(joined)),
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

const packed = [
  ['gzip', gzipSync(text)],
  ['zstd', zstdCompressSync(text)],
  ['brotli', brotliCompressSync(text)],
] as const

/** All that comes out, and the reason of the failure, if there is one. */
const attempt = async (compression: Compression.Compression, bytes: Uint8Array, size: number) => {
  const parts: Array<Uint8Array> = []
  const reason = await Effect.runPromise(
    pieces(bytes, size).pipe(
      Compression.decompress(compression, 'a'),
      Stream.runForEach(part => Effect.sync(() => void parts.push(part))),
      Effect.match({ onFailure: error => error.reason, onSuccess: () => undefined }),
    ),
  )
  return { output: joined(parts).toString(), reason }
}

test.each(packed)('decompress gives all before other data: %s', async (compression, whole) => {
  const bytes = Buffer.concat([whole, Buffer.from('and more')])
  const reason = `damaged ${compression} data: other data follows (byte ${whole.length}). Remove it`
  for (const size of [1, 7, whole.length, bytes.length])
    expect(await attempt(compression, bytes, size)).toEqual({ output: 'a line\n', reason })
})

test.each(packed)('decompress says of each cut that it is one: %s', async (compression, whole) => {
  for (let at = 0; at < whole.length; at++)
    expect((await attempt(compression, whole.subarray(0, at), 5)).reason).toBe(
      `damaged ${compression} data: the data is cut (byte ${at}). Fetch the file again`,
    )
})

test('decompress gives all before a checksum or a length of gzip that differs', async () => {
  const bytes = Buffer.concat([gzipSync(text), gzipSync(text), gzipSync(text)])
  const size = gzipSync(text).length
  for (const [back, reason] of [
    [8, `the checksum differs (byte ${2 * size - 5})`],
    [4, `the length differs (byte ${2 * size - 1})`],
  ] as const) {
    const damaged = Buffer.from(bytes)
    damaged[2 * size - back]! ^= 1
    for (const pieceSize of [1, size, bytes.length])
      expect(await attempt('gzip', damaged, pieceSize)).toEqual({
        output: 'a line\na line\n',
        reason: `damaged gzip data: ${reason}. Fetch the file again`,
      })
  }
})

test('decompress reads a gzip header with each optional field', async () => {
  // RFC 1952 §2.3: extra field, name, comment and checksum of the header
  const fields = [
    Buffer.from([3, 0, 1, 2, 0]),
    Buffer.from('a name\0'),
    Buffer.from('a comment\0'),
    Buffer.from([1, 2]),
  ]
  const plain = gzipSync(text)
  const head = Buffer.from(plain.subarray(0, 10))
  head[3] = 4 + 8 + 16 + 2
  const bytes = Buffer.concat([head, ...fields, plain.subarray(10)])
  for (const size of [1, 3, bytes.length])
    expect(await attempt('gzip', bytes, size)).toEqual({ output: 'a line\n', reason: undefined })
  head[3] = 0x20
  expect(await attempt('gzip', Buffer.concat([head, plain.subarray(10)]), 9)).toMatchObject({
    reason: 'damaged gzip data: a header with reserved flags (byte 3). Fetch the file again',
  })
})

test('decompress gives nearly all before damage of deflate, and where it is', async () => {
  const lines = Array.from({ length: 3000 }, (_, i) => `{"line":${i},"n":${(i * 7919) % 10_007}}\n`).join('')
  const whole = gzipSync(lines)
  const whereOf = async (at: number) => {
    const damaged = Buffer.from(whole)
    damaged.fill(0xff, at, at + 8)
    const { output, reason } = await attempt('gzip', damaged, 6000)
    const [, byte] = /\(byte (\d+)\)/.exec(reason ?? '') ?? []
    return {
      at,
      isStart: lines.startsWith(output.slice(0, -2000)),
      length: output.length,
      byte: Number(byte),
    }
  }
  for (const at of [2000, 7000, 12_000]) {
    const { isStart, length, byte } = await whereOf(at)
    expect(isStart).toBe(true)
    expect(length).toBeGreaterThan((lines.length * at) / whole.length / 2)
    expect(byte).toBeGreaterThanOrEqual(at - 16)
  }
})

test.each(compressions.slice(0, 2))(
  'decompress finds each flipped bit of what compress made: %s',
  async compression => {
    const text = Array.from({ length: 200 }, (_, i) => `{"line":${i},"n":${(i * 7919) % 10_007}}\n`).join('')
    const packed = joined(
      await Effect.runPromise(
        pieces(Buffer.from(text)).pipe(Compression.compress(compression, 'a'), Stream.runCollect),
      ),
    )
    const unnoticed: Array<number> = []
    for (let at = 10; at < packed.length; at += 7) {
      const flipped = Buffer.from(packed)
      flipped[at]! ^= 1 << (at % 8)
      const { output, reason } = await attempt(compression, flipped, 65_536)
      if (reason === undefined && output !== text) unnoticed.push(at)
    }
    expect(unnoticed).toEqual([])
  },
)

test('decompress reads no frame of zstd that is cut', async () => {
  const frame = zstdCompressSync(text)
  const bytes = Buffer.concat([frame, frame, skippable])
  for (const at of bytes.keys()) {
    if (at === frame.length || at === 2 * frame.length || at === 0) continue
    expect((await attempt('zstd', bytes.subarray(0, at), 65_536)).reason).toBe(
      `damaged zstd data: the data is cut (byte ${at}). Fetch the file again`,
    )
  }
})

test('decompress tells how to read a frame of zstd whose window takes too much memory', async () => {
  // a window of 1 GiB, and one block of two bytes
  const frame = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 20 << 3, (2 << 3) | 1, 0, 0, 0x7b, 0x7d)
  expect((await attempt('zstd', frame, 65_536)).reason).toBe(
    'damaged zstd data: Frame requires too much memory for decoding (byte 0). Unpack it with zstd -d --long=31',
  )
})

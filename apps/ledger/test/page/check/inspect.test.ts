import { gzipSync, zstdCompressSync } from 'node:zlib'
import { simulateJobs, simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { formatByName, formats } from '@finetune-kit/serialization'
import { expect, test, vi } from 'vitest'
import { convert } from '../../../page/src/check/convert.ts'
import { inspect, type Inspection } from '../../../page/src/check/inspect.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const { signal } = new AbortController()

const inspected = async (bytes: Uint8Array, name = ''): Promise<Inspection> => {
  const result = await inspect({ name, bytes: new Uint8Array(bytes) }, signal)
  if (typeof result === 'string') throw new Error(result)
  return result
}

const [job] = simulateJobs()
const last = job?.snapshots.at(-1)
const mixed = toNdjson([last, ...(job?.events ?? []), simulateRuns()[0]])

test('inspect names the compression, the format and the kinds', async () => {
  for (const [compression, bytes] of [
    [undefined, bytesOf(mixed)],
    ['gzip', gzipSync(mixed)],
    ['zstd', zstdCompressSync(mixed)],
  ] as const) {
    const found = await inspected(bytes)
    expect(found).toMatchObject({ compression, format: 'NDJSON', invalid: 0, found: 0 })
    expect([...found.kinds]).toEqual([
      ['job', 1],
      ['job-event', job?.events.length],
      ['fine-tune', 1],
    ])
  }
})

test('inspect tells line, column and path of what is wrong', async () => {
  const { problems, invalid } = await inspected(
    bytesOf(`${JSON.stringify(last)}\n${JSON.stringify({ ...last, created_at: 'now' })}\n{"id":\n`),
  )
  expect(invalid).toBe(2)
  expect(problems.map(({ line, path, message }) => [line, path, message])).toEqual([
    [2, '/created_at', 'expected integer, found "now"'],
    [3, '', expect.stringContaining('not NDJSON')],
  ])
  expect(problems[0]?.column).toBeGreaterThan(1)
})

test('inspect tells the byte of what is wrong with a binary file, and no line', async () => {
  const { problems } = await inspected(bytesOf('PAR1 and nothing else'), 'cut.parquet')
  const reason = 'expected "PAR1" at its end, found "else" (byte 17)'
  expect(problems).toEqual([
    { line: null, column: null, path: '', message: expect.stringContaining(`not Parquet: ${reason}`) },
  ])
})

test('inspect reads training files and result files', async () => {
  const rows = [
    {
      messages: [
        { role: 'user', content: 'a' },
        { role: 'assistant', content: 'b' },
      ],
    },
    { prompt: 'a', completion: 'b' },
  ]
  const training = await inspected(bytesOf(toNdjson(rows)))
  expect([...training.kinds]).toEqual([['chat example', 1]])
  expect(training.found).toBe(1)
  const results = await inspected(bytesOf('step,train_loss\n1,0.5\n2,zero\n'))
  expect(results.curves.map(({ metric }) => metric)).toEqual(['train_loss'])
  expect(results.problems).toEqual([
    { line: 3, column: null, path: 'train_loss', message: '"zero" is not a number' },
  ])
})

test('inspect says what cannot be checked, and what to do', async () => {
  for (const [name, bytes, words] of [
    ['', [], 'empty'],
    ['runs.ndjson.br', [0x8b, 2, 0x80, 1, 2, 3], 'brotli -d'],
    ['', [0x28, 0xb5, 0x2f, 0xfd, 9, 9, 9, 9], 'damaged zstd data'],
    ['', [0x1f, 0x8b, 8, 0, 1, 2], 'damaged gzip data'],
    ['', [...gzipSync(gzipSync('{}'))], 'more than once'],
    ['', [0x50, 0x4b, 3, 4, 0, 0], 'unzip'],
  ] as const)
    expect(await inspect({ name, bytes: new Uint8Array(bytes) }, signal)).toContain(words)
})

test('inspect reads compressed files that were written one after the other', async () => {
  const [first, second] = simulateRuns().map(run => `${JSON.stringify(run)}\n`) as [string, string]
  const bad = Buffer.concat([gzipSync('x'), bytesOf('\n')])
  for (const [compression, members] of [
    ['gzip', [gzipSync(first), gzipSync(second)]],
    // the middle one is not compressed, and has the start of another one in it
    ['gzip', [gzipSync(first), gzipSync(bad, { level: 0 }), gzipSync(second)]],
    ['zstd', [zstdCompressSync(first), zstdCompressSync(second)]],
  ] as const) {
    const found = await inspected(Buffer.concat(members))
    expect(found).toMatchObject({ compression, format: 'NDJSON' })
    expect(found.kinds.get('fine-tune')).toBe(2)
  }
  // one file, not compressed, that has the starts of more files in it than are tried
  const many = Buffer.concat(Array.from({ length: 20 }, () => bad))
  const alone = gzipSync(Buffer.concat([bytesOf(first), many]), { level: 0 })
  expect((await inspected(alone)).kinds.get('fine-tune')).toBe(1)
  const cut = Buffer.concat([gzipSync(first), gzipSync(second).subarray(0, -1)])
  expect(await inspect({ name: '', bytes: new Uint8Array(cut) }, signal)).toContain('damaged gzip data')
})

/** A frame of one block of three bytes, with a window of a power of two. */
const frameWithWindow = (log: number): ReadonlyArray<number> =>
  [0x28, 0xb5, 0x2f, 0xfd, 0, (log - 10) << 3, (3 << 3) | 1, 0, 0].concat(...bytesOf('{}\n'))

test('inspect refuses Zstandard frames with a window that the command line refuses too', async () => {
  const skippable = [0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]
  // a frame that is its own window, of 4 GiB
  const single = [0x28, 0xb5, 0x2f, 0xfd, 0xa0, 255, 255, 255, 255, 1, 0, 0]
  for (const bytes of [
    frameWithWindow(30),
    frameWithWindow(30).slice(0, 6),
    single,
    [...skippable, ...single],
    [...zstdCompressSync(mixed.repeat(20)), ...single],
    [...frameWithWindow(27), ...skippable, ...frameWithWindow(28)],
  ])
    expect(await inspect({ name: '', bytes: new Uint8Array(bytes) }, signal)).toBe(
      'zstd data that takes a window of more than 128 MiB. Unpack it first: zstd -d --long=31',
    )
  expect(await inspected(new Uint8Array(frameWithWindow(27)))).toMatchObject({ invalid: 1 })
})

test('inspect stops while it looks for a kind of record that is not there', async () => {
  const bytes = bytesOf('1\n'.repeat(1_000_000))
  await inspect({ name: 'ones.ndjson', bytes: bytes.subarray(0, 2) }, signal) // loads the format
  const stop = new AbortController()
  setTimeout(() => stop.abort())
  const found = await inspect({ name: 'ones.ndjson', bytes }, stop.signal)
  expect(found).toMatchObject({ invalid: 0 })
})

test('inspect pauses also where an input has no records', async () => {
  let now = 0
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 100))
  const timers = vi.spyOn(globalThis, 'setTimeout')
  try {
    const blank = '\n'.repeat(1024 * 1024)
    const found = await inspected(bytesOf(`${JSON.stringify(simulateRuns()[0])}\n${blank}`))
    expect(found).toMatchObject({ invalid: 0, records: [{ object: 'fine-tune' }] })
    expect(timers.mock.calls.length).toBeGreaterThan(10)
  } finally {
    clock.mockRestore()
    timers.mockRestore()
  }
})

test('convert writes each format, and what it wrote is read again', async () => {
  const records = simulateRuns().slice(0, 5)
  for (const format of formats) {
    const converted = await convert(records, format, true)
    if (converted._tag === 'Refused') throw new Error(converted.reason)
    const again = await inspected(converted.bytes, `records${format.extensions[0]}`)
    expect([format.name, [...again.kinds], again.found]).toEqual([format.name, [['fine-tune', 5]], 0])
  }
})

test('convert refuses records of several kinds for a format of columns', async () => {
  const { records } = await inspected(bytesOf(mixed))
  const csv = await convert(records, formatByName('csv') ?? formats[0]!, false)
  expect(csv).toMatchObject({ _tag: 'Refused', reason: expect.stringContaining('3') })
})

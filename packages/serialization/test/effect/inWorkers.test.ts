import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { expect, test } from 'vitest'
import { type Block, inWorkers, lineBlocks } from '@finetune-kit/serialization/effect'

interface Counted {
  readonly lines: number
  readonly offset: number
  readonly length: number
}

const worker = new URL('countingWorker.ts', import.meta.url)
const bytes = (...texts: ReadonlyArray<string>) =>
  Stream.fromIterable(texts.map(text => new TextEncoder().encode(text)))
const collect = <A, E>(stream: Stream.Stream<A, E>) => Effect.runPromise(Stream.runCollect(stream))

test('inWorkers answers in the order of the blocks, and loses none', async () => {
  const texts = Array.from({ length: 40 }, (_, i) => `${i}\n`.repeat(i % 2 === 0 ? 200_000 : 10))
  const answers = await collect(bytes(...texts).pipe(lineBlocks, inWorkers<Counted>(worker, { jobs: 2 })))
  expect(answers.length).toBeGreaterThan(5)
  let offset = 0
  for (const answer of answers) {
    expect(answer.offset).toBe(offset)
    offset += answer.length
  }
  expect(offset).toBe(texts.join('').length)
  expect(answers.reduce((n, answer) => n + answer.lines, 0)).toBe(20 * 200_000 + 20 * 10)
})

test('inWorkers fails with the reason when a worker throws', async () => {
  const run = bytes('throw\n').pipe(
    lineBlocks,
    inWorkers<Counted>(worker, { jobs: 2 }),
    Stream.runDrain,
    Effect.flip,
  )
  expect(await Effect.runPromise(run)).toEqual({ _tag: 'WorkerError', reason: 'asked to throw' })
})

const texts = (blocks: ReadonlyArray<Block>) => blocks.map(block => new TextDecoder().decode(block.bytes))

test.each([
  ['line feeds', '\n'],
  ['carriage returns', '\r'],
  ['both', '\r\n'],
])('lineBlocks cuts only after a line end: %s', async (_, end) => {
  const line = `${'x'.repeat(999)}${end}`
  const parts = Array.from({ length: 300 }, () => line.repeat(3) + line.slice(0, 3))
  const blocks = texts(await collect(lineBlocks(bytes(...parts))))
  expect(blocks.join('')).toBe(parts.join(''))
  expect(blocks.length).toBe(4)
  for (const block of blocks.slice(0, -1)) expect(block.endsWith(end)).toBe(true)
  for (const block of blocks.slice(1)) expect(block.startsWith('x')).toBe(true)
})

const cuts = async (...parts: ReadonlyArray<string>) =>
  texts(await collect(lineBlocks(bytes(...parts)))).map(block => block.length)

test('lineBlocks finds the last line end in whatever piece it is', async () => {
  const long = 'x'.repeat(150_000)
  expect(await cuts(`a\n${long}`, long)).toEqual([2, 300_000])
  expect(await cuts(`a\r${long}`, `${long}\r`)).toEqual([2, 300_001])
  expect(await cuts(`a\r${long}\r`, `\n${long}`)).toEqual([150_004, 150_000])
  expect(await cuts(`${long}\r`, long)).toEqual([150_001, 150_000])
  expect(await cuts(long, long)).toEqual([300_000])
})

test('lineBlocks refuses a line that no block can hold, without going through it again and again', async () => {
  const piece = new Uint8Array(1024 * 1024).fill(120)
  let given = 0
  const endless = Stream.fromEffectRepeat(
    Effect.sync(() => {
      given++
      return piece
    }),
  )
  const error = await Effect.runPromise(endless.pipe(lineBlocks, Stream.runDrain, Effect.flip))
  expect(error).toEqual({ _tag: 'LineTooLongError', offset: 0, maxBytes: 64 * 1024 * 1024 })
  expect(given).toBe(64)
})

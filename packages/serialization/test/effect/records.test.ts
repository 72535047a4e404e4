import { Integer, record, unencodable } from '@finetune-kit/codec'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import * as t from 'io-ts'
import { expect, expectTypeOf, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { encodeAll, type ReadResult, Ndjson } from '@finetune-kit/serialization'
import {
  type BadRecord,
  readRecords,
  readRows,
  tally,
  writeRecords,
} from '@finetune-kit/serialization/effect'
import { Parquet } from '@finetune-kit/serialization/parquet'

const Point = record('Point', { x: Integer }, { note: t.string })
const format = Ndjson.of(Point)
const text = '{"x":1}\n{"x":"2"}\n{"x":3,"note":"é"}\nnot json\n{"x":5}'
const cutIn = (size: number) => {
  const bytes = new TextEncoder().encode(text)
  return Stream.fromIterable(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.slice(i * size, (i + 1) * size)),
  )
}

test.each([1, 2, 7, 1000])(
  'readRecords gives the good records and hands over the bad, cut in %i bytes',
  async size => {
    const bad: Array<BadRecord> = []
    const count = tally()
    const records = readRecords(format, {
      bad: rejects => Effect.sync(() => void bad.push(...rejects)),
      tally: count,
    })(cutIn(size))
    expect(await Effect.runPromise(Stream.runCollect(records))).toEqual([
      { x: 1 },
      { x: 3, note: 'é' },
      { x: 5 },
    ])
    expect(bad.map(reject => reject._tag === 'Reject' && reject.line)).toEqual([2, 4])
    expect(count).toEqual({ bytes: new TextEncoder().encode(text).length, read: 5, rejected: 2, written: 0 })
  },
)

test('readRecords fails at the first bad record, after the good ones before it', async () => {
  const seen: Array<unknown> = []
  const run = readRecords(format)(cutIn(1000)).pipe(
    Stream.runForEach(point => Effect.sync(() => void seen.push(point))),
    Effect.flip,
  )
  expect(await Effect.runPromise(run)).toMatchObject({ _tag: 'Reject', line: 2, offset: 8 })
  expect(seen).toEqual([{ x: 1 }])
})

test('writeRecords writes what encodeAll writes, and counts what the format cannot hold', async () => {
  const loose = Ndjson.of(t.unknown)
  const bad: Array<BadRecord> = []
  const count = tally()
  const bytes = Stream.make<ReadonlyArray<unknown>>({ a: 1 }, { a: Number.NaN }, { a: 3 }).pipe(
    writeRecords(loose, { bad: rejects => Effect.sync(() => void bad.push(...rejects)), tally: count }),
    Stream.decodeText(),
    Stream.mkString,
  )
  expect(await Effect.runPromise(bytes)).toBe('{"a":1}\n{"a":3}\n')
  expect(bad).toMatchObject([{ _tag: 'UnencodableRecord', index: 1, error: { path: ['a'] } }])
  expect(count).toMatchObject({ rejected: 1, written: 2 })
})

test('readRecords asks for no more bytes than are used', async () => {
  let pieces = 0
  const endless = Stream.fromEffectRepeat(
    Effect.sync(() => {
      pieces++
      return new TextEncoder().encode('{"x":1}\n'.repeat(10))
    }),
  )
  const first = endless.pipe(readRecords(format), Stream.take(25), Stream.runCollect)
  expect((await Effect.runPromise(first)).length).toBe(25)
  expect(pieces).toBeLessThan(10)
})

test('readRecords makes no more of a piece than is used, whatever it unfolds to', async () => {
  let made = 0
  function* unfolding(): Generator<ReadResult<number>> {
    for (; made < 1_000_000; made++) yield { _tag: 'Record', offset: 0, value: made }
  }
  const reader = { reader: () => ({ push: unfolding, end: unfolding }), writer: Ndjson.of(t.number).writer }
  const first = Stream.make(new Uint8Array(1)).pipe(readRecords(reader), Stream.take(25), Stream.runCollect)
  expect((await Effect.runPromise(first)).length).toBe(25)
  expect(made).toBeLessThan(10_000)
})

test('writeRecords fails at the first record that cannot be written, behind the bytes of those before it', async () => {
  const count = tally()
  const seen: Array<string> = []
  const run = Stream.make<ReadonlyArray<unknown>>(
    { a: 1 },
    { a: Number.NaN },
    { a: 3 },
    { a: -Infinity },
  ).pipe(
    writeRecords(Ndjson.of(t.unknown), { tally: count }),
    Stream.decodeText(),
    Stream.runForEach(text => Effect.sync(() => void seen.push(text))),
    Effect.flip,
  )
  expect(await Effect.runPromise(run)).toMatchObject({
    _tag: 'UnencodableRecord',
    index: 1,
    value: { a: Number.NaN },
  })
  expect(seen).toEqual(['{"a":1}\n'])
  expect(count).toEqual({ ...tally(), written: 1, rejected: 1 })
})

test('readRecords and writeRecords hand bad records over in the order of the input, whichever they are', async () => {
  const bad: Array<number> = []
  const policy = (some: ReadonlyArray<BadRecord>) =>
    Effect.sync(
      () => void bad.push(...some.map(one => (one._tag === 'Reject' ? (one.line ?? 0) : Number(one.value)))),
    )
  const input = '0\n2\nx\n4\n5\nx\nx\n8\nx'
  const all = Ndjson.of(t.number).writer()
  const odd = {
    ...all,
    push: (n: number) => (n % 2 === 0 ? E.left(unencodable([], 'even')) : all.push(n)),
  }
  const count = tally()
  const text = Stream.make(new TextEncoder().encode(input)).pipe(
    readRecords(Ndjson.of(t.number), { bad: policy, tally: count }),
    writeRecords({ writer: () => odd }, { bad: policy, tally: count }),
    Stream.decodeText(),
    Stream.mkString,
  )
  expect(await Effect.runPromise(text)).toBe('5\n')
  expect(bad).toEqual([0, 2, 3, 4, 6, 7, 8, 9])
  expect(count).toEqual({ bytes: input.length, read: 9, rejected: 8, written: 1 })
})

test('readRows takes the options of the format, such as the columns of Parquet', async () => {
  const Run = record('Run', { id: t.string, x: Integer }, { note: t.string })
  const file = encodeAll(Parquet.of(Run))([{ id: 'a', x: 1, note: 'n' }])
  if (E.isLeft(file)) throw new Error(file.left.reason)
  const { buffer, byteLength } = Uint8Array.from(file.right)
  const count = tally()
  const Row = record('Row', { x: Integer })
  const rows = readRows(Parquet.of(Row), {
    columns: ['x'],
    maxDepth: 9,
    bad: () => Effect.fail('bad' as const),
    tally: count,
  })({ byteLength, slice: (start, end) => buffer.slice(start, end) })
  expectTypeOf(rows).toEqualTypeOf<Stream.Stream<t.TypeOf<typeof Row>, BadRecord | 'bad'>>()
  expect(await Effect.runPromise(Stream.runCollect(rows))).toEqual([{ x: 1 }])
  expect(count.read).toBe(1)
})

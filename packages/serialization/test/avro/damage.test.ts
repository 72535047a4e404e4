import { draw } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'
import { FineTuneSnapshot } from '@finetune-kit/model'
import { decodeAll, encodeAll, type ReadResult } from '@finetune-kit/serialization'
import { Avro } from '@finetune-kit/serialization/avro'
import * as zlib from 'node:zlib'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { file, Point, right, schemaIn } from './container.ts'

test('Avro goes on after a block that cannot be read, and after a record that the codec refuses', () => {
  const input = file('"string"', [
    [1, Uint8Array.of(4, 0xc3, 0x28)],
    [2, Uint8Array.of(2, 0x61, 2, 0x62)],
  ])
  expect(decodeAll(Avro.of(t.literal('b')))(input).map(item => item._tag)).toEqual([
    'Reject',
    'Reject',
    'Record',
  ])
})

/** The tags of the items, and for rejects of how many records. */
const outcomes = (input: Uint8Array, codec: t.Type<unknown> = t.unknown) =>
  decodeAll(Avro.of(codec))(input).map(item => (item._tag === 'Record' ? item.value : (item.records ?? 1)))

test('Avro gives the records before a break, and says how many are lost behind it', () => {
  const spoilt = Uint8Array.of(2, 0x61, 4, 0xc3, 0x28, 2, 0x62) // a, no UTF-8, b
  const broken = Uint8Array.of(2, 0x61, 40, 0x62) // a, and a text of 20 bytes
  const marker = Uint8Array.from({ length: 16 }, (_, i) => 200 + i)
  const input = file(
    '"string"',
    [
      [3, spoilt],
      [4, broken],
      [1, Uint8Array.of(2, 0x63)],
    ],
    'null',
    marker,
  )
  expect(outcomes(input)).toEqual(['a', 1, 'b', 'a', 3, 'c'])
  const items = decodeAll(Avro.of(t.unknown))(input)
  expect(items.flatMap(item => (item._tag === 'Reject' ? [draw(item.error)] : []))).toEqual([
    'record 2: not Avro: in its block, at byte 2: a text that is not UTF-8 (byte 59)',
    'record 5: not Avro: in its block, at byte 4: it ends too early (byte 84)',
  ])
})

/** A block of a container, before its marker. */
const block = (count: number, size: number, ...data: ReadonlyArray<number>) => [2 * count, 2 * size, ...data]

test('Avro goes on behind the next marker when a block does not end where it says', () => {
  const marker = Uint8Array.from({ length: 16 }, (_, i) => 200 + i)
  const good = file('"string"', [[1, Uint8Array.of(2, 0x61)]], 'null', marker)
  const ending = (...blocks: ReadonlyArray<ReadonlyArray<number>>) =>
    Uint8Array.from([...good, ...blocks.flatMap(bytes => bytes.concat(...marker))])
  const next = block(1, 2, 2, 0x62)
  expect(outcomes(ending(block(5, 1, 2, 0x63), next))).toEqual(['a', 5, 'b'])
  expect(outcomes(ending(block(5, 60, 2, 0x63), next))).toEqual(['a', 5, 'b'])
  expect(outcomes(ending([1, 4, 2, 0x63], next))).toEqual(['a', 1, 'b'])
  expect(outcomes(ending(Array<number>(20).fill(0xff), next))).toEqual(['a', 1, 'b'])
  expect(outcomes(ending([...block(1, 2, 2, 0x63), ...marker.map((b, i) => (i < 7 ? b : 0))], next))).toEqual(
    ['a', 1, 'b'],
  )
})

test('Avro reads the records before a marker that is damaged or cut, and says so in a reject of no records', () => {
  const marker = Uint8Array.from({ length: 16 }, (_, i) => 200 + i)
  const good = file('"string"', [[1, Uint8Array.of(2, 0x61)]], 'null', marker)
  const [one, two] = [block(1, 2, 2, 0x62), block(1, 2, 2, 0x63)]
  const end = good.length + one.length
  const said = (...parts: ReadonlyArray<Iterable<number>>) =>
    decodeAll(Avro.of(t.unknown))(Uint8Array.from([...good, ...parts.flatMap(part => Array.from(part))])).map(
      item =>
        item._tag === 'Record' ? item.value : [draw(item.error), item.offset, item.records, item.raw.length],
    )
  const differing = (at: number, n: number) => [
    `not Avro: a sync marker that differs in ${n} of 16 bytes (byte ${at})`,
    good.length,
    0,
    16,
  ]
  const flipped = (...at: ReadonlyArray<number>) => marker.map((b, i) => (at.includes(i) ? b ^ 1 : b))
  expect(said(one, flipped(0), two, marker)).toEqual(['a', 'b', differing(end, 1), 'c'])
  expect(said(one, flipped(15), two, marker)).toEqual(['a', 'b', differing(end + 15, 1), 'c'])
  expect(said(one, flipped(8, 9, 10, 11, 12, 13, 14, 15))).toEqual(['a', 'b', differing(end + 8, 8)])
  for (let left = 0; left < 16; left++)
    expect(said(one, marker.subarray(0, left))).toEqual([
      'a',
      'b',
      [`not Avro: the file ends inside a sync marker (byte ${end + left})`, good.length, 0, left],
    ])
})

/** Six points in blocks of 2, 3 and 1, and where the header and each block ends. */
const ofThree = (codec: string) => {
  const points = Array.from({ length: 6 }, (_, x) => ({
    x: 1000 * x,
    label: `label ${x}`.repeat(x + 1),
    y: x / 7,
  }))
  const plain = points.map(point => right(Avro.of(Point).encode(point)).subarray(10))
  const pack = { null: (b: Uint8Array) => b, deflate: zlib.deflateRawSync, zstandard: zlib.zstdCompressSync }[
    codec
  ] as (bytes: Uint8Array) => Uint8Array
  const blocks = (
    [
      [0, 2],
      [2, 5],
      [5, 6],
    ] as const
  ).map(([from, to]) => [to - from, pack(Buffer.concat(plain.slice(from, to)))] as const)
  const header = right(encodeAll(Avro.of(Point))([]))
  const schema = schemaIn(header)
  const made = (n: number) => file(schema, blocks.slice(0, n), codec, header.slice(-16))
  return { input: made(3), ends: [0, 1, 2, 3].map(n => made(n).length) }
}

const hasReject = (items: ReadonlyArray<ReadResult<unknown>>) => items.some(item => item._tag === 'Reject')

const sum = (items: ReadonlyArray<ReadResult<unknown>>) =>
  items.reduce((n, item) => n + (item._tag === 'Reject' ? (item.records ?? 1) : 1), 0)

test.each(['null', 'deflate', 'zstandard'])(
  'Avro reads what there is of a file by %s that is cut, and the counts add up',
  codec => {
    const { input, ends } = ofThree(codec)
    for (let at = ends[0] as number; at < input.length; at++) {
      const items = decodeAll(Avro.of(Point))(input.subarray(0, at))
      const last = items.at(-1)
      const begun = ends.findIndex(end => at <= end)
      expect(hasReject(items)).toBe(!ends.includes(at))
      // without the count of the last block nobody can say how many were in it
      if (last?._tag === 'Reject' && last.isFinal) expect(at - (ends[begun - 1] as number)).toBeLessThan(4)
      else expect(sum(items)).toBe([0, 2, 5, 6][begun])
    }
    const cut = decodeAll(Avro.of(Point))(input.subarray(0, (ends[2] as number) - 30))
    if (codec === 'null') expect(cut.filter(item => item._tag === 'Record')).toHaveLength(4)
  },
)

test.each(['null', 'deflate', 'zstandard'])(
  'Avro accounts for every record of a file by %s, whichever byte of it is damaged',
  codec => {
    const { input, ends } = ofThree(codec)
    for (let at = 0; at < input.length; at++)
      for (const flip of [[0x01, 0x80, 0xff][at % 3] as number]) {
        const damaged = input.slice()
        damaged[at] = (damaged[at] ?? 0) ^ flip
        const items = decodeAll(Avro.of(Point), { maxRecordBytes: 1e6 })(damaged)
        const isCount = ends.includes(at)
        const isLost = items.some(item => item._tag === 'Reject' && item.isFinal)
        if (ends.some(end => at < end && at >= end - 16)) expect(hasReject(items)).toBe(true)
        if (isLost) expect(at < (ends[0] as number) || isCount).toBe(true)
        else if (isCount) expect(sum(items)).toBeGreaterThanOrEqual(4)
        else expect([at, flip, sum(items)]).toEqual([at, flip, 6])
      }
  },
)

test('Avro reads any bytes without throwing, also those of a file with some of them changed', () => {
  const written = right(
    encodeAll(Avro.of(FineTuneSnapshot))(fc.sample(Arbitrary.of(FineTuneSnapshot), { numRuns: 3, seed: 1 })),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(written.length - 1), fc.nat(255)), { maxLength: 3 }), changes => {
      const input = written.slice()
      for (const [i, byte] of changes) input[i] = byte
      for (const item of decodeAll(Avro.of(FineTuneSnapshot), { maxRecordBytes: 1e6 })(input))
        if (item._tag === 'Reject') expect(draw(item.error)).not.toBe('')
    }),
    { numRuns: 200, interruptAfterTimeLimit: 5000 },
  )
})

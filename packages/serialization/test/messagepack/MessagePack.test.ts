import { draw, Eq, Integer, record } from '@finetune-kit/codec'
import { FineTuneSnapshot } from '@finetune-kit/model'
import { Arbitrary } from '@finetune-kit/codec/testing'
import * as fc from 'fast-check'
import { decodeMulti, encode as encodeByAnother } from '@msgpack/msgpack'
import { either as E } from 'fp-ts'
import * as t from 'io-ts'
import suite from 'msgpack-test-suite' with { type: 'json' }
import { expect, test } from 'vitest'
import { decodeAll, encodeAll, type ReadResult } from '@finetune-kit/serialization'
import { MessagePack } from '@finetune-kit/serialization/messagepack'
import { decodeParts } from '../decodeParts.ts'

const any = MessagePack.of(t.unknown)
const bytes = (hex: string) =>
  Uint8Array.from(hex.split('-').filter(Boolean), byte => Number.parseInt(byte, 16))
const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}
const reasonOf = (input: Uint8Array) => {
  const result = any.decode(input)
  return E.isLeft(result) ? draw(result.left) : 'accepted'
}

/** Rows of the suite without a JSON value: each of them is refused. */
const refused: Readonly<Record<string, string>> = {
  '12.binary.yaml': 'bytes',
  '50.timestamp.yaml': 'dates',
  '60.ext.yaml': 'extensions',
}

interface Row {
  readonly msgpack: ReadonlyArray<string>
  readonly bignum?: string
  readonly [kind: string]: unknown
}

const files = Object.entries(suite as unknown as Record<string, ReadonlyArray<Row>>)

test('msgpack-test-suite is there, also what is refused of it', () => {
  const rows = files.flatMap(([, rows]) => rows)
  expect([files.length, rows.length, rows.flatMap(({ msgpack }) => msgpack).length]).toEqual([15, 85, 233])
  expect(files.map(([file]) => file)).toEqual(expect.arrayContaining(Object.keys(refused)))
})

test.each(files)('MessagePack.decode passes msgpack-test-suite: %s', (file, rows) => {
  for (const row of rows)
    for (const hex of row.msgpack) {
      const result = any.decode(bytes(hex))
      const kind = Object.keys(row).find(key => key !== 'msgpack')
      const wanted = row[kind as string]
      if (file in refused) expect(E.isLeft(result), hex).toBe(true)
      else if (
        row.bignum !== undefined &&
        !Number.isSafeInteger(Number(row.bignum)) &&
        !hex.startsWith('cb') &&
        !hex.startsWith('ca')
      )
        expect(reasonOf(bytes(hex)), hex).toContain('an integer that cannot be held exactly')
      else expect(result, hex).toEqual(E.right(row.bignum === undefined ? wanted : Number(row.bignum)))
    }
})

const isSame = Eq.of(t.array(FineTuneSnapshot)).equals
const json = Arbitrary.of(t.unknown)

test('MessagePack is read by another decoder, and reads what another encoder writes', () => {
  fc.assert(
    fc.property(fc.array(json, { minLength: 1 }), values => {
      const written = encodeAll(any)(values)
      if (E.isLeft(written)) return
      const plain = values.map(value => JSON.parse(JSON.stringify(value)) as unknown)
      if (JSON.stringify(plain).includes('__proto__')) return // the peer refuses it
      expect([...decodeMulti(written.right)]).toEqual(values)
      expect(any.decode(encodeByAnother(plain))).toEqual(E.right(plain))
    }),
  )
})

test('MessagePack gives back every record that it wrote', () => {
  const format = MessagePack.of(FineTuneSnapshot)
  fc.assert(
    fc.property(fc.array(Arbitrary.of(FineTuneSnapshot), { maxLength: 20 }), records => {
      const written = encodeAll(format)(records)
      if (E.isLeft(written)) expect(written.left.reason).toContain('lone surrogate')
      else
        expect(decodeAll(format)(written.right)).toSatisfy(
          (items: ReadonlyArray<ReadResult<FineTuneSnapshot>>) =>
            isSame(items.map(item => (item._tag === 'Record' ? item.value : item)) as never, records),
        )
    }),
    { numRuns: 200 },
  )
})

test('MessagePack keeps -0, 2^53 - 1, floats to the bit and own keys named __proto__', () => {
  const value: unknown = JSON.parse(
    '{"a":-0,"b":[-0,{"c":-0}],"max":9007199254740991,"min":-9007199254740991,"f":8e-05,"g":0.1,"__proto__":{"toString":1},"constructor":2,"hasOwnProperty":3}',
  )
  const back = right(any.decode(right(any.encode(value))))
  expect(Object.is((back as { a: number }).a, -0)).toBe(true)
  expect(back).toStrictEqual(value)
  expect(Object.getPrototypeOf(back)).toBe(Object.prototype)
  expect(JSON.stringify(back)).toBe(JSON.stringify(value))
})

test('MessagePack gives the same items wherever the input is cut', () => {
  const Point = record('Point', { x: Integer })
  const good = right(encodeAll(MessagePack.of(t.unknown))([{ x: 1 }, { x: 'two' }, { x: 3, é: ['y'] }]))
  const input = new Uint8Array([...good, 0xc1, 0x01])
  const whole = decodeAll(MessagePack.of(Point))(input)
  expect(whole.map(item => item._tag)).toEqual(['Record', 'Reject', 'Record', 'Reject'])
  for (let at = 0; at <= input.length; at++)
    expect(decodeParts(MessagePack.of(Point))([input.slice(0, at), input.slice(at)])).toEqual(whole)
  expect(decodeParts(MessagePack.of(Point))(Array.from(input, byte => new Uint8Array([byte])))).toEqual(whole)
})

test.each([
  [
    'a chain of array headers, 0xdc ffff',
    new Uint8Array(60_000).map((_, i) => (i % 3 === 0 ? 0xdc : 0xff)),
    'nested more than 1000 levels deep',
  ],
  ['an array that claims 2^32 - 1 items', bytes('dd-ff-ff-ff-ff'), 'a record longer than 67108864 bytes'],
  ['a map that claims 2^32 - 1 entries', bytes('df-ff-ff-ff-ff'), 'a record longer than 67108864 bytes'],
  ['a text that claims 4 GB', bytes('db-ff-ff-ff-ff'), 'a record longer than 67108864 bytes'],
  ['200,000 arrays in each other', new Uint8Array(200_000).fill(0x91), 'nested more than 1000 levels deep'],
  ['a byte that begins nothing', bytes('c1'), 'no value begins with the byte 0xc1'],
  ['a key that is a number', bytes('81-01-02'), 'a key that is not a string'],
  ['a text that is not UTF-8', bytes('a2-c3-28'), 'a text that is not UTF-8'],
  ['a text that encodes a surrogate', bytes('a3-ed-a0-80'), 'a text that is not UTF-8'],
  ['a date', bytes('d6-ff-00-00-00-00'), 'an extension of type 255, without a JSON equivalent'],
  ['two values', bytes('01-02'), 'bytes after the value'],
  ['nothing', bytes(''), 'it ends too early'],
  ['half a text', bytes('a5-61'), 'it ends too early'],
  ['2^53', bytes('cf-00-20-00-00-00-00-00-00'), 'an integer that cannot be held exactly'],
])('MessagePack.decode refuses %s', (_, input, reason) => {
  expect(reasonOf(input)).toContain(reason)
  expect(
    decodeAll(any)(input).every(item => item._tag === 'Reject') || input.length === 2 || input.length === 0,
  ).toBe(true)
})

test.each([
  ['a date', 'd6-ff-00-00-00-00', 'an extension of type 255, without a JSON equivalent (byte 4)'],
  ['bytes', 'c4-02-01-02', 'bytes, without a JSON equivalent (byte 4)'],
  ['an extension', 'c7-03-05-01-02-03', 'an extension of type 5, without a JSON equivalent (byte 4)'],
  ['2^64 - 1', 'cf-ff-ff-ff-ff-ff-ff-ff-ff', 'an integer that cannot be held exactly (byte 4)'],
  ['NaN', 'cb-7f-f8-00-00-00-00-00-00', 'a number that is not finite, without a JSON equivalent (byte 4)'],
  [
    '-Infinity in 32 bits',
    'ca-ff-80-00-00',
    'a number that is not finite, without a JSON equivalent (byte 4)',
  ],
  ['a text that is not UTF-8', 'a2-c3-28', 'a text that is not UTF-8 (byte 4)'],
  ['a key that is a number', '81-01-02', 'a key that is not a string (byte 5)'],
  ['a key that is a list', '81-92-01-02-c0', 'a key that is not a string (byte 5)'],
])('MessagePack rejects %s in a record, and reads on, wherever it is cut', (_, hex, reason) => {
  const input = Uint8Array.from([
    ...bytes('81-a1-78-01'), // {"x":1}
    ...bytes(hex),
    ...bytes('92-01'), // a list of two: 1 and the value again
    ...bytes(hex),
    ...bytes('02-03'),
  ])
  const whole = decodeAll(any)(input)
  const [first, second, third, ...more] = whole
  expect(first).toMatchObject({ value: { x: 1 } })
  expect(second?._tag === 'Reject' && second.error).toMatchObject({ reason })
  expect(second).not.toHaveProperty('isFinal')
  expect(third?._tag).toBe('Reject')
  expect(more).toMatchObject([{ value: 2 }, { value: 3 }])
  expect(decodeParts(any)(Array.from(input, byte => new Uint8Array([byte])))).toEqual(whole)
})

test('MessagePack refuses a record of more values than its limit, and reads on', () => {
  const input = bytes('93-01-81-a1-61-c0-02-03') // [1,{"a":null},2] and 3
  const read = (maxValues: number) =>
    decodeAll(any, { maxValues })(input).map(item => (item._tag === 'Record' ? item.value : draw(item.error)))
  expect(read(5)).toEqual([[1, { a: null }, 2], 3])
  expect(read(4)).toEqual(['record 1: not MessagePack: more than 4 values in a record (byte 6)', 3])
  expect(any.decode(input.subarray(0, 7), { maxValues: 5 })._tag).toBe('Right')
  expect(any.decode(input.subarray(0, 7), { maxValues: 4 })._tag).toBe('Left')
})

test('MessagePack reads 2^53 - 1 from integers of 64 bits', () => {
  expect(any.decode(bytes('cf-00-1f-ff-ff-ff-ff-ff-ff'))).toEqual(E.right(2 ** 53 - 1))
  expect(any.decode(bytes('d3-ff-e0-00-00-00-00-00-01'))).toEqual(E.right(-(2 ** 53 - 1)))
})

test('MessagePack.encode refuses what it cannot hold, with the path', () => {
  expect(any.encode({ a: ['\ud800'] })).toEqual(
    E.left({ _tag: 'Unencodable', path: ['a', 0], reason: 'a lone surrogate cannot be written as UTF-8' }),
  )
  expect(any.encode({ a: { b: Number.NaN } })).toMatchObject({ left: { path: ['a', 'b'] } })
  const cyclic: Record<string, unknown> = {}
  cyclic['self'] = cyclic
  expect(E.isLeft(any.encode(cyclic))).toBe(true)
})

test('MessagePack refuses an object that has a key twice, when strict', () => {
  const twice = bytes('82-a1-61-01-a1-61-02')
  expect(E.isRight(any.decode(twice))).toBe(true)
  expect(any.decode(twice, { strict: true })).toMatchObject({
    left: { reason: 'an object has a key twice (byte 0)' },
  })
})

import { Arbitrary } from '@finetune-kit/codec/testing'
import { decodeAll, encodeAll } from '@finetune-kit/serialization'
import { MessagePack } from '@finetune-kit/serialization/messagepack'
import { decode } from '@msgpack/msgpack'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { Unpackr } from 'msgpackr'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'

const any = MessagePack.of(t.unknown)
const json = Arbitrary.of(t.unknown).map(value => JSON.parse(JSON.stringify(value ?? null)) as unknown)
const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

test.each([
  [1, [0, 1, 127, -1, -32]],
  [2, [128, 255, -33, -128]],
  [3, [256, 65_535, -129, -32_768]],
  [5, [65_536, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, -32_769, -(2 ** 31)]],
  [9, [2 ** 32, -(2 ** 31) - 1, 2 ** 53 - 1, -(2 ** 53 - 1), -0, 0.5, 5e-324, -1.7976931348623157e308]],
])('MessagePack writes a number in %d bytes: %j', (size, numbers) => {
  for (const n of numbers) {
    const written = right(any.encode(n))
    expect(written.length).toBe(size)
    expect(decode(written)).toBe(n)
    expect(any.decode(written)).toEqual(E.right(n))
  }
})

test.each([0, 31, 32, 40, 41, 255, 256, 65_535, 65_536, 70_000])(
  'MessagePack writes texts, lists and objects of %d',
  size => {
    const object = Object.fromEntries(Array.from({ length: size }, (_, i) => [`k${i}`, i]))
    for (const value of [
      'a'.repeat(size),
      'é'.repeat(size),
      Array.from({ length: size }, (_, i) => i),
      object,
    ]) {
      expect(decode(right(any.encode(value)))).toEqual(value)
      const [item] = decodeAll(any)(right(encodeAll(any, { compact: true })([value])))
      expect(item).toMatchObject({ _tag: 'Record', value })
    }
  },
)

/** The only block of these bytes, as msgpackr reads it. */
const readByMsgpackr = (bytes: Uint8Array): unknown =>
  new Unpackr({ useRecords: true, mapsAsObjects: true }).unpack(bytes.subarray(6)) as unknown

test('a block is read by msgpackr, its records too', () => {
  fc.assert(
    fc.property(fc.array(json, { minLength: 1, maxLength: 20 }), values => {
      if (JSON.stringify(values).includes('__proto__')) return // msgpackr changes such a key
      const written = encodeAll(any, { compact: true })(values)
      if (E.isRight(written)) expect(readByMsgpackr(written.right)).toEqual(values)
    }),
    { interruptAfterTimeLimit: 4000 },
  )
})

test('a block has names for 64 kinds of records, and room for more', () => {
  const values = Array.from({ length: 200 }, (_, i) => ({ [`a${i % 100}`]: 64, b: [i, { c: 127 }] }))
  const written = right(encodeAll(any, { compact: true })(values))
  expect(readByMsgpackr(written)).toEqual(values)
  expect(decodeAll(any)(written).map(item => item._tag === 'Record' && item.value)).toEqual(values)
})

test('a record that is refused leaves no trace in its block, nor do the keys that it was the first to have', () => {
  const writer = any.writer({ compact: true })
  const good = [{ a: 1 }, { b: { c: 2 } }, { b: { c: 3 } }]
  writer.push(good[0])
  expect(writer.push({ b: { c: 1 }, d: [Number.NaN] })).toMatchObject({ left: { path: ['d', 0] } })
  expect(writer.push({ b: { c: '\udc00' } })).toMatchObject({ left: { path: ['b', 'c'] } })
  expect(writer.push({ '\udc00': 1 })).toMatchObject({ left: { path: ['\udc00'] } })
  for (const value of good.slice(1)) writer.push(value)
  const written = writer.end()
  expect(readByMsgpackr(written)).toEqual(good)
  expect(decodeAll(any)(written).map(item => item._tag === 'Record' && item.value)).toEqual(good)
})

test('blocks stay so small that a reader takes them', () => {
  const values = Array.from({ length: 20 }, (_, i) => ({ text: `${i}`.repeat(300_000) }))
  const written = right(encodeAll(any, { compact: true })(values))
  const items = decodeAll(any, { maxRecordBytes: 2_000_000 })(written)
  expect(items.map(item => item._tag === 'Record' && item.value)).toEqual(values)
})

test('keys whose value is undefined are absent, and what is no value of JSON is refused', () => {
  expect(decode(right(any.encode({ a: undefined, b: [{ c: undefined }] })))).toEqual({ b: [{}] })
  for (const value of [undefined, 1n, Symbol('a'), new Date(), new Map(), [undefined], () => 1, { a: /b/ }])
    expect(E.isLeft(any.encode(value))).toBe(true)
})

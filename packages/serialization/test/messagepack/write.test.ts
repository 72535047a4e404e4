import { decodeAll, encodeAll } from '@finetune-kit/serialization'
import { MessagePack } from '@finetune-kit/serialization/messagepack'
import { decode } from '@msgpack/msgpack'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'

const any = MessagePack.of(t.unknown)
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

test.each([0, 31, 32, 40, 41, 255, 256, 65_535, 65_536])(
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
      const [item] = decodeAll(any)(right(encodeAll(any)([value])))
      expect(item).toMatchObject({ _tag: 'Record', value })
    }
  },
)

test('keys whose value is undefined are absent, and what is no value of JSON is refused', () => {
  expect(decode(right(any.encode({ a: undefined, b: [{ c: undefined }] })))).toEqual({ b: [{}] })
  for (const value of [undefined, 1n, Symbol('a'), new Date(), new Map(), [undefined], () => 1, { a: /b/ }])
    expect(E.isLeft(any.encode(value))).toBe(true)
})

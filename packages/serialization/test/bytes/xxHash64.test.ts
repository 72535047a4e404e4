import * as fc from 'fast-check'
import { xxhash64 } from 'hyparquet/src/xxhash.js'
import { expect, test } from 'vitest'
import { xxHash64 } from '../../src/bytes/xxHash64.ts'

const hashOf = (bytes: Uint8Array, from = 0, to = bytes.length): bigint => {
  const halves = new Int32Array(2)
  xxHash64(bytes, from, to, halves)
  const [low = 0, high = 0] = new Uint32Array(halves.buffer)
  return (BigInt(high) << 32n) | BigInt(low)
}

test('the hash of no bytes is that of the specification', () => {
  expect(hashOf(new Uint8Array(0))).toBe(0xef46db3751d8e999n)
})

test('the hash is that of hyparquet for every length, of extreme bytes too', () => {
  for (let length = 0; length <= 100; length++)
    for (const byte of [0, 0x7f, 0x80, 0xff]) {
      const bytes = new Uint8Array(length).fill(byte)
      expect(hashOf(bytes)).toBe(xxhash64(bytes))
    }
})

test('the hash of a range of bytes is that of hyparquet', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.nat({ max: 20 }),
      fc.nat({ max: 20 }),
      (bytes, skip, cut) => {
        const from = Math.min(skip, bytes.length)
        const to = Math.max(from, bytes.length - cut)
        expect(hashOf(bytes, from, to)).toBe(xxhash64(bytes.slice(from, to)))
      },
    ),
    { numRuns: 1000 },
  )
})

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { pooledEncoder } from '../../src/bytes/pooledEncoder.ts'

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.tuple(fc.constantFrom('a', 'é', '中', '😀', '\ud800'), fc.nat(9000)).map(([c, n]) => c.repeat(n)),
)

test('pooled gives what an encoder gives, and changes nothing that it gave before', () => {
  const encoder = new TextEncoder()
  fc.assert(
    fc.property(fc.array(text, { maxLength: 30 }), texts => {
      const toBytes = pooledEncoder()
      const all = texts.map(toBytes)
      for (const [i, bytes] of all.entries()) expect(Buffer.compare(bytes, encoder.encode(texts[i]))).toBe(0)
    }),
  )
})

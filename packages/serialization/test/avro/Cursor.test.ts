import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cursor, cachedString } from '../../src/avro/Cursor.ts'
import { string } from '../../src/avro/primitives.ts'
import { byteWriter, finish } from '../../src/bytes/ByteWriter.ts'

test('a text that recurs in one place is read as what it is, however like the one before', () => {
  const texts = fc.array(
    fc.oneof(
      fc.constantFrom('', 'a', 'b', 'ab', 'é', 'Ã©', '\u0080', '\u00ff', 'a'.repeat(32), 'a'.repeat(40)),
      fc.string({ unit: 'binary', maxLength: 40 }),
    ),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(texts, all => {
      const written = all.filter(text => text.isWellFormed())
      const out = byteWriter()
      for (const text of written) string(out, text)
      const c = cursor(finish(out))
      const read = cachedString()
      expect(written.map(() => read(c))).toEqual(written)
      expect([c.error, c.invalid, c.at]).toEqual([undefined, undefined, c.bytes.length])
    }),
    { interruptAfterTimeLimit: 4000 },
  )
})

test('a text that recurs but is cut, or is no UTF-8, is found out', () => {
  const read = cachedString()
  expect(read(cursor(Uint8Array.of(4, 0x61, 0x62)))).toBe('ab')
  const cut = cursor(Uint8Array.of(4, 0x61))
  read(cut)
  expect(cut.error).toEqual({ reason: 'it ends too early', at: 2 })
  const bad = cursor(Uint8Array.of(4, 0x61, 0xff, 4, 0x61, 0x62))
  expect([read(bad), bad.invalid, read(bad)]).toEqual([
    '',
    { reason: 'a text that is not UTF-8', at: 0 },
    'ab',
  ])
})

import { Arbitrary } from '@finetune-kit/codec/testing'
import { encode } from '@msgpack/msgpack'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { Packr } from 'msgpackr'
import { expect, test } from 'vitest'
import { reading } from '../../src/messagepack/read.ts'
import { scanner } from '../../src/messagepack/scan.ts'

const json = Arbitrary.of(t.unknown).map(value => JSON.parse(JSON.stringify(value ?? null)) as unknown)

/** Bytes of values, some of them changed, cut or made longer; and any bytes. */
const damaged = (packed: fc.Arbitrary<Uint8Array>) =>
  fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc
      .tuple(packed, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }), fc.nat(5))
      .map(([bytes, changes, more]) => {
        const changed = new Uint8Array(bytes.length + more)
        changed.set(bytes)
        for (const [at, byte] of changes) changed[at % changed.length] = byte
        return changed
      }),
    fc.tuple(packed, fc.nat()).map(([bytes, end]) => bytes.slice(0, end % (bytes.length + 1))),
  )

const limits = { maxDepth: 5, maxRecordBytes: 1_000_000 }

test('what the scanner finds nothing wrong with is read to the same byte, and nothing else is', () => {
  const read = reading()
  fc.assert(
    fc.property(
      damaged(json.filter(v => !JSON.stringify(v).includes('__proto__')).map(v => encode(v))),
      bytes => {
        const scanned = scanner(limits)(bytes)
        const isWhole = scanned !== 'more' && scanned._tag === 'Scanned' && !scanned.isBlock
        expect(read(bytes, { maxDepth: 5, inBlock: false })?.end).toBe(isWhole ? scanned.end : undefined)
      },
    ),
    { numRuns: 3000, interruptAfterTimeLimit: 4000 },
  )
})

test('of a block nothing is read that the scanner finds wrong', () => {
  const read = reading()
  const packr = new Packr({ useRecords: true })
  const blocks = fc.array(json, { maxLength: 6 }).map(values => Uint8Array.from(packr.pack(values)))
  fc.assert(
    fc.property(damaged(blocks), bytes => {
      const found = read(bytes, { maxDepth: 5, inBlock: true })
      const scanned = scanner(limits, true)(bytes)
      if (found !== undefined) expect(scanned).toMatchObject({ _tag: 'Scanned', end: found.end })
    }),
    { numRuns: 3000, interruptAfterTimeLimit: 4000 },
  )
})

test('records that msgpackr defines are read', () => {
  const packr = new Packr({ useRecords: true })
  const read = reading()
  fc.assert(
    fc.property(fc.array(json, { maxLength: 6 }), values => {
      if (JSON.stringify(values).includes('__proto__')) return // msgpackr changes such a key
      const bytes = Uint8Array.from(packr.pack(values))
      expect(read(bytes, { maxDepth: 1000, inBlock: true })).toMatchObject({
        value: values,
        end: bytes.length,
      })
    }),
    { interruptAfterTimeLimit: 4000 },
  )
})

test('a value deeper than the stack is not read, and nothing is thrown', () => {
  const deep = new Uint8Array(1_000_000).fill(0x91)
  expect(reading()(deep, { maxDepth: Number.POSITIVE_INFINITY, inBlock: false })).toBeUndefined()
})

test('a record of very many keys that stands in itself very often, and then ends, makes no objects', () => {
  const [keys, depth] = [50_000, 900]
  const names = Array.from({ length: keys }, (_, i) => encode(i.toString(36)))
  // a record is defined as 0x40, and then begins again and again in its first value
  const input = Buffer.concat([
    Uint8Array.of(0xd4, 0x72, 0x40, 0xdd, 0, 0, keys >> 8, keys & 0xff),
    ...names,
    new Uint8Array(depth).fill(0x40),
    Uint8Array.of(0xc1),
  ])
  const before = process.resourceUsage().maxRSS
  expect(reading()(input, { maxDepth: 1000, inBlock: true })).toBeUndefined()
  // in kB; 45 million values would take gigabytes
  expect(process.resourceUsage().maxRSS - before).toBeLessThan(200_000)
})

import { Arbitrary } from '@finetune-kit/codec/testing'
import { encode } from '@msgpack/msgpack'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { messagePackReader } from '../../src/messagepack/read.ts'
import { scanner } from '../../src/messagepack/scan.ts'

const json = Arbitrary.of(t.unknown).map(value => JSON.parse(JSON.stringify(value ?? null)) as unknown)

/** Encoded values, some of them changed, cut or extended; and arbitrary bytes. */
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

const limits = { maxDepth: 5, maxRecordBytes: 1_000_000, maxValues: 1_000_000 }

test('what the scanner finds nothing wrong with is read to the same byte, and nothing else is', () => {
  const read = messagePackReader()
  fc.assert(
    fc.property(
      damaged(json.filter(v => !JSON.stringify(v).includes('__proto__')).map(v => encode(v))),
      bytes => {
        const scanned = scanner(limits)(bytes)
        const isWhole = scanned !== 'more' && scanned._tag === 'Scanned' && scanned.problem === undefined
        expect(read(bytes, 5)?.end).toBe(isWhole ? scanned.end : undefined)
      },
    ),
    { numRuns: 3000, interruptAfterTimeLimit: 4000 },
  )
})

test('a value deeper than the stack is not read, and nothing is thrown', () => {
  const deep = new Uint8Array(1_000_000).fill(0x91)
  expect(messagePackReader()(deep, Number.POSITIVE_INFINITY)).toBeUndefined()
})

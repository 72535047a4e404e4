import { Integer, nullable, record } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'
import { FineTuneSnapshot } from '@finetune-kit/model'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { encodeValue } from '../../src/avro/encodeValue.ts'
import { byteWriter, finish } from '../../src/bytes/ByteWriter.ts'
import { encodeRow } from '../../src/avro/encodeRow.ts'
import { toRow } from '../../src/schema/toRow.ts'
import { recordSchema } from '../../src/schema/RecordSchema.ts'

/**
 * The bytes of a value written directly, and by its row; undefined if there is no row, or if only
 * the row can be written.
 */
const both = (codec: t.Mixed) => {
  const structure = recordSchema(codec)
  const direct = encodeValue(structure)
  const rowOf = toRow(structure)
  return (value: unknown) => {
    const [out, of] = [byteWriter(), byteWriter()]
    const isDone = direct(out, value)
    const row = rowOf(value)
    if (E.isRight(row)) encodeRow(of, structure, row.right)
    return { direct: isDone ? finish(out) : undefined, row: E.isRight(row) ? finish(of) : undefined }
  }
}

test('what is written directly is what is written of its row', () => {
  const written = both(FineTuneSnapshot)
  fc.assert(
    fc.property(Arbitrary.of(FineTuneSnapshot, { loneSurrogates: true }), value => {
      const { direct, row } = written(value)
      if (direct !== undefined) expect(direct).toEqual(row)
    }),
    { numRuns: 300, interruptAfterTimeLimit: 5000 },
  )
})

const Point = record(
  'Point',
  { x: Integer, y: nullable(t.number) },
  { note: nullable(t.string), flags: t.array(nullable(t.boolean)), more: t.unknown },
)

test.each([
  { x: 1, y: null },
  { x: -(2 ** 53 - 1), y: -0, note: 'é'.repeat(40), flags: [true, null], more: { a: [1] } },
  { x: 2 ** 53 - 1, y: 5e-324, note: null, other: [null] },
  { x: 2 ** 31, y: 0.1, note: 'a'.repeat(64), flags: [], more: null, '': undefined },
  { x: -(2 ** 31) - 1, y: 1, note: 'ü'.repeat(70_000), 1: 2 },
])('a value of every kind is written directly: %j', value => {
  const { direct, row } = both(Point)(value)
  expect(direct).toEqual(row)
  expect(direct).toBeDefined()
})

test.each([
  { x: -0, y: 1 },
  { x: 0.5, y: 1 },
  { x: 1, y: Number.NaN },
  { x: 1, y: 1, note: '\ud800' },
  { x: 1, y: 1, note: `${'a'.repeat(50)}\udc00` },
  { x: 1, y: 1, note: `${'a'.repeat(70_000)}\udc00` },
  { x: 1, y: 1, flags: [1] },
  { x: 1 },
  { x: 1, y: 1, other: () => 1 },
  Object.create({ x: 1, y: 1 }),
  [],
])('what does not fit its field is left to the row: %j', value => {
  expect(both(Point)(value).direct).toBeUndefined()
})

import { Finite, Integer, nullable, record } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'
import { FineTuneSnapshot } from '@finetune-kit/model'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { conforms } from '../../../src/schema/conforms.ts'
import { toRow } from '../../../src/schema/toRow.ts'
import { recordSchema } from '../../../src/schema/RecordSchema.ts'
import { rowView, shred, valueView, type RecordView } from '../../../src/parquet/write/shred.ts'

type Entry = readonly [value: unknown, definition: number, repetition: number]

/**
 * The entries of each column for a value, and for its row; undefined if the value does not fit
 * directly.
 */
const both = (codec: t.Mixed) => {
  const structure = recordSchema(codec)
  const fits = conforms(structure)
  const rowOf = toRow(structure)
  const entriesOf = (way: RecordView, record: unknown) => {
    const { columns, push } = shred(structure, way, ({ path }) => {
      const entries: Array<Entry> = []
      return { path, entries, push: (...entry: Entry) => void entries.push(entry) }
    })
    push(record)
    return columns.map(({ path, entries }) => [path.join('.'), entries])
  }
  return (value: unknown) => {
    const row = rowOf(value)
    return {
      direct: fits(value) ? entriesOf(valueView, value) : undefined,
      row: E.isRight(row) ? entriesOf(rowView, row.right) : undefined,
    }
  }
}

test('a value that fits is laid down as its row is', () => {
  const laid = both(FineTuneSnapshot)
  let direct = 0
  fc.assert(
    fc.property(Arbitrary.of(FineTuneSnapshot, { unknownKeys: false }), value => {
      const found = laid(FineTuneSnapshot.encode(value))
      if (found.direct === undefined) return
      direct++
      expect(found.direct).toEqual(found.row)
    }),
    { numRuns: 300, interruptAfterTimeLimit: 5000 },
  )
  expect(direct).toBeGreaterThan(0)
})

const Inner = record('Inner', { z: t.boolean }, { a: t.string, b: nullable(Integer), c: t.unknown })
const Point = record(
  'Point',
  { x: Integer, y: nullable(Finite), list: t.array(nullable(Integer)) },
  { note: t.string, inner: Inner, inners: t.array(Inner), more: t.unknown },
)

test.each([
  { x: 1, y: null, list: [] },
  { x: 1, y: -0, list: [null, 2], note: null, inner: null, inners: null, more: null },
  { x: 2 ** 53 - 1, y: 5e-324, list: [1], note: '', inner: { z: true, a: null, b: null, c: null } },
  { x: 0, y: 0, list: [0], inners: [{ z: false }, { z: true, a: 'ü', c: { d: [] } }, { z: true, a: null }] },
])('a value of every kind fits: %j', value => {
  const { direct, row } = both(Point)(value)
  expect(direct).toBeDefined()
  expect(direct).toEqual(row)
})

test.each([
  { x: -0, y: 1, list: [] },
  { x: 0.5, y: 1, list: [] },
  { x: 1, y: Number.NaN, list: [] },
  { x: 1, y: 1, list: [0.5] },
  { x: 1, y: 1, list: [], note: '\ud800' },
  { x: 1, y: 1, list: [], inner: { z: true, other: 1 } },
  { x: 1, y: 1, list: [], inners: [null] },
  { x: 1, y: 1, list: [], more: () => 1 },
  { x: 1, y: 1, list: [], other: 1 },
  { x: 1, list: [] },
  Object.create({ x: 1, y: 1, list: [] }),
  Object.assign(Object.create(null), { x: 1, y: 1, list: [] }),
  [],
])('what does not fit as it is needs a row: %j', value => {
  expect(both(Point)(value).direct).toBeUndefined()
})

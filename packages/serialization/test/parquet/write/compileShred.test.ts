import { codeGeneration, Finite, Integer, nullable, record } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'
import { FineTuneSnapshot } from '@finetune-kit/model'
import { encodeAll } from '@finetune-kit/serialization'
import { Parquet } from '@finetune-kit/serialization/parquet'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { afterEach, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { toRow } from '../../../src/schema/toRow.ts'
import { recordSchema } from '../../../src/schema/RecordSchema.ts'
import { compileShred } from '../../../src/parquet/write/compileShred.ts'
import { type ColumnPath, shred } from '../../../src/parquet/write/shred.ts'

afterEach(() => codeGeneration(true))

type Entry = readonly [value: unknown, definition: number, repetition: number]

const entryList = ({ path }: ColumnPath) => {
  const entries: Array<Entry> = []
  return {
    path,
    entries,
    push: (...entry: Entry) => void entries.push(entry),
    absent: (definition: number, repetition: number) => void entries.push([null, definition, repetition]),
  }
}

/**
 * The entries of each column by the row of a value, and by generated code; undefined for a way that
 * does not take the value.
 */
const both = (codec: t.Mixed) => {
  const structure = recordSchema(codec)
  const rowOf = toRow(structure)
  return (value: unknown) => {
    const byRow = shred(structure, entryList)
    const row = rowOf(value)
    if (E.isRight(row)) byRow.push(row.right)
    const { columns } = shred(structure, entryList)
    const fits = compileShred(structure, columns)?.(value) === true
    const entriesOf = (of: typeof columns) => of.map(({ path, entries }) => [path.join('.'), entries])
    if (!fits) expect(columns.every(({ entries }) => entries.length === 0)).toBe(true)
    return {
      generated: fits ? entriesOf(columns) : undefined,
      row: E.isRight(row) ? entriesOf(byRow.columns) : undefined,
    }
  }
}

test.each([true, false])('compileShred gives the entries of the row: unknown keys %j', unknownKeys => {
  const shredded = both(FineTuneSnapshot)
  let direct = 0
  fc.assert(
    fc.property(Arbitrary.of(FineTuneSnapshot, { unknownKeys }), value => {
      const { generated, row } = shredded(FineTuneSnapshot.encode(value))
      if (generated === undefined) return
      direct++
      expect(generated).toEqual(row)
    }),
    { numRuns: 200, interruptAfterTimeLimit: 5000 },
  )
  expect(direct).toBeGreaterThan(0)
})

const Inner = record('Inner', { z: t.boolean }, { a: t.string, b: nullable(Integer), c: t.unknown })
const Point = record(
  'Point',
  { x: Integer, y: nullable(Finite), list: t.array(nullable(Integer)) },
  {
    note: t.string,
    inner: Inner,
    inners: t.array(Inner),
    lists: t.array(t.array(t.unknown)),
    more: t.unknown,
  },
)

test.each([
  { x: 1, y: null, list: [] },
  { x: 1, y: -0, list: [null, 2], note: null, inner: null, inners: null, more: null },
  { x: 2 ** 53 - 1, y: 5e-324, list: [1], note: '', inner: { z: true, a: null, b: null, c: null } },
  { x: 0, y: 0, list: [0], inners: [{ z: false }, { z: true, a: 'ü', c: { d: [] } }, { z: true, a: null }] },
  { x: 0, y: 0, list: [], lists: [[], [1, null, { a: -0 }], [[]]], more: [-0] },
  { x: 1, y: 1, list: [], other: 1, note: null, 7: { b: [-0] }, none: undefined },
  { x: 1, y: 1, list: [], inner: { z: true, other: '"' }, inners: [{ z: true, b: 1, constructor: 2 }] },
  JSON.parse('{"x":1,"y":1,"list":[],"__proto__":{"z":1}}'),
])('compileShred takes a value of every kind, and unknown keys: %j', value => {
  const { generated, row } = both(Point)(value)
  expect(generated).toBeDefined()
  expect(generated).toEqual(row)
})

test.each([
  { x: -0, y: 1, list: [] },
  { x: 0.5, y: 1, list: [] },
  { x: 1, y: Number.NaN, list: [] },
  { x: 1, y: 1, list: [0.5] },
  { x: 1, y: 1, list: [], note: '\ud800' },
  { x: 1, y: 1, list: [], more: ['\ud800'] },
  { x: 1, y: 1, list: [], inner: { z: true, '\ud800': 1 } },
  { x: 1, y: 1, list: [], inners: [null] },
  { x: 1, y: 1, list: [], more: () => 1 },
  { x: 1, y: 1, list: [], other: Number.NaN },
  { x: 1, y: 1, list: [], inner: { z: true, other: () => 1 } },
  { x: 1, list: [] },
  Object.create({ x: 1, y: 1, list: [] }),
  Object.assign(Object.create(null), { x: 1, y: 1, list: [] }),
  [],
  null,
  'text',
])('compileShred writes nothing of a value that needs its row: %j', value => {
  expect(both(Point)(value).generated).toBeUndefined()
})

test('compileShred reads keys of any name as data', () => {
  const keys = ['constructor', 'toString', '"\u2028`${', ')}; throw 1', '\\ud800', '', '0']
  const Odd = record('Odd', {}, Object.fromEntries(keys.map(key => [key, t.string])))
  const values: ReadonlyArray<unknown> = [
    {},
    JSON.parse('{"__proto__":"a","constructor":"b"}'),
    Object.fromEntries(keys.map((key, i) => [key, `${i}`])),
    ...keys.map(key => ({ [key]: null })),
    Object.fromEntries(keys.map(key => [key, null])),
    { 'not a field': '"', constructor: null },
  ]
  for (const value of values) {
    const { generated, row } = both(Odd)(value)
    expect(generated).toBeDefined()
    expect(generated).toEqual(row)
  }
})

test('compileShred gives the entries of a value that is no record', () => {
  for (const [codec, value] of [
    [t.array(t.array(Integer)), [[1, 2], [], [3]]],
    [t.unknown, null],
    [nullable(t.string), null],
  ] as const) {
    const { generated, row } = both(codec)({ value })
    expect(generated).toBeDefined()
    expect(generated).toEqual(row)
  }
})

test('Parquet writes the same bytes with generated code as without', () => {
  const rows = Array.from({ length: 1000 }, (_, x) => ({
    x: x % 97 === 0 ? -0 : x,
    y: x % 3 === 0 ? null : x / 7,
    list: x % 5 === 0 ? [] : [x, null],
    ...(x % 4 === 0 && { note: x % 8 === 0 ? null : `note ${x}`, other: { x } }),
    ...(x % 7 === 0 && { inner: { z: x % 2 === 0, more: [x] }, inners: [{ z: true }, { z: false, b: x }] }),
    ...(x % 11 === 0 && { more: { x }, lists: [[x], []] }),
  })) as ReadonlyArray<t.TypeOf<typeof Point>>
  const write = () => encodeAll(Parquet.of(Point))(rows)
  const generated = write()
  codeGeneration(false)
  expect(E.isRight(generated)).toBe(true)
  expect(write()).toEqual(generated)
})

test('compileShred does nothing where code may not be generated', () => {
  codeGeneration(false)
  const structure = recordSchema(Point)
  expect(compileShred(structure, shred(structure, entryList).columns)).toBeUndefined()
})

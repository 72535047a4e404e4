import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { annotate, decode, JsonSchema, nullable } from '../src/index.ts'
import { lazyRecord } from '../src/internal/lazyRecord.ts'

/** A lazy record, and how often its fields were made. */
const counted = (x: t.Type<number, unknown>, encodesAsIs: boolean) => {
  const made = { times: 0 }
  const codec = lazyRecord('Point', { title: 'Point' }, encodesAsIs, () => {
    made.times++
    return [{ x }, { label: t.string }]
  })
  return { made, codec }
}

const Doubled = new t.Type<number>('Doubled', t.number.is, t.number.validate, n => 2 * n)

test('the fields are made once, at the first use, for all annotated copies', () => {
  const { made, codec } = counted(t.number, true)
  const copy = annotate(codec, { description: 'A point.' })
  expect(made.times).toBe(0)
  const value = { x: 1 }
  expect(decode(copy)(value)).toMatchObject({ right: value })
  expect(decode(codec)({ x: '1' })._tag).toBe('Left')
  expect(copy.types).toBe(codec.types)
  expect(codec.types.map(({ props }) => Object.keys(props))).toEqual([['x'], ['label']])
  expect(made.times).toBe(1)
})

test('codecs around it ask how it encodes, which makes no field', () => {
  const plain = counted(t.number, true)
  expect(t.type({ points: t.array(plain.codec) }).encode).toBe(t.identity)
  expect(plain.made.times).toBe(0)

  const doubled = counted(Doubled, false)
  const points = t.array(doubled.codec)
  expect(doubled.made.times).toBe(0)
  expect(points.encode([{ x: 1, label: 'a' }])).toEqual([{ x: 2, label: 'a' }])
})

test('nullable makes no field before it is used', () => {
  const plain = counted(t.number, true)
  const maybe = annotate(nullable(plain.codec), { description: 'A point, or none.' })
  expect(maybe.encode).toBe(t.identity)
  expect(plain.made.times).toBe(0)
  expect(maybe.decode({ x: 'a' })._tag).toBe('Left')
  expect(JsonSchema.of(maybe)).toMatchObject({ type: ['object', 'null'] })

  const doubled = counted(Doubled, false)
  const doubledOrNot = nullable(doubled.codec)
  expect(doubled.made.times).toBe(0)
  expect([{ x: 1 }, null].map(doubledOrNot.encode)).toEqual([{ x: 2 }, null])
})

import * as fc from 'fast-check'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { decode, Integer, JsonSchema, record } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'

const Point = record('Point', { x: Integer }, { label: t.string })

test('record gives back the value it was given', () => {
  const value = { x: 1, label: 'a', other: { deep: true } }
  expect(decode(Point)(value)).toEqual({ _tag: 'Right', right: value })
  expect((decode(Point)(value) as { right: unknown }).right).toBe(value)
})

test('record leaves out an optional key whose value is undefined', () => {
  const result = decode(Point)({ x: 1, label: undefined, z: 2 })
  expect(result).toStrictEqual({ _tag: 'Right', right: { x: 1, z: 2 } })
  expect(Point.is({ x: 1, label: undefined })).toBe(false)
})

test('record keeps own keys named __proto__ and constructor as data', () => {
  const hostile = JSON.parse('{"x":1,"__proto__":{"polluted":1},"constructor":2,"hasOwnProperty":3}')
  const result = decode(Point)({ ...hostile, label: undefined }) as { right: object }
  expect(Object.getPrototypeOf(result.right)).toBe(Object.prototype)
  expect(JSON.stringify(result.right)).toBe(
    '{"x":1,"__proto__":{"polluted":1},"constructor":2,"hasOwnProperty":3}',
  )
})

test('record refuses a field that is both required and optional', () => {
  expect(() => record('Twice', { a: t.string }, { a: t.string })).toThrow(
    'record Twice: the field "a" is both required and optional; name it once',
  )
})

test('record reads an absent key named constructor as inherited, as io-ts does', () => {
  const optional = { constructor: t.string }
  for (const codec of [t.partial(optional), record('Inheriting', {}, optional)]) {
    expect(codec.decode({})._tag).toBe('Left')
    expect(codec.decode({ constructor: 'own' })._tag).toBe('Right')
  }
})

test.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf'])(
  'what is derived of an optional field named %s agrees with io-ts, which reads the inherited one',
  key => {
    const named = { [key]: t.string }
    const unknown = { [key]: t.unknown }
    const twice = t.intersection([t.partial(named), t.partial(named)])
    for (const codec of [t.partial(named), record('Inheriting', {}, named), twice]) {
      expect(JsonSchema.of(codec)).toMatchObject({ required: [key] })
      fc.assert(fc.property(Arbitrary.of(codec as t.Type<unknown>), value => codec.is(value)))
    }
    for (const codec of [t.partial(unknown), record('Inheriting', {}, unknown)]) {
      expect(codec.decode({})._tag).toBe('Right')
      expect(JsonSchema.of(codec)).not.toHaveProperty('required')
    }
  },
)

test('Arbitrary ends where an intersection or a key of its own has no value', () => {
  for (const codec of [
    t.intersection([t.string, t.number]),
    record('None', {}, { constructor: t.undefined }),
  ] as ReadonlyArray<t.Type<unknown>>)
    expect(() => fc.sample(Arbitrary.of(codec), 20)).toThrow('10,000 generated values in a row are invalid')
})

test('record names the field, what was expected and what was found', () => {
  expect(decode(Point)({ x: 1.5, label: null })).toEqual({
    _tag: 'Left',
    left: {
      _tag: 'Invalid',
      issues: [
        { path: ['x'], expected: 'integer', actual: 1.5 },
        { path: ['label'], expected: 'string', actual: null },
      ],
      more: 0,
    },
  })
})

import { decode, dictionary, Integer, JsonSchema, record, Validator } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'
import { either as E } from 'fp-ts'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { expect, test } from 'vitest'

const Note = record('Note', { text: t.string }, { by: t.string })
const Notes = dictionary(Note)
const hostile = (): Record<string, unknown> =>
  JSON.parse('{"__proto__":{"text":"a"},"constructor":{"text":"b"},"hasOwnProperty":{"text":"c"}}')

test('dictionary gives back the value it was given', () => {
  const value = hostile()
  const result = decode(Notes)(value)
  expect(E.isRight(result) && result.right === value).toBe(true)
})

test('dictionary keeps own keys named __proto__ as data, also where values change', () => {
  const value = hostile()
  Object.defineProperty(value, '__proto__', { value: { text: 'a', by: undefined }, enumerable: true })
  const result = decode(Notes)(value)
  if (E.isLeft(result)) throw new Error('expected a right')
  expect(Object.getPrototypeOf(result.right)).toBe(Object.prototype)
  expect(JSON.stringify(result.right)).toBe(JSON.stringify(hostile()))
  expect(
    Object.hasOwn(Object.getOwnPropertyDescriptor(result.right, '__proto__')?.value as object, 'by'),
  ).toBe(false)
})

test('dictionary encodes without touching a prototype', () => {
  const Shout = new t.Type<string, string>('Shout', t.string.is, t.string.validate, text => `${text}!`)
  const encoded = dictionary(Shout).encode(JSON.parse('{"__proto__":"a","b":"c"}'))
  expect(JSON.stringify(encoded)).toBe('{"__proto__":"a!","b":"c!"}')
})

test('dictionary names each value that is wrong, and is no list', () => {
  expect(decode(dictionary(Integer))({ a: 1, b: 'x', c: null })).toMatchObject({
    left: { issues: [{ path: ['b'] }, { path: ['c'] }] },
  })
  expect(E.isLeft(decode(dictionary(t.any))([1]))).toBe(true)
  expect(dictionary(t.any).is([1])).toBe(false)
})

test('dictionary has a structure, and everything that is derived from one', () => {
  expect(JsonSchema.of(dictionary(Integer))).toMatchObject({ type: 'object' })
  fc.assert(
    fc.property(Arbitrary.of(Notes), value => {
      expect(Notes.is(value)).toBe(true)
      expect(decode(Notes)(value)).toEqual(E.right(value))
      expect(Validator.of(Notes).accepts(value)).toBe(true)
    }),
  )
})

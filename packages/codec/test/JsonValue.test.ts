import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode, draw, JsonValue, maxJsonDepth } from '@finetune-kit/codec'

const textOf = (value: unknown): string => {
  const result = decode(JsonValue)(value)
  return result._tag === 'Left' ? draw(result.left) : 'nothing is wrong'
}

test('JsonValue gives back every JSON value as it is', () => {
  fc.assert(
    fc.property(fc.json(), text => {
      const value = JSON.parse(text)
      expect(decode(JsonValue)(value)).toEqual({ _tag: 'Right', right: value })
      expect((decode(JsonValue)(value) as { right: unknown }).right).toBe(value)
      expect(JsonValue.is(value)).toBe(true)
    }),
  )
  const hostile = JSON.parse('{"__proto__":{"constructor":1}}')
  expect((decode(JsonValue)(hostile) as { right: unknown }).right).toBe(hostile)
})

const nested = (depth: number): unknown => {
  let u: unknown = 1
  for (let i = 0; i < depth; i++) u = { a: u }
  return u
}
const cyclic: Array<unknown> = []
cyclic.push(cyclic)

test.each([
  [undefined, 'missing, expected JSON value'],
  [{ a: [1, undefined] }, '/a/1: missing, expected JSON value'],
  [{ a: { b: Number.NaN } }, '/a/b: expected JSON value, found NaN'],
  [[1, -Infinity], '/1: expected JSON value, found -Infinity'],
  [{ f: Math.max }, '/f: expected JSON value, found a function'],
  [[1n], '/0: expected JSON value, found a bigint'],
  [{ at: new Date(0) }, '/at: expected JSON value, found an object'],
  [{ __proto__: null, b: Symbol('s') }, '/b: expected JSON value, found a symbol'],
  [JSON.parse('{"__proto__":1e400}'), '/__proto__: expected JSON value, found Infinity'],
  [nested(maxJsonDepth + 1), '/a/a/a/a/a/a/…/a/a/a/a/a: expected JSON value, found an object'],
  [nested(1_000_000), '/a/a/a/a/a/a/…/a/a/a/a/a: expected JSON value, found an object'],
  [cyclic, '/0/0/0/0/0/0/…/0/0/0/0/0: expected JSON value, found a list of 1'],
])('JsonValue refuses what JSON cannot say, with its path: case %$', (value, text) => {
  expect(textOf(value)).toBe(text)
  expect(JsonValue.is(value)).toBe(false)
})

test('JsonValue holds as many levels as it says', () => {
  expect(textOf(nested(maxJsonDepth))).toBe('nothing is wrong')
})

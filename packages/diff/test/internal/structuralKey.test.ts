import { Canonical } from '@finetune-kit/codec'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { structuralKey, writtenKey } from '../../src/internal/structuralKey.ts'

test('structuralKey is the text of RFC 8785 wherever the standard has one', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), value => {
      const canonical = Canonical.stringify(value)
      const hasOwnRule = JSON.stringify(value).includes('-0') || structuralKey(value).includes('-0')
      if (E.isRight(canonical) && !hasOwnRule) expect(structuralKey(value)).toBe(canonical.right)
    }),
  )
  expect(structuralKey({ b: [1e30, 'é'], a: { c: null } })).toBe('{"a":{"c":null},"b":[1e+30,"é"]}')
})

test('structuralKey has a rule where the standard has no text', () => {
  expect([-0, '\ud800', Number.NaN, Number.POSITIVE_INFINITY].map(value => structuralKey(value))).toEqual([
    '-0',
    String.raw`"\ud800"`,
    'NaN',
    'Infinity',
  ])
})

test('structuralKey is the same natively and value by value', () => {
  const anything = fc.anything({ withNullPrototype: true, withSparseArray: true, withDate: true })
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue({ noUnicodeString: false }), anything), value => {
      expect(structuralKey(value)).toBe(writtenKey(value))
    }),
    { numRuns: 500 },
  )
  for (const value of [{ a: -0 }, { a: [0, -0] }, { 2: 0, 10: '' }, { a: undefined }, ['\ud800', '0,']])
    expect(structuralKey(value)).toBe(writtenKey(value))
})

import * as fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { outcomes, pairwise, Validator } from '@finetune-kit/codec'

afterEach(() => Validator.codeGeneration(true))

const keys = ['a', 'constructor', 'toString', '"\u2028', 'b']
const visits = (isAllowed: boolean, a: unknown, b: unknown) => {
  Validator.codeGeneration(isAllowed)
  const seen: Array<unknown> = []
  const outcome = pairwise(keys)(a, b, (i, u, v) => seen.push(i, u, v) < 9)
  return { outcome, seen }
}

test('pairwise sees the same with generated code as without', () => {
  const value = fc.constantFrom<unknown>(0, -0, 1, Number.NaN, '', 'x', null, undefined)
  const object = fc.dictionary(fc.constantFrom(...keys, '__proto__', 'other'), value)
  const any = fc.oneof(object, value, fc.constant([]), fc.constant(new Date(0)))
  fc.assert(
    fc.property(any, any, (a, b) => {
      expect(visits(true, a, b)).toEqual(visits(false, a, b))
    }),
    { numRuns: 1000 },
  )
})

test('pairwise gives both values of each key that differs, and whether there are more', () => {
  const seen: Array<unknown> = []
  const look = (a: unknown, b: unknown) => pairwise(['x', 'y'])(a, b, (...visit) => seen.push(visit) > 0)
  expect(look({ x: 1, y: 2 }, { x: 1, y: 3 })).toBe(outcomes.done)
  expect(look({ x: 1 }, { y: 2, z: 0 })).toBe(outcomes.others)
  expect(look({ x: 1 }, [1])).toBe(outcomes.unlike)
  expect(seen).toEqual([
    [1, 2, 3],
    [0, 1, undefined],
    [1, undefined, 2],
  ])
  expect(pairwise(['x'])({ x: 1 }, { x: 2 }, () => false)).toBe(outcomes.stopped)
})

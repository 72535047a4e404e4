import * as fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { codeGeneration } from '@finetune-kit/codec'
import { compileFieldComparison } from '@finetune-kit/codec/compile'

afterEach(() => codeGeneration(true))

/** All calls of the visitor, and the answer. */
const told = (keys: ReadonlyArray<string>, a: unknown, b: unknown, patience = 99) => {
  const calls: Array<unknown> = []
  const call =
    (name: string) =>
    (...args: ReadonlyArray<unknown>) =>
      calls.push([name, ...args]) < patience
  const look = compileFieldComparison(keys, {
    visit: call('visit'),
    others: call('others'),
    unlike: call('unlike'),
  })
  return { answer: look(a, b, 'context'), calls }
}

/** Objects whose constructor is that of plain ones, or is named so. */
const oddObjects = (): ReadonlyArray<unknown> => {
  const named = { constructor: { value: { name: 'Object' } } }
  return [
    Object.create({}),
    Object.create({ a: 1, b: 2 }),
    Object.assign(Object.create({ a: 1 }) as object, { b: 2 }),
    Object.assign(Object.create({ m: () => 1 }) as object, { a: 1 }),
    Object.assign(Object.create(Object.create(null, named) as object) as object, { a: 1 }),
    Object.assign(Object.create(null) as object, { a: 1 }),
    { a: 1, constructor: Object },
    JSON.parse('{"a":1,"__proto__":{"b":2}}'),
  ]
}

test('pairwise tells the same with generated code as without', () => {
  const keys = ['a', 'constructor', 'toString', '"\u2028', 'b']
  const value = fc.constantFrom<unknown>(0, -0, 1, Number.NaN, '', 'x', null, undefined)
  const object = fc.dictionary(fc.constantFrom(...keys, '__proto__', 'other'), value)
  const any = fc.oneof(object, value, fc.constantFrom<unknown>([], new Date(0), ...oddObjects()))
  fc.assert(
    fc.property(any, any, fc.nat(4), (a, b, patience) => {
      codeGeneration(true)
      const generated = told(keys, a, b, patience)
      codeGeneration(false)
      expect(told(keys, a, b, patience)).toEqual(generated)
    }),
    { numRuns: 1000 },
  )
})

test('pairwise gives both values of each key that differs, and tells whether there are more', () => {
  expect(told(['x', 'y'], { x: 1, y: 2 }, { x: 1, y: 3 })).toEqual({
    answer: true,
    calls: [['visit', 1, 2, 3, 'context']],
  })
  expect(told(['x'], { x: 1 }, { y: 2 }).calls).toEqual([
    ['visit', 0, 1, undefined, 'context'],
    ['others', { x: 1 }, { y: 2 }, 'context'],
  ])
  expect(told(['x'], { x: 1 }, [1]).calls).toEqual([['unlike', { x: 1 }, [1], 'context']])
  expect(told(['x', 'y'], { x: 1, y: 1 }, { x: 2, y: 2 }, 1)).toEqual({
    answer: false,
    calls: [['visit', 0, 1, 2, 'context']],
  })
})

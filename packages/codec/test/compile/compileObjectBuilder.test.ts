import * as fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { codeGeneration } from '@finetune-kit/codec'
import { compileObjectBuilder } from '@finetune-kit/codec/compile'

afterEach(() => {
  vi.restoreAllMocks()
  codeGeneration(true)
})

const key = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', '1', '0', '', '"\u2028', '`${1}', '\\', '\ud800'),
  fc.string({ unit: 'binary' }),
)

test.each([true, false])(
  'makerOf makes the same however often it is asked; code may be generated: %s',
  allowed => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 6 }), fc.nat({ max: 3 }), (keys, first) => {
        codeGeneration(allowed)
        const values = Array.from({ length: first + keys.length }, (_, i) => i)
        const places = keys.map((_, i) => first + i)
        const expected = Object.entries(Object.fromEntries(keys.map((k, i) => [k, first + i])))
        const make = compileObjectBuilder(keys, places)
        for (let i = 0; i < 20; i++) {
          const made = make(values)
          expect(Object.entries(made)).toEqual(expected)
          expect(Object.getPrototypeOf(made)).toBe(Object.prototype)
        }
      }),
    )
  },
)

test('makerOf generates code for what comes again, and once for the same keys', () => {
  for (let i = 0; i < 1000; i++) compileObjectBuilder([`only ${i}`])
  const generated = vi.spyOn(globalThis, 'Function')
  const keys = ['once', 'for', 'all']
  for (let i = 0; i < 20; i++)
    expect(compileObjectBuilder(keys)([1, 2, i])).toEqual({ once: 1, for: 2, all: i })
  expect(generated).toHaveBeenCalledTimes(1)
})

test('makerOf generates nothing for a great many keys, of which a file may have any number', () => {
  const generated = vi.spyOn(globalThis, 'Function')
  const keys = Array.from({ length: 10_000 }, (_, i) => `key ${i}`)
  const make = compileObjectBuilder(keys)
  for (let i = 0; i < 10; i++) expect(Object.keys(make(keys))).toEqual(keys)
  expect(generated).not.toHaveBeenCalled()
})

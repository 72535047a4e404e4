import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { absent, objectsOf } from '../../src/internal/objects.ts'

test.each([0, 1, 31, 32, 40])('objectsOf makes objects of those of %s keys that are there', count => {
  const keys = Array.from({ length: count }, (_, i) => (i === 3 ? '__proto__' : `key ${i}`))
  const make = objectsOf(keys)
  const some = fc.array(fc.constantFrom<unknown>(absent, null, 0), { minLength: count, maxLength: count })
  fc.assert(
    fc.property(fc.array(some, { minLength: 1, maxLength: 3 }), kinds => {
      for (let i = 0; i < 12; i++)
        for (const values of kinds)
          expect(Object.entries(make(values))).toEqual(
            keys.map((key, j) => [key, values[j]]).filter(([, value]) => value !== absent),
          )
    }),
  )
})

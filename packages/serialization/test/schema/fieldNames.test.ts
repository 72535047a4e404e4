import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameOf } from '../../src/schema/fieldNames.ts'

test('nameOf gives names of Avro, never the same for two keys', () => {
  const part = fc.constantFrom('_', 'x', '2', 'd', '-', '5f', 'unknown', 'proto', '_', 'é')
  const key = fc.array(part, { maxLength: 6 }).map(parts => parts.join(''))
  fc.assert(
    fc.property(key, key, (a, b) => {
      expect(nameOf(a)).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/)
      if (a !== b) expect(nameOf(a)).not.toBe(nameOf(b))
    }),
    { numRuns: 1000 },
  )
  expect(['', '_unknown', '__proto__', 'n_epochs', 'a-b', '1'].map(nameOf)).toEqual([
    '_x_',
    '_x5f_unknown',
    '_x5f__proto__',
    'n_epochs',
    'a_x2d_b',
    '_x31_',
  ])
})

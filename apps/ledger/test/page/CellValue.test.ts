import { expect, test } from 'vitest'
import { quantity } from '../../page/src/CellValue.tsx'

test.each([
  [1, 'epochs', '1 epoch'],
  [3, 'epochs', '3 epochs'],
  [141240, 'tokens', '141,240 tokens'],
  [90, 'seconds', '1 min 30 s'],
  [0.5, undefined, '0.5'],
])('a quantity of %s %s is read as %s', (value, unit, text) => {
  expect(quantity(value, unit)).toBe(text)
})

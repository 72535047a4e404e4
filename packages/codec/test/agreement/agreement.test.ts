import { expect, test } from 'vitest'
import { agreement } from './agreement.ts'

test('Validator agrees with io-ts on random codecs and values, exotic ones too', () => {
  const { accepted, right, left, differences } = agreement(30_000, 1)
  expect(differences).toEqual([])
  // the comparison means something only while all three occur often
  expect(Math.min(accepted, right, left)).toBeGreaterThan(5_000)
})

import { tally } from '@finetune-kit/serialization/effect'
import { expect, test } from 'vitest'
import { progressText } from '../../src/convert/progressText.ts'

test('progressText shows a bar only when it knows the end, and fits the terminal', () => {
  const count = { ...tally(), read: 12_345, rejected: 2 }
  expect(progressText({ taken: 1_500_000, total: 6_000_000 }, count, 80)).toBe(
    '█████░░░░░░░░░░░░░░░ 25% of 6.0 MB, 12,345 records, 2 rejected',
  )
  expect(progressText({ taken: 1_500_000, total: undefined }, { ...count, rejected: 0 }, 80)).toBe(
    '1.5 MB, 12,345 records',
  )
  expect(progressText({ taken: 1, total: 2 }, count, 30).length).toBeLessThan(30)
})

import { expect, test } from 'vitest'
import { momentText } from '../../page/src/Moment.tsx'

test.each([
  [1_700_000_000, /^2023-11-1[45] \d\d:\d\d$/],
  [-100_000_000_000, /^1200-\d\d-\d\d \d\d:\d\d BC$/],
  [1e300, /^1e\+300$/],
])('a moment of %s seconds is told with its era', (seconds, text) => {
  expect(momentText(seconds)).toMatch(text)
})

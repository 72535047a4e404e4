import { expect, test } from 'vitest'
import { isLongOver } from '../../src/follow/isLongOver.ts'

const job = { id: 'ftjob-1', object: 'fine_tuning.job' as const, created_at: 1000, model: 'gpt-4o-mini' }
const hour = 3600

test('isLongOver is true an hour after the end of a run', () => {
  const ended = { ...job, status: 'succeeded', finished_at: 2000 }
  expect(isLongOver(ended, (2000 + hour) * 1000)).toBe(false)
  expect(isLongOver(ended, (2001 + hour) * 1000)).toBe(true)
})

test('isLongOver takes the newest record for the end where the run tells none', () => {
  const ended = { ...job, status: 'cancelled' }
  expect(isLongOver(ended, (1000 + hour) * 1000)).toBe(false)
  expect(isLongOver(ended, (1001 + hour) * 1000)).toBe(true)
})

test('isLongOver is false of a run that lives, however old it is', () => {
  expect(isLongOver({ ...job, status: 'running' }, 1e15)).toBe(false)
})

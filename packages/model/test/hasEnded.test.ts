import { type FineTuningJobSnapshot, hasEnded, progressOf } from '@finetune-kit/model'
import { expect, test } from 'vitest'

const job = (status: string): FineTuningJobSnapshot => ({
  object: 'fine_tuning.job',
  id: 'ftjob-1',
  created_at: 1_732_000_000,
  model: 'gpt-4o-mini',
  status,
})

test.each(['succeeded', 'failed', 'cancelled', 'canceled', 'deleted'])('hasEnded is true for %s', status => {
  expect(hasEnded(job(status))).toBe(true)
})

test.each(['validating_files', 'paused', 'running', 'notRunning', 'a new word', ''])(
  'hasEnded is false for "%s"',
  status => {
    expect(hasEnded(job(status))).toBe(false)
  },
)

test('hasEnded takes a status that is not known for an end if the run tells when it ended', () => {
  const ended = { ...job('COMPLETED'), finished_at: 1_732_001_800 }
  expect(hasEnded(ended)).toBe(true)
  expect(hasEnded({ ...ended, finished_at: 0 })).toBe(false)
  // an estimate that a service writes too early
  expect(hasEnded({ ...ended, status: 'running' })).toBe(false)
  expect(progressOf(ended)).toMatchObject({
    phase: 'unknown',
    finishedAt: 1_732_001_800,
    seconds: { total: 1800 },
  })
})

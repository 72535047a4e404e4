import { hasEnded } from '@finetune-kit/model'
import { expect, test } from 'vitest'

test.each(['succeeded', 'failed', 'cancelled', 'canceled', 'deleted'])('hasEnded is true for %s', status => {
  expect(hasEnded(status)).toBe(true)
})

test.each(['validating_files', 'paused', 'running', 'notRunning', 'a new word', ''])(
  'hasEnded is false for "%s"',
  status => {
    expect(hasEnded(status)).toBe(false)
  },
)

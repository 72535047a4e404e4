import { describe, expect, test } from 'vitest'
import { type FineTuneSnapshot, lint } from '@finetune-kit/model'
import { event, file, pending } from './samples.ts'

const result = { ...file, id: 'file-Results01', purpose: 'fine-tune-results' }
const hyperparams = { ...pending.hyperparams, batch_size: 1, learning_rate_multiplier: 0.1 }
const succeeded: FineTuneSnapshot = {
  ...pending,
  hyperparams,
  updated_at: 1800,
  status: 'succeeded',
  fine_tuned_model: 'curie:ft-bakery',
  result_files: [result],
  events: [event(1000, 'Created fine-tune: ft-Kitchen0001'), event(1800, 'Fine-tune succeeded')],
}

describe('lint', () => {
  test('lint finds nothing odd in a usual life', () => {
    expect(lint(pending)).toEqual([])
    expect(lint({ ...pending, hyperparams, status: 'running' })).toEqual([])
    expect(lint({ ...pending, status: 'cancelled' })).toEqual([])
    expect(lint(succeeded)).toEqual([])
  })

  test.each<readonly [string, FineTuneSnapshot, ReadonlyArray<string>]>([
    ['an unknown status', { ...pending, status: 'frozen' }, ['/status: unknown status "frozen"']],
    [
      'a model before the end',
      { ...pending, hyperparams, status: 'running', fine_tuned_model: 'curie:ft-bakery' },
      ['/fine_tuned_model: there is a model, and the status is "running"'],
    ],
    [
      'results of a failed run',
      { ...pending, status: 'failed', result_files: [result] },
      ['/result_files: there are results, and the status is "failed"'],
    ],
    [
      'a success without its fruits',
      { ...succeeded, fine_tuned_model: null, result_files: [] },
      [
        '/fine_tuned_model: the run succeeded, and there is no model',
        '/result_files: the run succeeded, and there is no result file',
      ],
    ],
    [
      'the same result twice',
      { ...succeeded, result_files: [result, result] },
      [
        '/result_files: there are 2 result files, not one',
        '/result_files/1/id: the file "file-Results01" is listed twice',
      ],
    ],
    [
      'a run without a batch size',
      { ...pending, status: 'running' },
      ['/hyperparams/batch_size: there is no batch size, and the status is "running"'],
    ],
    [
      'a change before the creation',
      { ...pending, updated_at: 999 },
      ['/updated_at: updated before it was created'],
    ],
    [
      'milliseconds',
      { ...pending, created_at: 1.66e12, updated_at: 1.66e12 },
      ['/created_at: this looks like milliseconds, not seconds'],
    ],
    [
      'odd events',
      {
        ...pending,
        events: [event(1005, 'Created fine-tune: ft-Other'), event(1001, 'Something', 'debug')],
      },
      [
        '/events/0/message: speaks of another run than this',
        '/events/1/level: unknown level "debug"',
        '/events/1/created_at: before the event that stands before it',
      ],
    ],
    [
      'other objects',
      {
        ...pending,
        object: 'fine_tune',
        training_files: [{ ...file, object: 'document' }],
        events: [{ ...event(1000, 'Something'), object: 'event' }],
      },
      [
        '/object: usually "fine-tune", here "fine_tune"',
        '/training_files/0/object: usually "file", here "document"',
        '/events/0/object: usually "fine-tune-event", here "event"',
      ],
    ],
  ])('lint warns of %s', (_, run, warnings) => {
    expect(lint(run).map(({ path, message }) => `/${path.join('/')}: ${message}`)).toEqual(warnings)
  })
})

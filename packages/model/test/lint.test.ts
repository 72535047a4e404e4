import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  curvesOf,
  type FineTuneSnapshot,
  type FineTuningJobSnapshot,
  lint,
  type Warning,
} from '@finetune-kit/model'
import { event, file, job, jobEvent, pending } from './samples.ts'

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

const draw = ({ path, message }: Warning): string => `/${path.join('/')}: ${message}`

describe('lint', () => {
  test('lint finds nothing odd in a usual life', () => {
    expect(lint(pending)).toEqual([])
    expect(lint({ ...pending, hyperparams, status: 'running' })).toEqual([])
    for (const status of ['cancelled', 'notRunning', 'canceled'])
      expect(lint({ ...pending, status })).toEqual([])
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
      'microseconds in one place',
      { ...pending, updated_at: 1.66e15 },
      ['/updated_at: this looks like microseconds, not seconds'],
    ],
    [
      'odd events',
      {
        ...pending,
        events: [event(1005, 'Created fine-tune: ft-Other'), event(1001, 'Something', 'debug')],
      },
      [
        '/events/0/message: names another run than this one',
        '/events/1/level: unknown level "debug"',
        '/events/1/created_at: earlier than the event before it',
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
    expect(lint(run).map(draw)).toEqual(warnings)
  })
})

const done: FineTuningJobSnapshot = {
  ...job,
  status: 'succeeded',
  finished_at: 1800,
  fine_tuned_model: 'ft:gpt-4o-mini:bakery::a',
  result_files: ['file-Results01'],
  trained_tokens: 20_000,
}

describe('lint of a job', () => {
  test('lint finds nothing odd in a usual life', () => {
    for (const status of ['validating_files', 'queued', 'running', 'pending', 'paused', 'resuming'])
      expect(lint({ ...job, status })).toEqual([])
    expect(lint(done)).toEqual([])
    const error = { code: 'invalid_training_file', message: 'Line 7.', param: 'training_file' }
    // the service tells no end of a job whose files are not valid, nor of one that was cancelled
    for (const finished_at of [1100, null]) {
      expect(lint({ ...job, status: 'failed', finished_at, error })).toEqual([])
      expect(lint({ ...job, status: 'cancelled', finished_at })).toEqual([])
    }
    expect(lint({ ...job, error: { code: null, message: null, param: null } })).toEqual([])
  })

  test.each<readonly [string, Partial<FineTuningJobSnapshot>, ReadonlyArray<string>]>([
    ['an unknown status', { status: 'frozen' }, ['/status: unknown status "frozen"']],
    ['another word for a success', { ...done, status: 'DONE' }, ['/status: unknown status "DONE"']],
    [
      'a success without its fruits',
      { ...done, fine_tuned_model: null, result_files: [], trained_tokens: null, finished_at: null },
      [
        '/fine_tuned_model: the run succeeded, and there is no model',
        '/result_files: the run succeeded, and there is no result file',
        '/finished_at: no end, and the status is "succeeded"',
        '/trained_tokens: the job succeeded, and no tokens were trained on',
      ],
    ],
    [
      'a failure without an error',
      { status: 'failed', finished_at: 1100 },
      ['/error: the job failed, and there is no error'],
    ],
    [
      'an end and an error while it runs',
      { finished_at: 1100, error: { code: 'x', message: 'No flour.', param: null } },
      [
        '/finished_at: there is an end, and the status is "running"',
        '/error: there is an error, and the status is "running"',
      ],
    ],
    [
      'times before the creation, in milliseconds',
      { created_at: 1.7e12, estimated_finish: 1000 },
      [
        '/estimated_finish: estimated to end before it was created',
        '/created_at: this looks like milliseconds, not seconds',
      ],
    ],
    [
      'an end before the creation',
      { ...done, finished_at: 900 },
      ['/finished_at: finished before it was created'],
    ],
    [
      'validation on the training file',
      { validation_file: 'file-Train01' },
      ['/validation_file: the file is also the one that the job is trained on'],
    ],
    [
      'settings that do not agree',
      { method: { type: 'supervised', dpo: {}, supervised: { hyperparameters: { n_epochs: 4 } } } },
      [
        '/method: there are settings of another method than "supervised"',
        '/method/supervised/hyperparameters/n_epochs: 4, and 3 in hyperparameters',
      ],
    ],
    [
      'the same result twice',
      { ...done, result_files: ['a', 'a'] },
      ['/result_files: there are 2 result files, not one', '/result_files/1: the file "a" is listed twice'],
    ],
  ])('lint warns of %s', (_, changes, warnings) => {
    const found = lint({ ...job, ...changes })
    expect(found.map(draw)).toEqual(warnings)
  })
})

test('lint never throws', () => {
  const keys = fc.constantFrom(...Object.keys(done), ...Object.keys(succeeded))
  fc.assert(
    fc.property(fc.anything(), fc.dictionary(keys, fc.anything()), (a, b) => {
      for (const run of [a, b, { ...done, ...b }, { ...succeeded, ...b }]) lint(run as never)
    }),
  )
})

const metrics = (data: unknown, message = 'metrics') => ({ ...jobEvent(1, message, data), type: 'metrics' })

describe('lint of metrics', () => {
  test.each<readonly [unknown, ReadonlyArray<string>]>([
    [{ step: 1, train_loss: 0.5, valid_loss: null, usage: { a: 1 }, errors: [] }, []],
    [null, []],
    [{ step: 1, train_loss: 'NaN' }, ['/events/0/data/train_loss: not a number: "NaN"']],
    [{ step: 1, training_loss: Number.NaN }, ['/events/0/data/training_loss: not a number: NaN']],
    [{ step: 'one', train_loss: 1 }, ['/events/0/data/step: not a step: "one"']],
    [{ train_accuracy: 1 }, ['/events/0/data/step: missing, and there are metrics']],
    [{ step: 9, total_steps: 8, train_loss: 1 }, ['/events/0/data/step: step 9 of 8']],
    ['text', ['/events/0/data: expected an object of metrics, found "text"']],
  ])('lint tells of %j', (data, warnings) => {
    expect(lint(job, { events: [metrics(data)] }).map(draw)).toEqual(warnings)
  })

  test('lint takes the step of the message where the data has none', () => {
    const events = [metrics({ train_loss: 1 }, 'Step 2/5: training loss=1.00')]
    expect(lint(job, { events })).toEqual([])
  })

  test('lint never throws, and what it leaves untold is a point of a curve', () => {
    const value = fc.oneof(fc.double(), fc.anything({ withBigInt: true }))
    const data = fc.oneof(fc.record({ step: fc.integer({ min: 1 }), train_loss: value }), fc.anything())
    fc.assert(
      fc.property(data, one => {
        const events = [metrics(one)]
        const warnings = lint(job, { events })
        const points = curvesOf({ events }).filter(({ metric }) => metric === 'train_loss').length
        const isMetric =
          typeof one === 'object' && one !== null && 'train_loss' in one && one.train_loss !== null
        if (isMetric && !Array.isArray(one)) expect(points).toBe(warnings.length === 0 ? 1 : 0)
      }),
    )
  })
})

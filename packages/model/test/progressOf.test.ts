import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FineTuneEvent, type FineTuneSnapshot, progressOf, type Phase } from '@finetune-kit/model'
import { event, file, job, pending } from './samples.ts'

const life: ReadonlyArray<FineTuneEvent> = [
  event(1000, 'Created fine-tune: ft-Kitchen0001'),
  event(1040, 'Fine-tune costs $3.67'),
  event(1041, 'Fine-tune enqueued. Queue number: 18'),
  event(1090, 'Fine-tune is in the queue. Queue number: 2'),
  event(1090, 'Fine-tune is in the queue. Queue number: 10'),
  event(1120, 'Fine-tune started'),
  event(1300, 'Completed epoch 2/4'),
  event(1300, 'Completed epoch 3/4'),
  event(1800, 'Uploaded model: curie:ft-bakery-2022-08-08-23-21-40'),
  event(1805, 'Uploaded result file: file-Results01'),
  event(1806, 'Fine-tune succeeded'),
]

/** The run when so many events have happened. */
const at = (count: number, changes: Partial<FineTuneSnapshot> = {}): FineTuneSnapshot => ({
  ...pending,
  updated_at: life[count - 1]?.created_at ?? 1000,
  events: life.slice(0, count),
  ...changes,
})

describe('progressOf', () => {
  test('progressOf tells the whole of a life', () => {
    expect(progressOf(at(11, { status: 'succeeded' }))).toEqual({
      phase: 'succeeded',
      queuePosition: null,
      epochs: { done: 4, total: 4 },
      steps: { done: 0, total: null },
      trainedTokens: null,
      dollars: 3.67,
      model: 'curie:ft-bakery-2022-08-08-23-21-40',
      resultFiles: ['file-Results01'],
      failure: null,
      createdAt: 1000,
      queuedAt: 1041,
      startedAt: 1120,
      publishingAt: 1800,
      finishedAt: 1806,
      estimatedFinish: null,
      seconds: { validating: 41, queued: 79, training: 686, total: 806 },
      lastActivity: 1806,
    })
  })

  test('progressOf tells what is known of a run that was just created', () => {
    expect(progressOf(pending)).toEqual({
      phase: 'validating',
      queuePosition: null,
      epochs: { done: 0, total: 4 },
      steps: { done: 0, total: null },
      trainedTokens: null,
      dollars: null,
      model: null,
      resultFiles: [],
      failure: null,
      createdAt: 1000,
      queuedAt: null,
      startedAt: null,
      publishingAt: null,
      finishedAt: null,
      estimatedFinish: null,
      seconds: { validating: null, queued: null, training: null, total: null },
      lastActivity: 1000,
    })
  })

  test('progressOf names the phase after each event, also where the status lags', () => {
    expect(life.map((_, i) => progressOf(at(i + 1)).phase)).toEqual([
      'validating',
      'queued',
      'queued',
      'queued',
      'queued',
      'training',
      'training',
      'training',
      'publishing',
      'publishing',
      'succeeded',
    ])
  })

  test.each<readonly [Phase, Partial<FineTuneSnapshot>]>([
    ['validating', { status: 'created' }],
    ['queued', { hyperparams: { ...pending.hyperparams, batch_size: 1 } }],
    ['training', { status: 'running' }],
    ['publishing', { status: 'running', fine_tuned_model: 'curie:ft-1' }],
    ['cancelled', { status: 'cancelled' }],
    ['unknown', { status: 'frozen' }],
  ])('progressOf gives %s where a list leaves the events out', (phase, changes) => {
    expect(progressOf({ ...pending, ...changes }).phase).toBe(phase)
  })

  test('progressOf takes the last queue position, and the least of one second', () => {
    expect(progressOf(at(3)).queuePosition).toBe(18)
    expect(progressOf(at(5)).queuePosition).toBe(2)
    expect(progressOf(at(6)).queuePosition).toBeNull()
  })

  test('progressOf counts skipped epochs, and all of them once the model is there', () => {
    expect(progressOf(at(7)).epochs).toEqual({ done: 2, total: 4 })
    expect(progressOf(at(8)).epochs).toEqual({ done: 3, total: 4 })
    expect(progressOf(at(9)).epochs).toEqual({ done: 4, total: 4 })
  })

  test.each<readonly [string, Partial<FineTuneSnapshot>, string | null]>([
    ['after the sentence', { events: [event(1100, 'Fine-tune failed. No flour.', 'error')] }, 'No flour.'],
    [
      'before the sentence',
      {
        events: [
          event(
            1100,
            'No flour. Fine-tune failed. For help, please contact OpenAI and include your fine-tune ID: ft-1',
            'error',
          ),
        ],
      },
      'No flour.',
    ],
    [
      'in an error of other words',
      { events: [event(1100, 'The oven is cold', 'error')] },
      'The oven is cold',
    ],
    [
      'with a file',
      { training_files: [{ ...file, status: 'error', status_details: 'Line 7' }], events: [] },
      'Line 7',
    ],
    ['nowhere', {}, null],
  ])('progressOf finds the reason of a failure %s', (_, changes, failure) => {
    expect(progressOf({ ...pending, status: 'failed', updated_at: 1100, ...changes })).toMatchObject({
      phase: 'failed',
      failure: failure === null ? null : { message: failure, code: null, param: null },
      finishedAt: 1100,
      seconds: { validating: 100, queued: null, training: null },
    })
  })

  test('progressOf lets the last of two ends stand', () => {
    const events = [event(1200, 'Fine-tune cancelled'), event(1100, 'Fine-tune failed. No flour.', 'error')]
    expect(progressOf({ ...pending, events })).toMatchObject({ phase: 'cancelled', finishedAt: 1200 })
  })

  test('progressOf measures nothing backwards', () => {
    const events = [event(900, 'Fine-tune started'), event(800, 'Fine-tune succeeded')]
    expect(progressOf({ ...pending, events }).seconds).toEqual({
      validating: null,
      queued: null,
      training: null,
      total: null,
    })
  })

  test('progressOf is the same when events repeat and in whatever order they come', () => {
    const messages = life.map(e => e.message)
    const texts = fc.constantFrom(
      ...messages,
      'Fine-tune failed. No flour.',
      'Fine-tune failed. No salt.',
      'Fine-tune cancelled',
      'Fine-tune costs $9.00',
      'Something else',
    )
    const log = fc.array(fc.record({ at: fc.integer({ min: 1000, max: 1003 }), text: texts }), {
      maxLength: 9,
    })
    const status = fc.constantFrom('pending', 'running', 'succeeded', 'failed', 'cancelled', 'frozen')
    fc.assert(
      fc.property(log, status, fc.infiniteStream(fc.nat()), (log, status, ranks) => {
        const events = log.map(({ at, text }) => event(at, text, text.includes('else') ? 'error' : 'info'))
        const shuffled = [...events, ...events.slice(0, 3)]
          .map(e => ({ e, rank: ranks.next().value as number }))
          .toSorted((a, b) => a.rank - b.rank)
          .map(({ e }) => e)
        expect(progressOf({ ...pending, status, events: shuffled })).toEqual(
          progressOf({ ...pending, status, events }),
        )
      }),
    )
  })

  test('progressOf takes a hundred thousand events', () => {
    const events = Array.from({ length: 100_000 }, (_, i) => event(1000 + i, `Completed epoch ${i}/100000`))
    expect(progressOf({ ...pending, events })).toMatchObject({
      epochs: { done: 99_999, total: 100_000 },
      lastActivity: 100_999,
    })
  })
})

describe('progressOf of what no codec has seen', () => {
  const keys = fc.constantFrom(...Object.keys(job), ...Object.keys(pending), 'events', 'user_provided_suffix')
  const value = fc.oneof(
    fc.anything(),
    fc.constantFrom('succeeded', 'running', 'fine_tuning.job', 'ft:a:b:c:d'),
  )

  test('progressOf never throws', () => {
    fc.assert(
      fc.property(fc.anything(), fc.dictionary(keys, value), fc.anything(), (a, b, resources) => {
        for (const run of [a, b, { ...job, ...b }, { ...pending, ...b }])
          progressOf(run as never, resources as never)
        const events = fc.sample(
          fc.record({ created_at: fc.nat(), message: fc.string(), data: fc.anything() }),
          2,
        )
        progressOf(job, { events: [...events, b, a] as never, checkpoints: [b, a] as never })
      }),
    )
  })

  test('progressOf survives what throws when it is read', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    const getter = Object.defineProperty({}, 'status', {
      enumerable: true,
      get: () => {
        throw new Error('no')
      },
    })
    for (const odd of [proxy, getter])
      expect(progressOf(odd as never, { events: proxy as never, prices: proxy }).phase).toBe('unknown')
  })
})

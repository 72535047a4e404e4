import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FineTuningJobSnapshot, type Phase, progressOf, type RunResources } from '@finetune-kit/model'
import { checkpoint, job, jobEvent } from './samples.ts'

const log = [
  jobEvent(1000, 'Created fine-tuning job: ftjob-Kitchen01'),
  jobEvent(1000, 'Validating training file: file-Train01 and validation file: file-Valid01'),
  jobEvent(1040, 'Files validated, moving job to queued state'),
  jobEvent(1100, 'Fine-tuning job started'),
  jobEvent(1200, 'Step 10/30: training loss=0.91', { step: 10, total_steps: 30, train_loss: 0.9123 }),
  jobEvent(1300, 'Step 20/30: training loss=0.52', { step: 20, total_steps: 30, train_loss: 0.5211 }),
  jobEvent(1400, 'Checkpoint created at step 20 with Snapshot ID: ft:gpt-4o-mini:bakery::a:ckpt-step-20'),
  jobEvent(1401, 'New fine-tuned model created: ft:gpt-4o-mini:bakery::a'),
  jobEvent(1420, 'Evaluating model against our usage policies before enabling'),
  jobEvent(1500, 'The job has successfully completed'),
]

/** The job when so many events have happened. */
const jobAt = (count: number, changes: Partial<FineTuningJobSnapshot> = {}, more: RunResources = {}) =>
  progressOf({ ...job, ...changes }, { events: log.slice(0, count), ...more })

describe('progressOf a job', () => {
  test('progressOf tells the whole of the life of a job', () => {
    const ended = {
      status: 'succeeded',
      finished_at: 1502,
      trained_tokens: 20_000,
      fine_tuned_model: 'ft:gpt-4o-mini:bakery::a',
      result_files: ['file-Results01'],
    }
    expect(jobAt(10, ended, { prices: { 'gpt-4o-mini-2024-07-18': 3 } })).toEqual({
      phase: 'succeeded',
      queuePosition: null,
      epochs: { done: 3, total: 3 },
      steps: { done: 30, total: 30 },
      trainedTokens: 20_000,
      dollars: 0.06,
      model: 'ft:gpt-4o-mini:bakery::a',
      resultFiles: ['file-Results01'],
      failure: null,
      createdAt: 1000,
      queuedAt: 1040,
      startedAt: 1100,
      publishingAt: 1401,
      finishedAt: 1502,
      estimatedFinish: null,
      seconds: { validating: 40, queued: 60, training: 402, total: 502 },
      lastActivity: 1502,
    })
  })

  test('progressOf names the phase of a job after each event, also where the status lags', () => {
    expect(log.map((_, i) => jobAt(i + 1, { status: 'validating_files' }).phase)).toEqual([
      'validating',
      'validating',
      'queued',
      'training',
      'training',
      'training',
      'training',
      'publishing',
      'publishing',
      'succeeded',
    ])
  })

  test.each<readonly [string, Phase]>([
    ['validating_files', 'validating'],
    ['pending', 'validating'],
    ['queued', 'queued'],
    ['running', 'training'],
    ['paused', 'paused'],
    ['failed', 'failed'],
    ['cancelled', 'cancelled'],
    ['canceled', 'cancelled'],
    ['frozen', 'unknown'],
  ])('progressOf takes the status %s as %s where there are no events', (status, phase) => {
    expect(jobAt(0, { status }).phase).toBe(phase)
  })

  test('progressOf counts epochs by steps, and steps by checkpoints', () => {
    expect(jobAt(5)).toMatchObject({ epochs: { done: 1, total: 3 }, steps: { done: 10, total: 30 } })
    expect(jobAt(5, {}, { checkpoints: [checkpoint(25)] })).toMatchObject({
      epochs: { done: 2, total: 3 },
      steps: { done: 25, total: 30 },
    })
    expect(jobAt(5, { hyperparameters: { n_epochs: 'auto' }, method: null }).epochs).toEqual({
      done: 0,
      total: null,
    })
  })

  test('progressOf finds hyperparameters in the settings of the method', () => {
    const method = { type: 'dpo', dpo: { hyperparameters: { n_epochs: 7 } } }
    expect(jobAt(0, { hyperparameters: null, method }).epochs.total).toBe(7)
  })

  test('progressOf gives the error of a job with its code', () => {
    const error = { code: 'invalid_training_file', message: 'Line 7 is not JSON.', param: 'training_file' }
    expect(jobAt(0, { status: 'failed', error }).failure).toEqual(error)
    expect(jobAt(0, { status: 'running', error }).failure).toBeNull()
  })

  test('progressOf finds the reason of a failure in the data of an event', () => {
    const events = [jobEvent(1300, 'Fine-tuning job failed.', { error: 'No flour.' })]
    expect(progressOf({ ...job, status: 'failed', error: null }, { events })).toMatchObject({
      failure: { message: 'No flour.', code: null, param: null },
      finishedAt: 1300,
    })
  })

  test('progressOf takes the error that tells the reason as the end of a job that tells no end', () => {
    const error = { code: 'invalid_n_examples', message: 'Seven loaves are too few.', param: 'training_file' }
    const events = [
      jobEvent(1000, 'Validating training file: file-Train01'),
      { ...jobEvent(1054, error.message, { error_code: error.code }), level: 'error' },
    ]
    expect(progressOf({ ...job, status: 'failed', error }, { events })).toMatchObject({
      failure: error,
      finishedAt: 1054,
      seconds: { validating: 54, total: 54 },
    })
  })

  test('progressOf knows a model that no message names, and waits for it while Azure writes results', () => {
    const azure = [
      jobEvent(1000, 'Job enqueued. Waiting for jobs ahead to complete.'),
      jobEvent(1100, 'Training started.'),
      jobEvent(1200, 'Created results file: file-Results01'),
      jobEvent(1300, 'New fine-tuned model created'),
    ]
    const phases = azure.map((_, i) => {
      const { phase, queuePosition, publishingAt, model } = progressOf(
        { ...job, status: 'pending' },
        { events: azure.slice(0, i + 1) },
      )
      return [phase, queuePosition, publishingAt, model]
    })
    expect(phases).toEqual([
      ['queued', null, null, null],
      ['training', null, null, null],
      ['training', null, null, null],
      ['publishing', null, 1300, null],
    ])
    expect(progressOf({ ...job, status: 'pending' }, { events: azure.slice(2, 3) }).phase).toBe('training')
  })

  test('progressOf gives an estimated finish until the end, and no end that it does not know', () => {
    expect(jobAt(5, { estimated_finish: 1900 }).estimatedFinish).toBe(1900)
    expect(jobAt(0, { status: 'succeeded', estimated_finish: 1900 })).toMatchObject({
      estimatedFinish: null,
      finishedAt: null,
      seconds: { total: null },
    })
  })

  test.each<readonly [string, Partial<FineTuningJobSnapshot>, Record<string, number>, number | null]>([
    ['the base model', {}, { 'gpt-4o-mini-2024-07-18': 3 }, 0.03],
    ['the base model of a fine-tuned one', { model: 'ft:gpt-4o:bakery::a' }, { 'gpt-4o': 25 }, 0.25],
    ["Azure's fine-tuned one", { model: 'gpt-4o.ft-0c1f' }, { 'gpt-4o': 25 }, 0.25],
    ['no price', {}, { 'gpt-4o': 25 }, null],
    ['an inherited key', { model: 'constructor' }, {}, null],
    [
      'reinforcement, billed by time',
      { method: { type: 'reinforcement' } },
      { 'gpt-4o-mini-2024-07-18': 3 },
      null,
    ],
    ['no tokens', { trained_tokens: null }, { 'gpt-4o-mini-2024-07-18': 3 }, null],
  ])('progressOf multiplies tokens by the price of %s', (_, changes, prices, dollars) => {
    expect(jobAt(0, { trained_tokens: 10_000, ...changes }, { prices }).dollars).toBe(dollars)
  })

  test('progressOf prices the tokens that are billed rather than those of the training', () => {
    const events = [jobEvent(1500, 'Training tokens billed: 5000')]
    const prices = { [job.model]: 2 }
    expect(progressOf({ ...job, trained_tokens: 6720 }, { events, prices })).toMatchObject({
      trainedTokens: 6720,
      dollars: 0.01,
    })
  })

  test('progressOf takes the zero values of Go clients as absent', () => {
    const zeros = { finished_at: 0, fine_tuned_model: '', trained_tokens: 0, estimated_finish: 0 }
    expect(jobAt(0, zeros)).toMatchObject({
      phase: 'training',
      finishedAt: null,
      model: null,
      trainedTokens: null,
      estimatedFinish: null,
    })
  })

  test('progressOf a job is the same when records repeat and in whatever order they come', () => {
    const checkpoints = [checkpoint(10), checkpoint(20)]
    const whole = progressOf(job, { events: log, checkpoints })
    const shuffled = fc.shuffledSubarray([...log, ...log.slice(2)], { minLength: 2 * log.length - 2 })
    fc.assert(
      fc.property(
        shuffled,
        fc.shuffledSubarray([...checkpoints, ...checkpoints], { minLength: 4 }),
        (a, b) => {
          expect(progressOf(job, { events: a, checkpoints: b })).toEqual(whole)
        },
      ),
    )
  })
})

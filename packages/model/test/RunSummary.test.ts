import { decode, Meta } from '@finetune-kit/codec'
import { RunSummary, summaryGroups, summaryOf } from '@finetune-kit/model'
import { ResultMetrics } from '@finetune-kit/model/results'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkpoint, event, file, job, jobEvent, pending } from './samples.ts'

const absent = Object.fromEntries(Object.keys(summaryOf(pending)).map(key => [key, null]))

const events = [
  jobEvent(1040, 'Files validated, moving job to queued state'),
  jobEvent(1100, 'Fine-tuning job started'),
  jobEvent(1200, 'Step 10/20: training loss=0.91', { step: 10, train_loss: 0.5, valid_loss: 0.75 }),
  jobEvent(1300, 'Step 20/20: training loss=0.52', { step: 20, train_loss: 0.625, valid_loss: 0.875 }),
]
const checkpoints = [checkpoint(10, { full_valid_loss: 0.75 }), checkpoint(20, { full_valid_loss: 1 })]
const finished = {
  ...job,
  status: 'succeeded',
  finished_at: 1400,
  fine_tuned_model: 'ft:gpt-4o-mini-2024-07-18:bakery:rye:a1',
  result_files: ['file-Results01'],
  trained_tokens: 20_000,
  method: { type: 'dpo', dpo: { hyperparameters: { n_epochs: 2, beta: 0.1 } } },
  estimated_finish: 1390,
}

describe('summaryOf', () => {
  test('summaryOf gives the row of a job', () => {
    const prices = { 'gpt-4o-mini-2024-07-18': 3 }
    expect(summaryOf(finished, { events, checkpoints, prices })).toEqual({
      ...absent,
      id: 'ftjob-Kitchen01',
      kind: 'job',
      status: 'succeeded',
      phase: 'succeeded',
      fine_tuned_model: 'ft:gpt-4o-mini-2024-07-18:bakery:rye:a1',
      suffix: 'rye',
      base_model: 'gpt-4o-mini-2024-07-18',
      organization_id: 'org-bakery',
      method: 'dpo',
      training_file: 'file-Train01',
      validation_file: 'file-Valid01',
      result_file: 'file-Results01',
      created_at: 1000,
      started_at: 1100,
      finished_at: 1400,
      duration: 400,
      queue_duration: 60,
      training_duration: 300,
      last_activity: 1500,
      epochs_done: 2,
      epochs: 2,
      steps_done: 20,
      steps: 20,
      trained_tokens: 20_000,
      cost: 0.06,
      batch_size: 2,
      learning_rate_multiplier: 1.8,
      beta: 0.1,
      seed: 7,
      train_loss: 0.625,
      best_train_loss: 0.5,
      valid_loss: 0.875,
      best_valid_loss: 0.75,
      full_valid_loss: 1,
      best_full_valid_loss: 0.75,
      best_step: 10,
    })
  })

  test('summaryOf gives the row of a fine-tune', () => {
    const run = {
      ...pending,
      status: 'succeeded',
      updated_at: 1900,
      hyperparams: { ...pending.hyperparams, batch_size: 8, learning_rate_multiplier: 0.1 },
      fine_tuned_model: 'curie:ft-bakery:dark-rye-2022-08-08-23-21-40',
      result_files: [{ ...file, id: 'file-Results01' }],
      events: [
        event(1040, 'Fine-tune costs $3.67'),
        event(1041, 'Fine-tune enqueued. Queue number: 18'),
        event(1120, 'Fine-tune started'),
        event(1806, 'Fine-tune succeeded'),
      ],
    }
    const results = [ResultMetrics.parse('step,training_loss,training_token_accuracy\n1,2,0.5\n2,1,0.75\n')]
    expect(summaryOf(run, { results })).toEqual({
      ...absent,
      id: 'ft-Kitchen0001',
      kind: 'fine-tune',
      status: 'succeeded',
      phase: 'succeeded',
      fine_tuned_model: 'curie:ft-bakery:dark-rye-2022-08-08-23-21-40',
      suffix: 'dark-rye',
      base_model: 'curie',
      organization_id: 'org-bakery',
      method: 'supervised',
      training_file: 'file-Train01',
      result_file: 'file-Results01',
      created_at: 1000,
      started_at: 1120,
      finished_at: 1806,
      duration: 806,
      queue_duration: 79,
      training_duration: 686,
      last_activity: 1900,
      epochs_done: 4,
      epochs: 4,
      steps_done: 2,
      steps: 2,
      cost: 3.67,
      batch_size: 8,
      learning_rate_multiplier: 0.1,
      prompt_loss_weight: 0.01,
      train_loss: 1,
      best_train_loss: 1,
      train_mean_token_accuracy: 0.75,
      best_train_mean_token_accuracy: 0.75,
    })
  })

  test('steps and epochs of which no record tells are not 0, which a run that succeeded would deny', () => {
    const bare = { object: job.object, id: job.id, created_at: 1, model: 'babbage-002', status: 'succeeded' }
    expect(summaryOf(bare as never)).toMatchObject({ steps_done: null, epochs_done: null })
    const queued = { ...bare, status: 'queued', hyperparameters: { n_epochs: 3 } }
    expect(summaryOf(queued as never)).toMatchObject({ steps_done: null, epochs_done: 0, epochs: 3 })
  })

  test('hyperparameters of 0 are those of Go clients, but for weights', () => {
    const zeros = { n_epochs: 4, batch_size: 0, learning_rate_multiplier: 0, prompt_loss_weight: 0 }
    const run = summaryOf({ ...pending, events: [], hyperparams: zeros })
    expect(run).toMatchObject({
      phase: 'validating',
      epochs: 4,
      batch_size: null,
      learning_rate_multiplier: null,
      prompt_loss_weight: 0,
    })
    const method = { type: 'dpo', dpo: { hyperparameters: { beta: 0, batch_size: 0 } } }
    expect(summaryOf({ ...job, method, hyperparameters: null })).toMatchObject({ beta: 0, batch_size: null })
  })

  test('summaryOf tells why a job failed', () => {
    const error = { code: 'invalid_training_file', message: 'Line 7.', param: 'training_file' }
    expect(summaryOf({ ...job, status: 'failed', error })).toMatchObject({
      failure: 'Line 7.',
      failure_code: 'invalid_training_file',
    })
  })

  test.each([
    ['ft:gpt-4o-mini:bakery:rye:a1', 'rye'],
    ['ft:gpt-4o-mini:bakery::a1', null],
    ['curie:ft-bakery-2022-08-08-23-21-40', null],
    ['gpt-4o.ft-0c1f7a6d2b3e4f5a8b9c0d1e2f3a4b5c-tickets', 'tickets'],
    ['gpt-4o', null],
  ])('summaryOf finds the suffix in %s', (fine_tuned_model, suffix) => {
    expect(summaryOf({ ...job, fine_tuned_model }).suffix).toBe(suffix)
  })

  test.each([
    [{ valid_loss: 1 }, { valid_loss: 2 }, 10],
    [{ valid_loss: 1, full_valid_loss: 2 }, { valid_loss: 2, full_valid_loss: 1 }, 20],
    [{ full_valid_loss: 1, valid_mean_reward: 1 }, { full_valid_loss: 2, valid_mean_reward: 2 }, 20],
    [
      { valid_mean_reward: 2, full_valid_mean_reward: 1 },
      { valid_mean_reward: 1, full_valid_mean_reward: 2 },
      20,
    ],
  ])('the best step of %j, then %j, is %i: by the most telling metric', (first, second, step) => {
    const both = [checkpoint(10, first), checkpoint(20, second)]
    expect(summaryOf(finished, { checkpoints: both }).best_step).toBe(step)
  })

  test('summaryOf takes the suffix that the user provided', () => {
    expect(summaryOf({ ...job, user_provided_suffix: 'rolls' }).suffix).toBe('rolls')
    expect(summaryOf({ ...job, suffix: 'rolls' }).suffix).toBe('rolls')
  })

  test('summaryOf gives a RunSummary whatever it is given', () => {
    const value = fc.oneof(fc.anything(), fc.double(), fc.constantFrom('auto', -1, 1.5, 'succeeded'))
    const keys = fc.constantFrom(
      ...Object.keys(finished),
      ...Object.keys(pending),
      'created_at',
      'data',
      'metrics',
    )
    const record = fc.dictionary(keys, value)
    fc.assert(
      fc.property(fc.oneof(fc.anything(), record), record, fc.array(record), (a, b, c) => {
        for (const run of [a, { ...finished, ...b }, { ...pending, ...b }]) {
          const summary = summaryOf(
            run as never,
            { events: c, checkpoints: c, results: c, prices: b } as never,
          )
          expect(decode(RunSummary)(summary)).toEqual({ _tag: 'Right', right: summary })
        }
      }),
    )
  })
})

describe('RunSummary', () => {
  test('summaryGroups has every field once', () => {
    const fields = Object.values(summaryGroups).flat()
    expect(fields.toSorted()).toEqual(Object.keys(RunSummary.types[0].props).toSorted())
  })

  const codec = RunSummary.types[0]

  test('RunSummary describes every field, with a unit where it has one', () => {
    const metas = Object.entries(codec.props).map(([key, field]) => [key, Meta.of(field)] as const)
    for (const [key, meta] of metas) {
      expect([key, meta.title, meta.description]).toEqual([key, expect.any(String), expect.any(String)])
    }
    expect(
      Object.fromEntries(metas.flatMap(([key, { unit }]) => (unit === undefined ? [] : [[key, unit]]))),
    ).toEqual({
      created_at: 'Unix seconds',
      started_at: 'Unix seconds',
      finished_at: 'Unix seconds',
      duration: 'seconds',
      queue_duration: 'seconds',
      training_duration: 'seconds',
      estimated_finish: 'Unix seconds',
      last_activity: 'Unix seconds',
      epochs_done: 'epochs',
      epochs: 'epochs',
      steps_done: 'steps',
      steps: 'steps',
      trained_tokens: 'tokens',
      cost: 'US dollars',
      best_step: 'steps',
    })
  })
})

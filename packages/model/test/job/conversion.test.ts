import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type FineTuneSnapshot,
  FineTuneSnapshot as FineTuneSnapshotCodec,
  FineTuningJobSnapshot as FineTuningJobSnapshotCodec,
  type FineTuningJobSnapshot,
  type ConversionNote,
  toFineTune,
  toFineTuningJob,
} from '@finetune-kit/model'
import { event, file, fineTunes, pending } from '../samples.ts'

const drawn = (notes: ReadonlyArray<ConversionNote>) =>
  notes.map(({ path, reason }) => `/${path.join('/')}: ${reason}`)

const job: FineTuningJobSnapshot = {
  id: 'ftjob-Kitchen0001',
  object: 'fine_tuning.job',
  created_at: 1000,
  finished_at: null,
  model: 'gpt-3.5-turbo-0613',
  fine_tuned_model: null,
  organization_id: 'org-bakery',
  status: 'queued',
  hyperparameters: { n_epochs: 3, batch_size: 'auto', learning_rate_multiplier: -1 },
  training_file: 'file-Train01',
  validation_file: null,
  result_files: [],
  trained_tokens: null,
  error: {},
}

describe('toFineTuningJob', () => {
  test('toFineTuningJob makes a job of a run and says what a job cannot say', () => {
    const run: FineTuneSnapshot = {
      ...pending,
      hyperparams: {
        ...pending.hyperparams,
        compute_classification_metrics: true,
        use_packing: false,
      } as never,
      training_files: [file, { ...file, id: 'file-Train02' }],
      events: [event(1000, 'Created fine-tune: ft-Kitchen0001')],
    }
    const { value, lost, changed } = toFineTuningJob(run)
    expect(value).toEqual({
      id: 'ft-Kitchen0001',
      object: 'fine_tuning.job',
      created_at: 1000,
      finished_at: null,
      model: 'curie',
      fine_tuned_model: null,
      organization_id: 'org-bakery',
      status: 'validating_files',
      hyperparameters: { n_epochs: 4, batch_size: 'auto', learning_rate_multiplier: 'auto' },
      training_file: 'file-Train01',
      validation_file: null,
      result_files: [],
      trained_tokens: null,
      error: null,
    })
    expect(drawn(lost)).toEqual([
      '/updated_at: a job only says when it ended',
      '/hyperparams/prompt_loss_weight: a job has no such parameter',
      '/hyperparams/compute_classification_metrics: a job has no such parameter',
      '/hyperparams/use_packing: a job has no such parameter',
      '/training_files/0/object: a job only knows the id of a file',
      '/training_files/0/bytes: a job only knows the id of a file',
      '/training_files/0/created_at: a job only knows the id of a file',
      '/training_files/0/filename: a job only knows the id of a file',
      '/training_files/0/purpose: a job only knows the id of a file',
      '/training_files/0/status: a job only knows the id of a file',
      '/training_files/1: a job has only one such file',
      '/events: the events of a job are a resource of its own',
    ])
    expect(drawn(changed)).toEqual([
      '/object: was "fine-tune"',
      '/status: was "pending"',
      '/hyperparameters/batch_size: was null',
      '/hyperparameters/learning_rate_multiplier: was null',
    ])
  })

  test('toFineTuningJob takes the end, and the reason of the last error', () => {
    const events = [
      event(1100, 'Fine-tune failed. No flour.', 'error'),
      event(1200, 'Fine-tune failed. No salt.', 'error'),
    ]
    const { value, changed } = toFineTuningJob({ ...pending, status: 'failed', updated_at: 1200, events })
    expect(value).toMatchObject({
      status: 'failed',
      finished_at: 1200,
      error: { code: null, message: 'No salt.', param: null },
    })
    expect(drawn(changed)).toContain('/error/message: from the last event of level "error"')
  })

  test.each([
    ['Created fine-tune: ft-1', 'validating_files'],
    ['Fine-tune costs $0.00', 'queued'],
    ['Fine-tune enqueued. Queue number: 1', 'queued'],
    ['Fine-tune is in the queue. Queue number: 1', 'queued'],
  ])('toFineTuningJob reads of "%s" that a pending run is %s', (message, status) => {
    expect(toFineTuningJob({ ...pending, events: [event(1000, message)] }).value.status).toBe(status)
  })

  test('toFineTuningJob says that a run without a training file has none', () => {
    const { value, changed } = toFineTuningJob({ ...pending, training_files: [] })
    expect(value.training_file).toBe('')
    expect(drawn(changed)).toContain('/training_file: there is none, and a job always has one')
  })
})

describe('toFineTune', () => {
  test('toFineTune makes a run of a job and says what was lost and what was filled in', () => {
    const { value, lost, changed } = toFineTune({ ...job, seed: 7, usage_metrics: { a: 1 } })
    expect(value).toEqual({
      ...pending,
      id: 'ftjob-Kitchen0001',
      model: 'gpt-3.5-turbo-0613',
      hyperparams: { ...pending.hyperparams, n_epochs: 3 },
      training_files: [
        {
          id: 'file-Train01',
          object: 'file',
          bytes: 0,
          created_at: 1000,
          filename: '',
          purpose: 'fine-tune',
        },
      ],
    })
    expect(drawn(lost)).toEqual([
      '/seed: a fine-tune has no such field',
      '/usage_metrics: a fine-tune has no such field',
    ])
    expect(drawn(changed)).toEqual([
      '/object: was "fine_tuning.job"',
      '/updated_at: not known: taken from created_at',
      '/status: was "queued"',
      '/hyperparams/batch_size: was "auto"',
      '/hyperparams/learning_rate_multiplier: was -1',
      '/hyperparams/prompt_loss_weight: not known: the default of the service',
      '/training_files/0: only the id is known',
    ])
  })

  test('toFineTune makes an event of the error', () => {
    const error = { code: 'invalid_training_file', message: 'No flour.', param: 'training_file' }
    const { value, lost } = toFineTune({ ...job, status: 'failed', finished_at: 1200, error })
    expect(value.events).toEqual([event(1200, 'Fine-tune failed. No flour.', 'error')])
    expect(drawn(lost)).toEqual([
      '/error/code: an event has only words',
      '/error/param: an event has only words',
    ])
  })

  test('toFineTune looks for hyperparameters in the settings of the method', () => {
    const { hyperparameters: _, ...rest } = job
    const method = { type: 'dpo', dpo: { hyperparameters: { n_epochs: 'auto' as const, batch_size: 8 } } }
    const { value, lost, changed } = toFineTune({ ...rest, method, organization_id: null })
    expect(value.hyperparams).toEqual({ ...pending.hyperparams, batch_size: 8 })
    expect(drawn(lost)).toEqual(['/method: a fine-tune has no such field'])
    expect(drawn(changed)).toContain('/hyperparams/n_epochs: not known: the default of the service')
    expect(drawn(changed)).toContain('/organization_id: not known')
  })
})

describe('toFineTuningJob and toFineTune', () => {
  test('they give records that their codecs accept, and keep what both kinds say', () => {
    fc.assert(
      fc.property(fineTunes, run => {
        const there = toFineTuningJob(run).value
        expect(FineTuningJobSnapshotCodec.is(there)).toBe(true)
        const back = toFineTune(there).value
        expect(FineTuneSnapshotCodec.is(back)).toBe(true)
        const { id, model, created_at, organization_id, fine_tuned_model } = run
        expect(back).toMatchObject({ id, model, created_at, organization_id, fine_tuned_model })
        expect(back.result_files.map(f => f.id)).toEqual(run.result_files.map(f => f.id))
      }),
    )
  })

  test('a job goes there and back as it was, but for what a fine-tune cannot say', () => {
    const ended = {
      ...job,
      status: 'failed',
      finished_at: 1200,
      hyperparameters: { n_epochs: 3, batch_size: 'auto', learning_rate_multiplier: 0.5 } as const,
      result_files: ['file-Results01'],
      error: { code: null, message: 'No flour.', param: null },
    }
    expect(toFineTuningJob(toFineTune(ended).value).value).toEqual(ended)
  })

  test('what a record says comes out as it went in, or stands in a note', () => {
    fc.assert(
      fc.property(fineTunes, run => {
        const { value, lost, changed } = toFineTuningJob(run)
        const noted = new Set([...lost, ...changed].map(({ path }) => String(path[0])))
        for (const [key, was] of Object.entries(run)) {
          const isEmpty = Array.isArray(was) && was.length === 0
          const isSame = Object.is((value as unknown as Record<string, unknown>)[key], was)
          if (!isEmpty && !isSame && key !== 'updated_at') expect(noted).toContain(key)
        }
      }),
    )
  })
})

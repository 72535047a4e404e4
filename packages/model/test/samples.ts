import type {
  FineTune,
  FineTuneEvent,
  FineTuneSnapshot,
  FineTuningJobCheckpoint,
  FineTuningJobEvent,
  FineTuningJobSnapshot,
  OpenAIFile,
} from '@finetune-kit/model'
import * as fc from 'fast-check'

/**
 * Records to test with, made by hand where a test reads them and by chance where it states a law.
 */
export const file: OpenAIFile = {
  id: 'file-Train01',
  object: 'file',
  bytes: 5120,
  created_at: 1_660_000_000,
  filename: 'recipes.jsonl',
  purpose: 'fine-tune',
  status: 'processed',
  status_details: null,
}

export const event = (created_at: number, message: string, level = 'info'): FineTuneEvent => ({
  object: 'fine-tune-event',
  created_at,
  level,
  message,
})

/** A run that has just been created at second 1000. */
export const pending: FineTuneSnapshot = {
  id: 'ft-Kitchen0001',
  object: 'fine-tune',
  created_at: 1000,
  updated_at: 1000,
  model: 'curie',
  fine_tuned_model: null,
  organization_id: 'org-bakery',
  status: 'pending',
  hyperparams: { n_epochs: 4, batch_size: null, learning_rate_multiplier: null, prompt_loss_weight: 0.01 },
  training_files: [file],
  validation_files: [],
  result_files: [],
}

/** A job that is being trained, created at second 1000. */
export const job: FineTuningJobSnapshot = {
  id: 'ftjob-Kitchen01',
  object: 'fine_tuning.job',
  created_at: 1000,
  finished_at: null,
  model: 'gpt-4o-mini-2024-07-18',
  fine_tuned_model: null,
  organization_id: 'org-bakery',
  status: 'running',
  hyperparameters: { n_epochs: 3, batch_size: 2, learning_rate_multiplier: 1.8 },
  training_file: 'file-Train01',
  validation_file: 'file-Valid01',
  result_files: [],
  trained_tokens: null,
  error: null,
  seed: 7,
}

/** An event of a job; with data it is one of metrics. */
export const jobEvent = (created_at: number, message: string, data?: unknown): FineTuningJobEvent => ({
  id: `ftevent-${created_at}-${message.length}`,
  object: 'fine_tuning.job.event',
  created_at,
  level: message.includes('failed') ? 'error' : 'info',
  message,
  type: data === undefined ? 'message' : 'metrics',
  data,
})

export const checkpoint = (step_number: number, metrics: object = {}): FineTuningJobCheckpoint => ({
  id: `ftckpt_${step_number}`,
  object: 'fine_tuning.job.checkpoint',
  created_at: 1500,
  fine_tuned_model_checkpoint: `ft:gpt-4o-mini:bakery::a:ckpt-step-${step_number}`,
  fine_tuning_job_id: 'ftjob-Kitchen01',
  step_number,
  metrics,
})

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', '__proto__', 'constructor', '\r\n', '\ud800'),
)
const integer = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, -0, Number.MAX_SAFE_INTEGER))
const number = fc.double({ noNaN: true, noDefaultInfinity: true })

const files = fc.array(
  fc.record(
    {
      id: text,
      object: text,
      bytes: integer,
      created_at: integer,
      filename: text,
      purpose: text,
      status: text,
      status_details: fc.option(text),
    },
    { requiredKeys: ['id', 'object', 'bytes', 'created_at', 'filename', 'purpose'] },
  ),
  { maxLength: 3 },
)

export const fineTunes: fc.Arbitrary<FineTune> = fc.record(
  {
    id: text,
    object: text,
    created_at: integer,
    updated_at: integer,
    model: text,
    fine_tuned_model: text,
    organization_id: text,
    status: text,
    hyperparams: fc.record({
      n_epochs: integer,
      batch_size: integer,
      learning_rate_multiplier: number,
      prompt_loss_weight: number,
    }),
    training_files: files,
    validation_files: files,
    result_files: files,
    events: fc.array(fc.record({ object: text, created_at: integer, level: text, message: text })),
  },
  { noNullPrototype: true },
)

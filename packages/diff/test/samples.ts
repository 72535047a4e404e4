import * as E from '#fp-ts/Either'
import * as t from 'io-ts'
import type {
  FineTuneSnapshot,
  FineTuningJobCheckpoint,
  FineTuningJobEvent,
  FineTuningJobSnapshot,
} from '@finetune-kit/model'

const file = {
  id: 'file-train',
  object: 'file',
  bytes: 5120,
  created_at: 1_690_000_000,
  filename: 'train.jsonl',
  purpose: 'fine-tune',
  status: 'uploaded',
  status_details: null,
}

const event = (created_at: number, message: string) => ({
  object: 'fine-tune-event',
  created_at,
  level: 'info',
  message,
})

export const pendingRun: FineTuneSnapshot = {
  id: 'ft-example',
  object: 'fine-tune',
  created_at: 1_690_000_010,
  updated_at: 1_690_000_010,
  model: 'curie',
  fine_tuned_model: null,
  organization_id: 'org-example',
  status: 'pending',
  hyperparams: { n_epochs: 4, batch_size: null, learning_rate_multiplier: null, prompt_loss_weight: 0.01 },
  training_files: [file],
  validation_files: [],
  result_files: [],
  events: [event(1_690_000_010, 'Created fine-tune: ft-example')],
}

export const succeededRun: FineTuneSnapshot = {
  ...pendingRun,
  updated_at: 1_690_000_500,
  status: 'succeeded',
  fine_tuned_model: 'curie:ft-example-2023-07-22-04-26-40',
  hyperparams: { n_epochs: 4, batch_size: 1, learning_rate_multiplier: 0.1, prompt_loss_weight: 0.01 },
  training_files: [{ ...file, status: 'processed' }],
  result_files: [
    { ...file, id: 'file-result', filename: 'compiled_results.csv', purpose: 'fine-tune-results' },
  ],
  events: [
    event(1_690_000_010, 'Created fine-tune: ft-example'),
    event(1_690_000_100, 'Fine-tune started'),
    event(1_690_000_500, 'Fine-tune succeeded'),
  ],
}

/** A codec that converts: values are dates, their JSON is text. */
export const DateFromISOString = new t.Type<Date, string>(
  'DateFromISOString',
  (u): u is Date => u instanceof Date,
  (u, context) =>
    E.chain((text: string): t.Validation<Date> => {
      const date = new Date(text)
      return Number.isNaN(date.getTime()) ? t.failure(u, context) : t.success(date)
    })(t.string.validate(u, context)),
  date => date.toISOString(),
)

/** A job of 2 epochs and 20 steps at its creation. */
export const queuedJob: FineTuningJobSnapshot = {
  id: 'ftjob-example',
  object: 'fine_tuning.job',
  created_at: 1_700_000_000,
  finished_at: null,
  model: 'gpt-4o-mini-2024-07-18',
  fine_tuned_model: null,
  organization_id: 'org-example',
  status: 'validating_files',
  hyperparameters: { n_epochs: 'auto', batch_size: 'auto', learning_rate_multiplier: 'auto' },
  training_file: 'file-train',
  validation_file: null,
  result_files: [],
  trained_tokens: null,
  error: null,
  seed: 7,
}

export const runningJob: FineTuningJobSnapshot = {
  ...queuedJob,
  status: 'running',
  hyperparameters: { n_epochs: 2, batch_size: 1, learning_rate_multiplier: 1.8 },
}

export const succeededJob: FineTuningJobSnapshot = {
  ...runningJob,
  status: 'succeeded',
  finished_at: 1_700_000_600,
  fine_tuned_model: 'ft:gpt-4o-mini-2024-07-18:example::abc123',
  result_files: ['file-result'],
  trained_tokens: 20_000,
}

const jobEvent = (seconds: number, message: string, data?: unknown): FineTuningJobEvent => ({
  object: 'fine_tuning.job.event',
  id: `ftevent-${seconds}-${message.length}`,
  created_at: 1_700_000_000 + seconds,
  level: 'info',
  message,
  ...(data === undefined ? {} : { type: 'metrics', data }),
})

export const jobEvents: ReadonlyArray<FineTuningJobEvent> = [
  jobEvent(0, 'Created fine-tuning job: ftjob-example'),
  jobEvent(1, 'Validating training file: file-train'),
  jobEvent(30, 'Files validated, moving job to queued state'),
  jobEvent(90, 'Fine-tuning job started'),
  ...Array.from({ length: 20 }, (_, i) =>
    jobEvent(100 + 20 * i, `Step ${i + 1}/20: training loss=${(2 - i / 10).toFixed(2)}`, {
      step: i + 1,
      total_steps: 20,
      train_loss: 2 - i / 10,
    }),
  ),
  jobEvent(310, 'Checkpoint created at step 10'),
  jobEvent(560, 'New fine-tuned model created: ft:gpt-4o-mini-2024-07-18:example::abc123'),
  jobEvent(570, 'The moon is in the seventh house'),
  jobEvent(600, 'The job has successfully completed'),
]

export const jobCheckpoint: FineTuningJobCheckpoint = {
  object: 'fine_tuning.job.checkpoint',
  id: 'ftckpt_example',
  created_at: 1_700_000_310,
  fine_tuned_model_checkpoint: 'ft:gpt-4o-mini-2024-07-18:example::abc123:ckpt-step-10',
  fine_tuning_job_id: 'ftjob-example',
  metrics: { step: 10, train_loss: 1.1, full_valid_loss: 1.25 },
  step_number: 10,
}

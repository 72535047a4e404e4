import * as E from '#fp-ts/Either'
import * as t from 'io-ts'
import type { FineTuneSnapshot } from '@finetune-kit/model'

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

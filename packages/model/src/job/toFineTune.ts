import { type Conversion, notesOn, noteWhen } from '../Conversion.ts'
import * as EventMessage from '../EventMessage.ts'
import type { FineTuneSnapshot } from '../FineTuneSnapshot.ts'
import type { OpenAIFile } from '../OpenAIFile.ts'
import type { FineTuningJobSnapshot } from './FineTuningJobSnapshot.ts'

/**
 * Converts a job to a legacy fine-tune, and lists what is lost and what had to be changed or filled
 * in.
 *
 * - `validating_files` and `queued` become `pending`. `updated_at` is `finished_at`, or
 *   `created_at` before the end.
 * - A hyperparameter that is `"auto"` or -1 becomes null; the epochs, which a fine-tune always
 *   knows, become 4, the default of the service. What `hyperparameters` leaves out is looked for in
 *   the settings of the method.
 * - Of the files only the ids are known. `error.message` becomes an event of level `"error"`.
 *
 * Law: every value of the job is in the result as it was, or is listed in `lost` or `changed`.
 */
export const toFineTune = (job: FineTuningJobSnapshot): Conversion<FineTuneSnapshot> => {
  const { object, finished_at, hyperparameters, error, ...same } = job
  const { training_file, validation_file, result_files, status: from, ...rest } = same
  const { id, created_at, model, fine_tuned_model = null, organization_id = null, ...others } = rest
  const { n_epochs: _, batch_size: __, learning_rate_multiplier: ___, ...otherParams } = hyperparameters ?? {}
  const { message, ...otherError } = error ?? {}
  const status = from === 'validating_files' || from === 'queued' ? 'pending' : from
  const epochs = chosen(job, 'n_epochs')
  const updated_at = finished_at ?? created_at
  const filesOf = (ids: ReadonlyArray<string | null | undefined>, purpose: string) =>
    ids.flatMap(id => (typeof id === 'string' ? [fileOf(id, created_at, purpose)] : []))
  const files = {
    training_files: filesOf([training_file], 'fine-tune'),
    validation_files: filesOf([validation_file], 'fine-tune'),
    result_files: filesOf(result_files ?? [], 'fine-tune-results'),
  }
  return {
    value: {
      id,
      object: 'fine-tune',
      created_at,
      updated_at,
      model,
      fine_tuned_model,
      organization_id: organization_id ?? '',
      status,
      hyperparams: {
        n_epochs: epochs ?? 4,
        batch_size: chosen(job, 'batch_size'),
        learning_rate_multiplier: chosen(job, 'learning_rate_multiplier'),
        prompt_loss_weight: 0.01,
      },
      ...files,
      ...(message ? { events: [failure(updated_at, message)] } : {}),
    },
    lost: [
      ...notesOn(otherParams, ['hyperparameters'], 'a fine-tune has no such parameter'),
      ...notesOn(otherError, ['error'], 'an event has only words'),
      ...notesOn(others, [], 'a fine-tune has no such field'),
    ],
    changed: [
      { path: ['object'], reason: `was ${JSON.stringify(object)}` },
      ...noteWhen(updated_at !== finished_at, ['updated_at'], 'not known: taken from created_at'),
      ...noteWhen(organization_id === null, ['organization_id'], 'not known'),
      ...noteWhen(status !== from, ['status'], `was ${JSON.stringify(from)}`),
      ...noteWhen(epochs === null, ['hyperparams', 'n_epochs'], 'not known: the default of the service'),
      ...(['batch_size', 'learning_rate_multiplier'] as const).flatMap(key => {
        const was = said(job, key)
        return noteWhen(was === 'auto' || was === -1, ['hyperparams', key], `was ${JSON.stringify(was)}`)
      }),
      { path: ['hyperparams', 'prompt_loss_weight'], reason: 'not known: the default of the service' },
      ...Object.entries(files).flatMap(([key, list]) =>
        list.map((_, i) => ({ path: [key, i], reason: 'only the id is known' })),
      ),
      ...noteWhen(Boolean(message), ['events', 0], 'made of the error of the job'),
    ],
  }
}

const fileOf = (id: string, created_at: number, purpose: string): OpenAIFile => ({
  id,
  object: 'file',
  bytes: 0,
  created_at,
  filename: '',
  purpose,
})

type Parameter = 'n_epochs' | 'batch_size' | 'learning_rate_multiplier'

const said = ({ hyperparameters, method }: FineTuningJobSnapshot, key: Parameter) => {
  const settings = method?.supervised ?? method?.dpo ?? method?.reinforcement
  return hyperparameters?.[key] ?? settings?.hyperparameters?.[key]
}

/** The number that the service chose, null where it has not. */
const chosen = (job: FineTuningJobSnapshot, key: Parameter): number | null => {
  const value = said(job, key)
  return typeof value === 'number' && value !== -1 ? value : null
}

const failure = (created_at: number, reason: string) => ({
  object: 'fine-tune-event',
  created_at,
  level: 'error',
  message: EventMessage.encode({ _tag: 'Failed', reason, contact: null }),
})

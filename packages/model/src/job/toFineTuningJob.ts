import { type Conversion, type ConversionNote, notesOn, noteWhen } from '../Conversion.ts'
import * as EventMessage from '../EventMessage.ts'
import type { FineTuneSnapshot } from '../FineTuneSnapshot.ts'
import { isTerminalStatus } from '../FineTuneStatus.ts'
import type { OpenAIFileSnapshot } from '../OpenAIFile.ts'
import type { FineTuningJobSnapshot } from './FineTuningJobSnapshot.ts'

/**
 * Converts a legacy fine-tune to a job, and lists what is lost and what had to be changed.
 *
 * - A pending run is `validating_files`, or `queued` once an event speaks of its costs or of the
 *   queue.
 * - `finished_at` is `updated_at`, once the run has ended. A null hyperparameter becomes `"auto"`.
 * - Files become their ids, and the reason that the last error event gives becomes `error.message`.
 *
 * Law: every value of the run is in the result as it was, or is listed in `lost` or `changed`.
 */
export const toFineTuningJob = (run: FineTuneSnapshot): Conversion<FineTuningJobSnapshot> => {
  const { object, updated_at, hyperparams, events: log, ...same } = run
  const events = log ?? []
  const { training_files, validation_files, result_files, status: from, ...rest } = same
  const { id, created_at, model, fine_tuned_model, organization_id, ...others } = rest
  const { n_epochs, batch_size, learning_rate_multiplier, ...otherParams } = hyperparams
  const hasEnded = isTerminalStatus(from)
  const status = statusOf(run)
  const message = reasonOf(run)
  return {
    value: {
      id,
      object: 'fine_tuning.job',
      created_at,
      finished_at: hasEnded ? updated_at : null,
      model,
      fine_tuned_model,
      organization_id,
      status,
      hyperparameters: {
        n_epochs,
        batch_size: batch_size ?? 'auto',
        learning_rate_multiplier: learning_rate_multiplier ?? 'auto',
      },
      training_file: training_files[0]?.id ?? '',
      validation_file: validation_files[0]?.id ?? null,
      result_files: result_files.map(file => file.id),
      trained_tokens: null,
      error: message === null ? null : { code: null, message, param: null },
    },
    lost: [
      ...noteWhen(!hasEnded, ['updated_at'], 'a job only says when it ended'),
      ...notesOn(otherParams, ['hyperparams'], 'a job has no such parameter'),
      ...lostOf(training_files, 'training_files', 1),
      ...lostOf(validation_files, 'validation_files', 1),
      ...lostOf(result_files, 'result_files', result_files.length),
      ...noteWhen(events.length > 0, ['events'], 'the events of a job are a resource of its own'),
      ...notesOn(others, [], 'a job has no such field'),
    ],
    changed: [
      { path: ['object'], reason: `was ${JSON.stringify(object)}` },
      ...noteWhen(status !== from, ['status'], `was ${JSON.stringify(from)}`),
      ...(['batch_size', 'learning_rate_multiplier'] as const).flatMap(key =>
        noteWhen(hyperparams[key] === null, ['hyperparameters', key], 'was null'),
      ),
      ...noteWhen(training_files.length === 0, ['training_file'], 'there is none, and a job always has one'),
      ...noteWhen(message !== null, ['error', 'message'], 'from the last event of level "error"'),
    ],
  }
}

const statusOf = ({ status, events }: FineTuneSnapshot): string => {
  if (status !== 'pending') return status
  const isQueued = (events ?? []).some(e =>
    ['Costs', 'Enqueued', 'InQueue'].includes(EventMessage.decode(e.message)._tag),
  )
  return isQueued ? 'queued' : 'validating_files'
}

const reasonOf = ({ events }: FineTuneSnapshot): string | null => {
  const last = events?.findLast(e => e.level === 'error')?.message
  if (last === undefined) return null
  const said = EventMessage.decode(last)
  return said._tag === 'Failed' ? said.reason : last
}

/** The notes on a list of files of which a job keeps the first `kept` ids. */
const lostOf = (
  files: ReadonlyArray<OpenAIFileSnapshot>,
  key: string,
  kept: number,
): ReadonlyArray<ConversionNote> =>
  files.flatMap((file, i) =>
    i < kept
      ? notesOn({ ...file, id: null }, [key, i], 'a job only knows the id of a file')
      : [{ path: [key, i], reason: 'a job has only one such file' }],
  )

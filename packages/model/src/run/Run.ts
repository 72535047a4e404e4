import type { AzureFineTune } from '../azure/AzureFineTune.ts'
import type { FineTuneEvent } from '../FineTuneEvent.ts'
import type { FineTuneSnapshot } from '../FineTuneSnapshot.ts'
import type { FineTuningJobCheckpointSnapshot } from '../job/FineTuningJobCheckpoint.ts'
import type { FineTuningJobEventSnapshot } from '../job/FineTuningJobEvent.ts'
import type { FineTuningJobSnapshot } from '../job/FineTuningJobSnapshot.ts'
import type { ResultMetrics } from '../results/ResultMetrics.ts'
import { get, ids, list, number, positive, text } from './read.ts'

/** A run of either family, at any moment of its life. */
export type Run = FineTuneSnapshot | AzureFineTune | FineTuningJobSnapshot

/** An event of a run of either family. */
export type RunEvent = FineTuneEvent | FineTuningJobEventSnapshot

/** Records of one run that its snapshot does not hold. Their order and repeats do not matter. */
export interface RunResources {
  /** The events of a job, and those of a fine-tune that its snapshot lacks. */
  readonly events?: ReadonlyArray<RunEvent>
  readonly checkpoints?: ReadonlyArray<FineTuningJobCheckpointSnapshot>
  /** The result files, read. */
  readonly results?: ReadonlyArray<ResultMetrics>
  /**
   * US dollars for a million training tokens, by base model. Default: no cost of a job is known.
   */
  readonly prices?: Readonly<Record<string, number>>
}

/** The two families of runs: the fine-tune of 2021 and its successor, the fine-tuning job. */
export type Family = 'fine-tune' | 'job'

/** The fields of a run, by one name for both families; null where the record does not tell. */
export interface RunFacts {
  readonly family: Family
  readonly id: string | null
  readonly status: string | null
  readonly baseModel: string | null
  /** The name of the model that the run made. */
  readonly model: string | null
  readonly suffix: string | null
  readonly organization: string | null
  readonly method: string | null
  readonly createdAt: number | null
  readonly updatedAt: number | null
  readonly finishedAt: number | null
  readonly estimatedFinish: number | null
  readonly trainingFiles: ReadonlyArray<string>
  readonly validationFiles: ReadonlyArray<string>
  readonly resultFiles: ReadonlyArray<string>
  readonly trainedTokens: number | null
  readonly seed: number | null
  readonly error: RunError | null
  readonly events: ReadonlyArray<unknown>
  /**
   * Returns a hyperparameter by its name, wherever the record keeps it: a fine-tune in
   * `hyperparams`, a job in the settings of its method or in `hyperparameters`. `"auto"`, -1 and
   * the zero of Go clients are null: the service has not chosen yet.
   */
  readonly hyperparameter: (key: string) => number | string | null
}

/** The reason of a failure as the service tells it. */
export interface RunError {
  readonly message: string | null
  readonly code: string | null
  readonly param: string | null
}

/** Reads the fields of a run. Never throws, whatever it is given. */
export const factsOf = (run: unknown): RunFacts => {
  const family = familyOf(run)
  const of = (key: string) => get(run, key)
  const model = text(of('fine_tuned_model'))
  const isJob = family === 'job'
  return {
    family,
    id: text(of('id')),
    status: text(of('status')),
    baseModel: text(of('model')),
    model,
    suffix: text(of('user_provided_suffix')) ?? text(of('suffix')) ?? suffixOf(model),
    organization: text(of('organization_id')),
    method: text(get(of('method'), 'type')),
    createdAt: positive(of('created_at')),
    updatedAt: isJob ? null : positive(of('updated_at')),
    finishedAt: isJob ? positive(of('finished_at')) : null,
    estimatedFinish: positive(of('estimated_finish')),
    trainingFiles: isJob ? ids([of('training_file')]) : ids(of('training_files')),
    validationFiles: isJob ? ids([of('validation_file')]) : ids(of('validation_files')),
    resultFiles: resultFileIds(run),
    trainedTokens: number(of('trained_tokens')),
    seed: number(of('seed')),
    error: errorOf(of('error')) ?? fileErrorOf(run),
    events: list(of('events')),
    hyperparameter: hyperparameterOf(run),
  }
}

/**
 * The ids of the result files that a run lists.
 *
 * @example
 * resultFileIds({ result_files: ['file-1', { object: 'file', id: 'file-2' }] }) // => ['file-1', 'file-2']
 */
export const resultFileIds = (run: unknown): ReadonlyArray<string> => ids(get(run, 'result_files'))

/** Returns the family of a run: by its `object`, else by the keys that only one of them has. */
export const familyOf = (run: unknown): Family => {
  const object = get(run, 'object')
  if (object === 'fine_tuning.job') return 'job'
  if (object === 'fine-tune') return 'fine-tune'
  return ['training_file', 'hyperparameters', 'finished_at'].some(key => get(run, key) !== undefined)
    ? 'job'
    : 'fine-tune'
}

const hyperparameterOf = (run: unknown): RunFacts['hyperparameter'] => {
  const method = get(run, 'method')
  const settings = [
    get(method, text(get(method, 'type')) ?? 'supervised'),
    ...methods.map(m => get(method, m)),
  ]
  const places = [
    get(run, 'hyperparams'),
    ...settings.map(x => get(x, 'hyperparameters')),
    get(run, 'hyperparameters'),
  ]
  return key => {
    for (const place of places) {
      const value = get(place, key)
      const amount = mayBeZero.has(key) && value === 0 ? 0 : positive(value)
      const known = amount ?? (value === 'auto' ? null : text(value))
      if (known !== null) return known
    }
    return null
  }
}

const mayBeZero = new Set(['prompt_loss_weight', 'beta'])

const methods = ['supervised', 'dpo', 'reinforcement']

/** Returns the model that a fine-tuned one was made from; any other name as it is. */
export const baseModelOf = (model: string): string => {
  const modern = /^ft:([^:]+)/.exec(model)?.[1]
  if (modern !== undefined) return modern
  const legacy = /^([^:]+):ft-/.exec(model)?.[1]
  return legacy ?? model.split('.ft-', 1)[0] ?? model
}

/**
 * The suffix in `ft:base:org:suffix:id`, `base:ft-org:suffix-date` or Azure's `base.ft-id-suffix`.
 */
const suffixOf = (model: string | null): string | null => {
  if (model === null) return null
  const [, , , modern] = model.startsWith('ft:') ? model.split(':') : []
  if (modern) return modern
  const legacy = /^[^:]+:ft-[^:]*:(.+)-\d{4}(?:-\d\d){5}$/.exec(model)?.[1]
  return legacy ?? /\.ft-[0-9a-f]{32}-(.+)$/s.exec(model)?.[1] ?? null
}

const errorOf = (error: unknown): RunError | null => {
  const [message, code, param] = ['message', 'code', 'param'].map(key => text(get(error, key)))
  return message == null && code == null
    ? null
    : { message: message ?? null, code: code ?? null, param: param ?? null }
}

/** The first error of a fine-tune's files: such a run has no error of its own. */
const fileErrorOf = (run: unknown): RunError | null => {
  const files = ['training_files', 'validation_files'].flatMap(key => list(get(run, key)))
  const message = files.map(file => text(get(file, 'status_details'))).find(details => details !== null)
  return message == null ? null : { message, code: null, param: null }
}

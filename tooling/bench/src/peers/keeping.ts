import type { FineTune, OpenAIFile } from '@finetune-kit/model'

/** One level of a record for avsc: unknown keys as JSON in `_unknown`, absent as null. */
type Level = Readonly<Record<string, unknown>>

/** A level prepared so that avsc drops nothing: unknown keys, and nulls where null means absent. */
const kept = (level: Level, known: ReadonlyMap<string, boolean>, more: Level = {}): Level => {
  let others: Record<string, unknown> | undefined
  for (const key of Object.keys(level)) {
    const isOptional = known.get(key)
    if (isOptional === undefined || (isOptional && level[key] === null)) {
      others ??= {}
      others[key] = level[key]
    }
  }
  return others === undefined && Object.keys(more).length === 0
    ? level
    : { ...level, ...more, _unknown: others === undefined ? null : JSON.stringify(others) }
}

/** The level restored from what avsc returned. */
const restored = (level: Level, known: ReadonlyMap<string, boolean>, more: Level = {}): Level => {
  const found: Record<string, unknown> = {}
  for (const [key, isOptional] of known) if (!isOptional || level[key] !== null) found[key] = level[key]
  Object.assign(found, more)
  const { _unknown } = level
  return typeof _unknown === 'string' ? Object.assign(found, JSON.parse(_unknown)) : found
}

const known = (required: string, optional = ''): ReadonlyMap<string, boolean> =>
  new Map([
    ...required.split(' ').map(key => [key, false] as const),
    ...optional
      .split(' ')
      .filter(Boolean)
      .map(key => [key, true] as const),
  ])

const fileKeys = known('id object bytes created_at filename purpose', 'status status_details')
const eventKeys = known('object created_at level message')
const hyperparamsKeys = known(
  'n_epochs batch_size learning_rate_multiplier prompt_loss_weight',
  'compute_classification_metrics classification_n_classes classification_positive_class',
)
const runKeys = known(
  'id object created_at updated_at model fine_tuned_model organization_id status hyperparams training_files validation_files result_files',
  'events',
)

type Job = (level: Level, known: ReadonlyMap<string, boolean>, more?: Level) => Level

const everywhere =
  (job: Job) =>
  (run: FineTune): Level => {
    const files = (all: ReadonlyArray<OpenAIFile>) => all.map(file => job(file as never, fileKeys))
    return job(run, runKeys, {
      hyperparams: job(run.hyperparams, hyperparamsKeys),
      training_files: files(run.training_files),
      validation_files: files(run.validation_files),
      result_files: files(run.result_files),
      ...(run.events && { events: run.events.map(event => job(event as never, eventKeys)) }),
    })
  }

export const keptForAvsc = everywhere(kept)
export const restoredFromAvsc = everywhere(restored)

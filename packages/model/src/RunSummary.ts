import { Finite, Integer, nullable, OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import type { Curve } from './Curve.ts'
import { curvesOfLog } from './curvesOf.ts'
import { describedField, describedRecord } from './describedRecord.ts'
import { type Count, progressOfLog } from './progressOf.ts'
import { phases } from './run/Phase.ts'
import { get, number, text, whole } from './run/read.ts'
import { factsOf, type Run, type RunResources } from './run/Run.ts'
import { logOf } from './run/RunLog.ts'

const Text = nullable(t.string)
const Whole = nullable(Integer)
const Real = nullable(Finite)

const moment = (description: string) => describedField(Whole, description, { unit: 'Unix seconds' })
const length = (description: string) => describedField(Whole, description, { unit: 'seconds' })
const word = <K extends string>(name: string, known: ReadonlyArray<K>, description: string) =>
  describedField(OpenEnum(name, known), description)
const final = (metric: string) => describedField(Real, `The last ${metric}.`)
const best = (metric: string) => describedField(Real, `The best ${metric}.`)

const identity = {
  id: describedField(t.string, 'The id of the run; empty if the record has none.'),
  kind: word('RunKind', ['job', 'fine-tune'], 'The family of the run: a job, or a fine-tune of before 2024.'),
  status: describedField(Text, 'The status, in the word of the service.'),
  phase: word('Phase', phases, 'The part of its life that the run is in, by status and events.'),
  fine_tuned_model: describedField(Text, 'The name of the model that the run made.'),
  suffix: describedField(Text, 'The word that the user put into the name of the model.'),
  base_model: describedField(Text, 'The name of the model that the run starts from.'),
  organization_id: describedField(Text, 'The organization that owns the run.'),
  method: word(
    'Method',
    ['supervised', 'dpo', 'reinforcement'],
    'The method of training. Default: supervised.',
  ),
  training_file: describedField(Text, 'The id of the file that the run is trained on.'),
  validation_file: describedField(Text, 'The id of the file that the run is validated on.'),
  result_file: describedField(Text, 'The id of the first result file.'),
}

const course = {
  created_at: moment('When the run was created.'),
  started_at: moment('When training began.'),
  finished_at: moment('When the run ended.'),
  duration: length('The time from creation to end.'),
  queue_duration: length('The time in the queue.'),
  training_duration: length('The time from the begin of training to the end.'),
  estimated_finish: moment('When the service expects the run to end; null once it has.'),
  last_activity: moment('The time of the newest record of the run.'),
  queue_position: describedField(Whole, 'The number of runs ahead; null unless queued.'),
  epochs_done: describedField(Real, 'The number of epochs that are done.', { unit: 'epochs' }),
  epochs: describedField(Real, 'The number of epochs to train.', { unit: 'epochs' }),
  steps_done: describedField(Real, 'The number of steps that are done.', { unit: 'steps' }),
  steps: describedField(Real, 'The number of steps to train.', { unit: 'steps' }),
  trained_tokens: describedField(Whole, 'The number of tokens that the run was trained on.', {
    unit: 'tokens',
  }),
  cost: describedField(Real, 'The cost of the training, where the records or prices tell it.', {
    unit: 'US dollars',
  }),
  failure: describedField(Text, 'The reason of the failure, in the words of the service.'),
  failure_code: describedField(Text, 'The failure as a word for programs.'),
}

const hyperparameters = {
  batch_size: describedField(Real, 'The number of examples in a training step.'),
  learning_rate_multiplier: describedField(Real, 'The factor that scales the base learning rate.'),
  prompt_loss_weight: describedField(Real, 'The weight of the loss on the prompt, of fine-tunes.'),
  beta: describedField(Real, 'The weight of the preferred answers, of preference (dpo) jobs.'),
  compute_multiplier: describedField(Real, 'The amount of exploration, of reinforcement jobs.'),
  reasoning_effort: describedField(Text, 'The reasoning effort of the model, of reinforcement jobs.'),
  eval_interval: describedField(Real, 'The number of steps between evaluations, of reinforcement jobs.'),
  eval_samples: describedField(Real, 'The number of samples an evaluation takes, of reinforcement jobs.'),
  seed: describedField(Real, 'The seed of the job.'),
}

const metrics = {
  train_loss: final('loss on the training examples of a step'),
  best_train_loss: best('loss on the training examples of a step'),
  valid_loss: final('loss on the validation examples of a step'),
  best_valid_loss: best('loss on the validation examples of a step'),
  full_valid_loss: final('loss on the whole validation file'),
  best_full_valid_loss: best('loss on the whole validation file'),
  train_mean_token_accuracy: final('share of right tokens in training'),
  best_train_mean_token_accuracy: best('share of right tokens in training'),
  valid_mean_token_accuracy: final('share of right tokens in validation'),
  best_valid_mean_token_accuracy: best('share of right tokens in validation'),
  full_valid_mean_token_accuracy: final('share of right tokens over the whole validation file'),
  best_full_valid_mean_token_accuracy: best('share of right tokens over the whole validation file'),
  train_mean_reward: final('mean reward in training'),
  best_train_mean_reward: best('mean reward in training'),
  valid_mean_reward: final('mean reward in validation'),
  best_valid_mean_reward: best('mean reward in validation'),
  full_valid_mean_reward: final('mean reward over the whole validation file'),
  best_full_valid_mean_reward: best('mean reward over the whole validation file'),
  best_step: describedField(
    Real,
    'The step of the best value of the first metric of these that the run has: reward over the whole validation file, in validation, loss over the whole validation file, in validation.',
    { unit: 'steps' },
  ),
}

/**
 * A run as one row of a table: flat, one scalar a field, the same fields for both families. Columns
 * of tables, facets and comparisons derive from it. Null is what the records do not tell.
 */
export const RunSummary = describedRecord(
  'RunSummary',
  {
    description: 'A run as one row of a table: flat, the same fields for both families.',
    source: 'finetune-kit',
    identity: { key: 'id' },
  },
  { ...identity, ...course, ...hyperparameters, ...metrics },
)
export interface RunSummary extends t.TypeOf<typeof RunSummary> {}

/** The parts of a summary, for a reader who looks for one of them. */
export type SummaryGroup = 'identity' | 'course' | 'hyperparameters' | 'metrics'

type Field = keyof RunSummary

const fieldsOf = (fields: object): ReadonlyArray<Field> => Object.keys(fields) as ReadonlyArray<Field>

/** The fields of a summary by group, each once. The number of epochs is chosen by the user. */
export const summaryGroups: Readonly<Record<SummaryGroup, ReadonlyArray<Field>>> = {
  identity: fieldsOf(identity),
  course: fieldsOf(course).filter(field => field !== 'epochs'),
  hyperparameters: ['epochs', ...fieldsOf(hyperparameters)],
  metrics: fieldsOf(metrics),
}

/** A place in a list of runs. */
export interface SummaryHighlight {
  /** Default: the title of the first field. */
  readonly title?: string
  /** The first of these that has a value is shown. */
  readonly fields: readonly [Field, ...ReadonlyArray<Field>]
}

/** The fields that people look at first in a list of runs, after the id; others are on request. */
export const summaryHighlights: ReadonlyArray<SummaryHighlight> = [
  { fields: ['status'] },
  { title: 'Model', fields: ['fine_tuned_model', 'suffix'] },
  { fields: ['base_model'] },
  { title: 'Length', fields: ['epochs', 'steps'] },
  { title: 'Final loss', fields: ['full_valid_loss', 'valid_loss', 'train_loss'] },
  { title: 'Cost or tokens', fields: ['cost', 'trained_tokens'] },
  { fields: ['duration'] },
  { title: 'Last change', fields: ['last_activity'] },
]

/**
 * Returns the row of a run of either family. Never throws, whatever it is given.
 *
 * Stores keep the row: a change of its values raises `summaryVersion` of the store package.
 *
 * Law: `RunSummary.is(summaryOf(run, resources))` for any values.
 */
export const summaryOf = (run: Run, resources: RunResources = {}): RunSummary => {
  const facts = factsOf(run)
  const { hyperparameter } = facts
  const log = logOf(facts.events, get(resources, 'events'))
  const progress = progressOfLog(facts, log, resources)
  const curves = curvesOfLog(log, resources)
  return {
    id: facts.id ?? '',
    kind: facts.family,
    status: facts.status,
    phase: progress.phase,
    fine_tuned_model: progress.model,
    suffix: facts.suffix,
    base_model: facts.baseModel,
    organization_id: facts.organization,
    method: facts.method ?? 'supervised',
    training_file: facts.trainingFiles[0] ?? null,
    validation_file: facts.validationFiles[0] ?? null,
    result_file: progress.resultFiles[0] ?? null,
    created_at: whole(facts.createdAt),
    started_at: whole(progress.startedAt),
    finished_at: whole(progress.finishedAt),
    duration: whole(progress.seconds.total),
    queue_duration: whole(progress.seconds.queued),
    training_duration: whole(progress.seconds.training),
    estimated_finish: whole(progress.estimatedFinish),
    last_activity: whole(progress.lastActivity),
    queue_position: whole(progress.queuePosition),
    epochs_done: doneOf(progress.epochs),
    epochs: progress.epochs.total,
    steps_done: doneOf(progress.steps),
    steps: progress.steps.total,
    trained_tokens: whole(progress.trainedTokens),
    cost: number(progress.dollars),
    failure: progress.failure?.message ?? null,
    failure_code: progress.failure?.code ?? null,
    batch_size: number(hyperparameter('batch_size')),
    learning_rate_multiplier: number(hyperparameter('learning_rate_multiplier')),
    prompt_loss_weight: number(hyperparameter('prompt_loss_weight')),
    beta: number(hyperparameter('beta')),
    compute_multiplier: number(hyperparameter('compute_multiplier')),
    reasoning_effort: text(hyperparameter('reasoning_effort')),
    eval_interval: number(hyperparameter('eval_interval')),
    eval_samples: number(hyperparameter('eval_samples')),
    seed: facts.seed,
    ...measured(curves),
  }
}

/** A run that succeeded has done some, whether its records tell of any or not. */
const doneOf = ({ done, total }: Count): number | null => (done === 0 && total === null ? null : done)

type Measured = Pick<RunSummary, keyof typeof metrics>

/** The metrics of a summary: a curve's last value under its name, the best one after `best_`. */
const measured = (curves: ReadonlyArray<Curve>): Measured => {
  const byName = new Map(curves.map(curve => [curve.metric, curve]))
  const judged = judges.map(metric => byName.get(metric)?.best?.step).find(step => step !== undefined)
  const values: Record<string, number | null> = {}
  for (const { field, metric, isBest } of measures) {
    const curve = byName.get(metric)
    values[field] = (isBest ? curve?.best?.value : curve?.last.value) ?? null
  }
  return { ...(values as Measured), best_step: judged ?? null }
}

const measures = Object.keys(metrics).map(field => {
  const isBest = field.startsWith('best_')
  return { field, isBest, metric: isBest ? field.slice('best_'.length) : field }
})

/** The metrics that say which checkpoint is the best, the most telling first. */
const judges = ['full_valid_mean_reward', 'valid_mean_reward', 'full_valid_loss', 'valid_loss']

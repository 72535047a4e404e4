import { endOf, isEnd, type Phase, phaseOf } from './run/Phase.ts'
import { entries, get, greatest, greatestOf, leastOf, list, number, positive, text } from './run/read.ts'
import { baseModelOf, factsOf, type Run, type RunError, type RunFacts, type RunResources } from './run/Run.ts'
import { type LogEntry, logOf, saying } from './run/RunLog.ts'

/** The part that is done, and the total: null until the records tell it. */
export interface Count {
  readonly done: number
  readonly total: number | null
}

/** The course of a run. `null` is what its records do not tell. Moments are Unix seconds. */
export interface Progress {
  readonly phase: Phase
  /** The number of runs ahead; null unless queued. */
  readonly queuePosition: number | null
  /** Skipped epochs count as done; those of a job are counted by its steps. */
  readonly epochs: Count
  readonly steps: Count
  /** The number of tokens that the run was trained on. */
  readonly trainedTokens: number | null
  /** The cost in US dollars: from the event of a fine-tune, from the tokens and prices of a job. */
  readonly dollars: number | null
  /** The name of the model that the run made. */
  readonly model: string | null
  /** The ids of the result files. */
  readonly resultFiles: ReadonlyArray<string>
  /** The reason of the failure, in the words of the service. */
  readonly failure: RunError | null
  readonly createdAt: number | null
  readonly queuedAt: number | null
  readonly startedAt: number | null
  /** The model is trained; it is checked and uploaded. */
  readonly publishingAt: number | null
  readonly finishedAt: number | null
  /** The service's estimate; null once the run has ended. */
  readonly estimatedFinish: number | null
  /** The length of each part in seconds, once it is over. */
  readonly seconds: {
    readonly validating: number | null
    readonly queued: number | null
    readonly training: number | null
    readonly total: number | null
  }
  /** The time of the newest record of the run. */
  readonly lastActivity: number | null
}

/**
 * Returns the course of a run of either family. Never throws, whatever it is given.
 *
 * Laws: repeating events or checkpoints changes nothing, and neither does their order.
 */
export const progressOf = (run: Run, resources: RunResources = {}): Progress => {
  const facts = factsOf(run)
  return progressOfLog(facts, logOf(facts.events, get(resources, 'events')), resources)
}

/** The same for a run and events that are read already. */
export const progressOfLog = (
  facts: RunFacts,
  log: ReadonlyArray<LogEntry>,
  resources: RunResources,
): Progress => {
  const checkpoints = list(get(resources, 'checkpoints'))
  const phase = phaseOf(facts, log, facts.hyperparameter('batch_size') !== null)
  const hasEnded = isEnd(phase) || (phase === 'unknown' && facts.finishedAt !== null)
  const isTrained = phase === 'publishing' || phase === 'succeeded'
  const waiting = [...saying(log, 'Enqueued'), ...saying(log, 'InQueue')]
  const { createdAt } = facts
  const queuedAt = leastOf([...waiting, ...saying(log, 'Validated')], timeOf)
  const startedAt = leastOf(saying(log, 'Started'), timeOf)
  const finishedAt = hasEnded ? finishOf(facts, log, phase) : null
  const rows = list(get(resources, 'results')).flatMap(file => list(get(file, 'rows')))
  const steps = stepsOf(log, checkpoints, rows, isTrained)
  const tokens = facts.trainedTokens
  return {
    phase,
    queuePosition: phase === 'queued' ? leastOf(latest(waiting), e => e.position) : null,
    epochs: epochsOf(facts, log, steps, isTrained),
    steps,
    trainedTokens: tokens === 0 && !hasEnded ? null : tokens,
    dollars: saying(log, 'Costs').at(-1)?.dollars ?? costOf(facts, log, get(resources, 'prices')),
    model: facts.model ?? saying(log, 'UploadedModel').at(-1)?.model ?? null,
    resultFiles:
      facts.resultFiles.length > 0
        ? facts.resultFiles
        : [...new Set(saying(log, 'UploadedResultFile').map(e => e.file))],
    failure: phase === 'failed' ? failureOf(facts, log) : null,
    createdAt,
    queuedAt,
    startedAt,
    publishingAt: leastOf(
      log.filter(e => published.has(e.message._tag)),
      timeOf,
    ),
    finishedAt,
    estimatedFinish: hasEnded ? null : facts.estimatedFinish,
    seconds: {
      validating: between(createdAt, queuedAt ?? startedAt ?? finishedAt),
      queued: between(queuedAt, startedAt ?? finishedAt),
      training: between(startedAt, finishedAt),
      total: between(createdAt, finishedAt),
    },
    lastActivity: greatest([
      facts.createdAt,
      facts.updatedAt,
      facts.finishedAt,
      greatestOf(log, timeOf),
      greatestOf(checkpoints, c => positive(get(c, 'created_at'))),
    ]),
  }
}

const timeOf = ({ at }: { readonly at: number }): number => at

// a result file is no sign of it: Azure writes that while the model is trained
const published = new Set(['UploadedModel', 'Evaluating', 'Evaluated'])

const stepsOf = (
  log: ReadonlyArray<LogEntry>,
  checkpoints: ReadonlyArray<unknown>,
  rows: ReadonlyArray<unknown>,
  isTrained: boolean,
): Count => {
  const measured = greatestOf(rows, row => positive(get(row, 'step')))
  // the service writes a result file at the end, with all steps
  const total = greatestOf(log, e => e.steps) ?? (isTrained ? measured : null)
  const done = greatest([
    measured,
    greatestOf(log, e => e.step),
    greatestOf(saying(log, 'Checkpoint'), e => e.step),
    greatestOf(checkpoints, c => positive(get(c, 'step_number'))),
  ])
  return { done: (isTrained ? total : null) ?? done ?? 0, total }
}

const epochsOf = (facts: RunFacts, log: ReadonlyArray<LogEntry>, steps: Count, isTrained: boolean): Count => {
  const epochs = saying(log, 'Epoch')
  const total = greatestOf(epochs, e => e.total) ?? positive(facts.hyperparameter('n_epochs'))
  if (total === null) return { done: 0, total }
  if (isTrained) return { done: total, total }
  // every epoch of a job has the same number of steps
  const bySteps = steps.total === null ? 0 : Math.floor((steps.done * total) / steps.total)
  const done = greatestOf(epochs, e => e.done) ?? 0
  return { done: Math.min(Math.max(done, bySteps), total), total }
}

/**
 * Multiplies the tokens that are paid for by the price of the base model. Reinforcement is billed
 * by the hour, so the cost of such a job is never known here.
 */
const costOf = (facts: RunFacts, log: ReadonlyArray<LogEntry>, prices: unknown): number | null => {
  const tokens = greatestOf(saying(log, 'Billed'), e => e.tokens) ?? positive(facts.trainedTokens)
  const { baseModel, method } = facts
  if (tokens === null || baseModel === null || method === 'reinforcement') return null
  const known = new Map(entries(prices))
  const price = number(known.get(baseModel) ?? known.get(baseModelOf(baseModel)))
  return price === null ? null : (tokens * price) / 1_000_000
}

/**
 * The job's own time of its end, else that of the event that tells the end or the reason of the
 * failure, else the last change of a fine-tune.
 */
const finishOf = (facts: RunFacts, log: ReadonlyArray<LogEntry>, phase: Phase): number | null =>
  facts.finishedAt ??
  leastOf(
    log.filter(e => endOf(e) === phase),
    timeOf,
  ) ??
  (phase === 'failed' ? lastError(log)?.at : null) ??
  facts.updatedAt

/** The job's own error, else the reason of the last event of a failure, else the last error. */
const failureOf = (facts: RunFacts, log: ReadonlyArray<LogEntry>): RunError | null => {
  if (facts.family === 'job' && facts.error !== null) return facts.error
  const reason = saying(log, 'Failed').findLast(e => e.reason !== '')?.reason
  const details = log.findLast(e => e.message._tag === 'Failed' && e.error !== null)?.error
  const message = reason ?? details ?? text(lastError(log)?.raw)
  return message === null ? facts.error : { message, code: null, param: null }
}

const lastError = (log: ReadonlyArray<LogEntry>): LogEntry | undefined =>
  log.findLast(e => e.level === 'error' && e.message._tag === 'Text')

const latest = <E extends { readonly at: number }>(events: ReadonlyArray<E>): ReadonlyArray<E> => {
  const at = greatestOf(events, timeOf)
  return events.filter(e => e.at === at)
}

const between = (from: number | null, to: number | null): number | null =>
  from === null || to === null || to < from ? null : to - from

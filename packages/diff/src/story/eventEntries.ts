import {
  type Curve,
  curvesOf,
  type EventMessage,
  eventsOf,
  type FineTuningJobCheckpointSnapshot,
  type Progress,
  type Run,
  type RunResources,
} from '@finetune-kit/model'
import type { Change, RunChange } from './narrative/RunChange.ts'

/** News of a run at one time, from records that are no snapshot of it. */
export interface TimedChanges {
  readonly at: number
  /** None where a record is no news. */
  readonly changes: ReadonlyArray<Change>
}

/**
 * Tells the events and checkpoints of a run at their own times, and once it has ended its final
 * metrics and cost. Repeats and the order of the records do not matter. Steps are summed up: one
 * line an epoch, or a quarter where epochs are unknown or many.
 */
export const eventEntries = (
  run: Run,
  resources: RunResources,
  progress: Progress,
): ReadonlyArray<TimedChanges> => {
  const log = readLog(run, resources)
  return [
    { at: run.created_at, changes: [{ _tag: 'Created', model: run.model, ...none }] },
    ...withQueue(withFewEpochs(log)).map(entry => ({ at: entry.at, changes: describe(entry, progress) })),
    ...milestones(log, progress),
    ...checkpoints(log, resources.checkpoints ?? [], progress),
    ...ending(progress, resources),
  ]
}

interface LogEntry {
  readonly at: number
  readonly level: string
  readonly text: string
  readonly message: EventMessage.EventMessage
}

/** Events in the order of the model, each once: a run that is followed again repeats them. */
const readLog = (run: Run, resources: RunResources): ReadonlyArray<LogEntry> => {
  const byKey = new Map<string, LogEntry>()
  for (const { at, level, raw: text, message } of eventsOf(run, resources))
    byKey.set(`${at} ${level} ${text}`, { at, level: level ?? '', text, message })
  return [...byKey.values()]
}

interface QueuedEntry extends LogEntry {
  /** The position in the queue before this entry; null outside. */
  readonly position: number | null
}

/** Entries with the position before each. One that repeats the position is no news. */
const withQueue = (log: ReadonlyArray<LogEntry>): ReadonlyArray<QueuedEntry> => {
  let position: number | null = null
  return log.flatMap(entry => {
    const { message } = entry
    const before = position
    const isMove = message._tag === 'Enqueued' || message._tag === 'InQueue'
    if (isMove) position = message.position
    return isMove && before === position ? [] : [{ ...entry, position: before }]
  })
}

const none = { operations: [] } as const

const describe = (
  { at, level, text, message, position }: QueuedEntry,
  progress: Progress,
): ReadonlyArray<RunChange> => {
  switch (message._tag) {
    case 'Validated':
      return [{ _tag: 'FilesValidated', ...none }]
    case 'Costs':
      return [{ _tag: 'CostKnown', dollars: message.dollars, ...none }]
    case 'Enqueued':
    case 'InQueue':
      return message.position === null
        ? []
        : [{ _tag: 'QueueMoved', from: position, to: message.position, ...none }]
    case 'Started':
      return [{ _tag: 'Started', at, seconds: progress.seconds.queued, ...none }]
    case 'Epoch':
      return [{ _tag: 'EpochDone', done: message.done, total: message.total, ...none }]
    case 'UploadedModel': {
      const model = message.model ?? progress.model
      return model === null ? [] : [{ _tag: 'ModelPublished', model, ...none }]
    }
    case 'UploadedResultFile': {
      const file = { role: 'result file', id: message.file, filename: null, bytes: null }
      return [{ _tag: 'FileAdded', file, ...none }]
    }
    case 'Succeeded':
    case 'Cancelled':
      return [{ _tag: 'Ended', status: message._tag === 'Succeeded' ? 'succeeded' : 'cancelled', ...none }]
    case 'Failed':
      return [{ _tag: 'RunFailed', reason: message.reason === '' ? text : message.reason, ...none }]
    case 'Text':
      if (text === progress.failure?.message) return [{ _tag: 'RunFailed', reason: text, ...none }]
      return [{ _tag: 'Reported', level, text, ...none }]
    // these are told by their records or their steps, or are no news of the run
    case 'Created':
    case 'Validating':
    case 'Step':
    case 'Checkpoint':
    case 'Evaluating':
    case 'Evaluated':
    case 'Billed':
    case 'Cancelling':
      return []
    default:
      return message satisfies never
  }
}

/** At most so many epochs have a line each. */
const maxEpochs = 10

/** Entries with the last epoch, and where there are many, only the first of each quarter before it. */
const withFewEpochs = (log: ReadonlyArray<LogEntry>): ReadonlyArray<LogEntry> => {
  const end = log.findLast(({ message }) => message._tag === 'Epoch')
  let reached = 0
  return log.filter(entry => {
    const { message } = entry
    if (message._tag !== 'Epoch' || message.total <= maxEpochs) return true
    const quarter = Math.floor((4 * message.done) / message.total)
    const isFirst = quarter > reached
    reached = Math.max(reached, quarter)
    return isFirst || entry === end
  })
}

/**
 * The steps that end an epoch, or a quarter of the training; the furthest where the total is not
 * known.
 */
const milestones = (log: ReadonlyArray<LogEntry>, progress: Progress): ReadonlyArray<TimedChanges> => {
  const total = progress.steps.total
  const steps = log.flatMap(({ at, message }) => (message._tag === 'Step' ? [{ at, ...message }] : []))
  if (total === null) {
    const furthest = steps.toSorted((a, b) => b.done - a.done)[0]
    return furthest === undefined ? [] : [{ at: furthest.at, changes: [stepDone(furthest, null)] }]
  }
  const epochs = progress.epochs.total
  const isByEpoch = epochs !== null && epochs >= 2 && epochs <= maxEpochs
  const parts = isByEpoch ? epochs : 4
  return Array.from({ length: parts }, (_, k) => k + 1).flatMap(part => {
    const first = (total * part) / parts
    const found = steps.find(({ done }) => done >= first && done < (total * (part + 1)) / parts)
    if (found === undefined) return []
    const step = stepDone(found, total)
    return [
      {
        at: found.at,
        changes: isByEpoch ? [{ _tag: 'EpochDone', done: part, total: parts, ...none }, step] : [step],
      },
    ]
  })
}

const stepDone = ({ done, metrics }: EventMessage.Tagged<'Step'>, total: number | null): RunChange => ({
  _tag: 'StepDone',
  done,
  total,
  trainingLoss: metrics['train_loss'] ?? null,
  meanReward: metrics['train_mean_reward'] ?? null,
  ...none,
})

/** Checkpoints by step: the record of one, else the event that announces it. */
const checkpoints = (
  log: ReadonlyArray<LogEntry>,
  records: ReadonlyArray<FineTuningJobCheckpointSnapshot>,
  progress: Progress,
): ReadonlyArray<TimedChanges> => {
  const bySteps = new Map<number, TimedChanges>()
  const add = (at: number, step: number, model: string | null, metrics: Readonly<Record<string, unknown>>) =>
    bySteps.set(step, {
      at,
      changes: [
        {
          _tag: 'CheckpointSaved',
          step,
          total: progress.steps.total,
          model,
          metrics: Object.entries(metrics).flatMap(([metric, value]) =>
            metric !== 'step' && typeof value === 'number' ? [{ metric, value }] : [],
          ),
          ...none,
        },
      ],
    })
  for (const { at, message } of log)
    if (message._tag === 'Checkpoint') add(at, message.step, message.model, {})
  for (const { created_at, step_number, fine_tuned_model_checkpoint, metrics } of records)
    add(created_at, step_number, fine_tuned_model_checkpoint, metrics ?? {})
  return [...bySteps.values()]
}

/** The most metrics that the end of a run is told with. */
const maxMetrics = 6

const ending = (progress: Progress, resources: RunResources): ReadonlyArray<TimedChanges> => {
  const { finishedAt, dollars } = progress
  if (finishedAt === null) return []
  const curves: ReadonlyArray<Curve> = curvesOf(resources)
  const metrics = curves
    .slice(0, maxMetrics)
    .map(({ metric, last, best }): RunChange => ({ _tag: 'MetricKnown', metric, last, best, operations: [] }))
  const cost: ReadonlyArray<RunChange> = dollars === null ? [] : [{ _tag: 'CostKnown', dollars, ...none }]
  return [{ at: finishedAt, changes: [...cost, ...metrics] }]
}

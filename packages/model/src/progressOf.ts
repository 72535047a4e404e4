import * as EventMessage from './EventMessage.ts'
import type { FineTuneSnapshot } from './FineTuneSnapshot.ts'
import { isTerminalStatus } from './FineTuneStatus.ts'

/** How far a run is: what its status says, and in finer steps what its events say. */
export type Phase =
  /** Neither a known status nor an event tells. */
  | 'unknown'
  /** Its files are looked at. */
  | 'validating'
  /** Its files are valid; it waits for others. */
  | 'queued'
  | 'training'
  /** It is trained; the model and the results are uploaded. */
  | 'publishing'
  | 'succeeded'
  | 'failed'
  | 'cancelled'

/** What a snapshot tells of the course of its run. `null` is what it does not tell. Moments are Unix seconds. */
export interface Progress {
  readonly phase: Phase
  /** How many runs are ahead; null unless queued. */
  readonly queuePosition: number | null
  /** Skipped epochs count as done, and all are done once the model is uploaded. */
  readonly epochs: { readonly done: number; readonly total: number }
  /** What the run costs, in US dollars. */
  readonly dollars: number | null
  /** The name of the model that the run made. */
  readonly model: string | null
  /** The id of the first result file. */
  readonly resultFile: string | null
  /** Why the run failed, in the words of the service. */
  readonly failure: string | null
  readonly createdAt: number
  readonly queuedAt: number | null
  readonly startedAt: number | null
  readonly finishedAt: number | null
  /** How long each part took, in seconds, once it is over. */
  readonly seconds: {
    readonly validating: number | null
    readonly queued: number | null
    readonly training: number | null
  }
  /** When anything was last heard of the run. */
  readonly lastActivity: number
}

/** The progress of a run. Laws: repeating events changes nothing, and neither does their order. */
export const progressOf = (run: FineTuneSnapshot): Progress => {
  const log = logOf(run)
  const phase = phaseOf(run, log)
  const waiting = [...saying(log, 'Enqueued'), ...saying(log, 'InQueue')]
  const epochs = saying(log, 'Epoch')
  const isTrained = phase === 'publishing' || phase === 'succeeded'
  const total = greatest(epochs.map(e => e.total)) ?? run.hyperparams.n_epochs
  const queuedAt = least(waiting.map(e => e.at))
  const startedAt = least(saying(log, 'Started').map(e => e.at))
  const finishedAt = isTerminalStatus(phase)
    ? (least(ends(log, phase).map(e => e.at)) ?? run.updated_at)
    : null
  return {
    phase,
    queuePosition: phase === 'queued' ? least(latest(waiting).map(e => e.position)) : null,
    epochs: { done: isTrained ? total : (greatest(epochs.map(e => e.done)) ?? 0), total },
    dollars: saying(log, 'Costs').at(-1)?.dollars ?? null,
    model: run.fine_tuned_model ?? saying(log, 'UploadedModel').at(-1)?.model ?? null,
    resultFile: run.result_files[0]?.id ?? saying(log, 'UploadedResultFile').at(-1)?.file ?? null,
    failure: phase === 'failed' ? failureOf(run, log) : null,
    createdAt: run.created_at,
    queuedAt,
    startedAt,
    finishedAt,
    seconds: {
      validating: between(run.created_at, queuedAt ?? startedAt ?? finishedAt),
      queued: between(queuedAt, startedAt ?? finishedAt),
      training: between(startedAt, finishedAt),
    },
    lastActivity: greatest([run.created_at, run.updated_at, ...log.map(e => e.at)]) ?? run.updated_at,
  }
}

interface Entry {
  readonly at: number
  readonly level: string
  readonly message: EventMessage.EventMessage
}

/** The events in one order, whatever order they came in: by time, then by text. */
const logOf = (run: FineTuneSnapshot): ReadonlyArray<Entry> =>
  (run.events ?? [])
    .toSorted((a, b) => a.created_at - b.created_at || compare(a.message, b.message))
    .map(event => ({
      at: event.created_at,
      level: event.level,
      message: EventMessage.decode(event.message),
    }))

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

type Tag = EventMessage.EventMessage['_tag']

/** The events that say this, with when they said it. */
const saying = <T extends Tag>(
  log: ReadonlyArray<Entry>,
  tag: T,
): ReadonlyArray<EventMessage.Tagged<T> & { readonly at: number }> =>
  log.flatMap(({ at, message }) =>
    message._tag === tag ? [{ at, ...(message as EventMessage.Tagged<T>) }] : [],
  )

const phases: ReadonlyArray<Phase> = ['unknown', 'validating', 'queued', 'training', 'publishing']

/** The phase that an event, or a status, shows to have begun. */
const begun: { readonly [T in Tag]?: Phase } = {
  Created: 'validating',
  Costs: 'queued',
  Enqueued: 'queued',
  InQueue: 'queued',
  Started: 'training',
  Epoch: 'training',
  Step: 'training',
  UploadedModel: 'publishing',
  UploadedResultFile: 'publishing',
}

const end: { readonly [T in Tag]?: Phase } = {
  Succeeded: 'succeeded',
  Cancelled: 'cancelled',
  Failed: 'failed',
}

const ends = (log: ReadonlyArray<Entry>, phase?: Phase): ReadonlyArray<Entry> =>
  log.filter(e => {
    const ended = end[e.message._tag]
    return ended !== undefined && ended === (phase ?? ended)
  })

const phaseOf = (run: FineTuneSnapshot, log: ReadonlyArray<Entry>): Phase => {
  if (isTerminalStatus(run.status)) return run.status as Phase
  const last = ends(log).at(-1)
  if (last !== undefined) return end[last.message._tag] as Phase
  const seen = log.map(e => begun[e.message._tag] ?? 'unknown')
  if (run.status === 'running') seen.push(run.fine_tuned_model === null ? 'training' : 'publishing')
  // the service chooses the batch size when the files are valid
  if (run.status === 'pending' || run.status === 'created')
    seen.push(run.hyperparams.batch_size === null ? 'validating' : 'queued')
  return phases.findLast(phase => seen.includes(phase)) ?? 'unknown'
}

/** The reason of the last event that says that the run failed, else the last error, else what is wrong with a file. */
const failureOf = (run: FineTuneSnapshot, log: ReadonlyArray<Entry>): string | null => {
  const reason = saying(log, 'Failed').findLast(e => e.reason !== '')?.reason
  const error = log.findLast(e => e.level === 'error' && e.message._tag === 'Text')?.message
  const file = [...run.training_files, ...run.validation_files].find(f => f.status_details)?.status_details
  return reason ?? (error === undefined ? undefined : EventMessage.encode(error)) ?? file ?? null
}

const latest = <E extends { readonly at: number }>(events: ReadonlyArray<E>): ReadonlyArray<E> => {
  const at = greatest(events.map(e => e.at))
  return events.filter(e => e.at === at)
}

// reduce, because a spread into Math.max has a limit of its own
const greatest = (xs: ReadonlyArray<number>): number | null =>
  xs.reduce<number | null>((a, b) => (a === null || b > a ? b : a), null)
const least = (xs: ReadonlyArray<number>): number | null =>
  xs.reduce<number | null>((a, b) => (a === null || b < a ? b : a), null)

const between = (from: number | null, to: number | null): number | null =>
  from === null || to === null || to < from ? null : to - from

import type { AzureFineTuneStatus } from '../azure/AzureFineTune.ts'
import type { EventMessage } from '../EventMessage.ts'
import type { FineTuneStatus } from '../FineTuneStatus.ts'
import type { KnownWord } from '../hasStatus.ts'
import type { FineTuningJobStatus } from '../job/FineTuningJobStatus.ts'
import { factsOf, type Run, type RunFacts } from './Run.ts'
import type { LogEntry } from './RunLog.ts'

/** The part of its life that a run is in: what its status says, refined by its events. */
export type Phase =
  /** Neither a known status nor an event tells, or the run has ended in a word that is not known. */
  | 'unknown'
  /** The service checks its files. */
  | 'validating'
  /** Its files are valid; it waits for others. */
  | 'queued'
  | 'training'
  /** A reinforcement job was stopped on request, and can be resumed. */
  | 'paused'
  /** It is trained; the model is checked, and model and results are uploaded. */
  | 'publishing'
  | 'succeeded'
  | 'failed'
  | 'cancelled'

/** The phases of a life in their order; a run skips some, and has one of the three ends. */
export const phases = [
  'unknown',
  'validating',
  'queued',
  'training',
  'paused',
  'publishing',
  'succeeded',
  'failed',
  'cancelled',
] as const satisfies ReadonlyArray<Phase>

/** The phase that an event shows to have begun. */
const begun: { readonly [T in EventMessage['_tag']]?: Phase } = {
  Created: 'validating',
  Validating: 'validating',
  Validated: 'queued',
  Costs: 'queued',
  Enqueued: 'queued',
  InQueue: 'queued',
  Started: 'training',
  Epoch: 'training',
  Step: 'training',
  Checkpoint: 'training',
  UploadedResultFile: 'training',
  UploadedModel: 'publishing',
  Evaluating: 'publishing',
  Evaluated: 'publishing',
}

const ends: { readonly [T in EventMessage['_tag']]?: Phase } = {
  Succeeded: 'succeeded',
  Cancelled: 'cancelled',
  Failed: 'failed',
}

type KnownStatus = KnownWord<FineTuneStatus | FineTuningJobStatus | AzureFineTuneStatus>

/** Statuses of both families and of Azure. `canceled` is Azure's spelling; `resuming` was seen. */
const byStatus: ReadonlyMap<string | null, Phase> = new Map(
  Object.entries<Phase>({
    validating_files: 'validating',
    created: 'validating',
    pending: 'validating',
    notRunning: 'validating',
    queued: 'queued',
    running: 'training',
    resuming: 'training',
    paused: 'paused',
    succeeded: 'succeeded',
    failed: 'failed',
    cancelled: 'cancelled',
    canceled: 'cancelled',
    deleted: 'unknown',
  } satisfies Record<KnownStatus | 'resuming', Phase>),
)

/** True if the status is a word that is not known, and the run tells when it ended. */
const hasUnknownEnd = ({ status, finishedAt }: RunFacts): boolean =>
  !byStatus.has(status) && finishedAt !== null

/**
 * True if a run does not change any more: by its status, in the words of both families and of
 * Azure, where a run can also be `deleted`. Some services have words of their own: such a run has
 * ended if it tells when.
 */
export const hasEnded = (run: Run): boolean => {
  const facts = factsOf(run)
  const said = byStatus.get(facts.status) ?? 'unknown'
  return facts.status === 'deleted' || isEnd(said) || hasUnknownEnd(facts)
}

/** True for the three ends. */
export const isEnd = (phase: Phase): boolean =>
  phase === 'succeeded' || phase === 'failed' || phase === 'cancelled'

/** Returns the phase that an event ends the run with, if it does. */
export const endOf = ({ message }: LogEntry): Phase | undefined => ends[message._tag]

/**
 * Returns the phase of a run: an end by its status, else by its last event that tells one, else the
 * furthest that status or events show. `isValidated`: the service has chosen the batch size.
 */
export const phaseOf = (facts: RunFacts, log: ReadonlyArray<LogEntry>, isValidated: boolean): Phase => {
  const said = byStatus.get(facts.status) ?? 'unknown'
  if (isEnd(said)) return said
  const last = log.findLast(entry => endOf(entry) !== undefined)
  const end = last === undefined ? undefined : endOf(last)
  if (end !== undefined) return end
  if (hasUnknownEnd(facts)) return 'unknown'
  if (said === 'paused') return said
  const seen = new Set(log.map(entry => begun[entry.message._tag] ?? 'unknown'))
  seen.add(said)
  if (said === 'training' && facts.model !== null) seen.add('publishing')
  // the service chooses the batch size of a fine-tune when its files are valid
  if (said === 'validating' && facts.family === 'fine-tune' && isValidated) seen.add('queued')
  return phases.findLast(phase => seen.has(phase)) ?? 'unknown'
}

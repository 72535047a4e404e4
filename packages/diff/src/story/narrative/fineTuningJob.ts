import {
  Comparable,
  FineTuningJobSnapshot,
  isTerminalStatus,
  type Phase,
  progressOf,
} from '@finetune-kit/model'
import type { Operation } from '../../Operation.ts'
import type { Change } from './RunChange.ts'
import { hyperparameters } from './hyperparameterRules.ts'
import type { Narrator, ChangeRule } from './Narrator.ts'

type Job = FineTuningJobSnapshot

const at =
  (path: string) =>
  (operation: Operation): boolean =>
    operation.path === path

const status: ChangeRule<Job> = ({ a, b, delta }) => {
  const moved = delta.filter(at('/status'))
  if (moved.length === 0) return []
  const isEnd = isTerminalStatus(b.status)
  // a job has a time of creation and one of its end, and none for any other status
  const seconds = isEnd && isFirst(a.status) ? lifetime(b) : null
  // an estimate of the end is no news when the end has come
  const operations = isEnd ? [...moved, ...delta.filter(at('/estimated_finish'))] : moved
  return [{ _tag: 'StatusMoved', from: a.status, to: b.status, seconds, operations }]
}

const isFirst = (status: string): boolean => ['validating_files', 'created', 'pending'].includes(status)

const lifetime = (job: Job): number | null => {
  const end = endOf(job)
  return end === null || end < job.created_at ? null : end - job.created_at
}

/** The words of the service for its failure, else its code. */
const failure: ChangeRule<Job> = ({ b, delta }) => {
  const { message, code } = b.error ?? {}
  const [reason, field] = message ? [message, 'message'] : [code ?? '', 'code']
  const operations = delta.filter(({ path }) => path === '/error' || path === `/error/${field}`)
  return operations.length === 0 || reason === '' ? [] : [{ _tag: 'RunFailed', reason, operations }]
}

// gateways write the empty text for no model, and 0 for no end
const modelOf = ({ fine_tuned_model: name = null }: Job): string | null => (name === '' ? null : name)
const endOf = ({ finished_at: end = null }: Job): number | null => (end === 0 ? null : end)

const model: ChangeRule<Job> = ({ a, b, delta }) => {
  const operations = delta.filter(at('/fine_tuned_model'))
  const name = modelOf(b)
  return operations.length === 0 || modelOf(a) !== null || name === null
    ? []
    : [{ _tag: 'ModelPublished', model: name, operations }]
}

const results: ChangeRule<Job> = ({ delta }) =>
  delta.flatMap((operation): ReadonlyArray<Change> => {
    if (!/^\/result_files\/\d+$/.test(operation.path)) return []
    const operations = [operation]
    return [
      ...('was' in operation
        ? [{ _tag: 'FileRemoved' as const, file: named(operation.was), operations }]
        : []),
      ...('value' in operation
        ? [{ _tag: 'FileAdded' as const, file: named(operation.value), operations }]
        : []),
    ]
  })

/** The time of the end, and the tokens that the service counted: the first values they have. */
const finish: ChangeRule<Job> = ({ a, b, delta }) => {
  const operations = delta.filter(at('/finished_at'))
  const end = endOf(b)
  return operations.length === 0 || endOf(a) !== null || end === null
    ? []
    : [{ _tag: 'Finished', at: end, seconds: end - b.created_at, operations }]
}

const tokens: ChangeRule<Job> = ({ a, b, delta }) => {
  const operations = delta.filter(at('/trained_tokens'))
  if (operations.length === 0) return []
  const count = progressOf(b).trainedTokens
  return progressOf(a).trainedTokens !== null || count === null
    ? []
    : [{ _tag: 'TokensTrained', tokens: count, operations }]
}

const named = (id: unknown) => ({ role: 'result file', id: String(id), filename: null, bytes: null })

/** Phases in the order of a life; whatever ends a job comes last. */
const stages: Readonly<Record<Phase, number>> = {
  unknown: 0,
  validating: 1,
  queued: 2,
  training: 3,
  // a paused job is resumed: only its records tell in which order
  paused: 3,
  publishing: 4,
  cancelled: 5,
  failed: 6,
  succeeded: 7,
}

/** Narrates fine-tuning jobs. Their events are records of their own, which `story` joins. */
export const fineTuningJob: Narrator<Job> = {
  comparable: Comparable.of(FineTuningJobSnapshot),
  rules: [
    status,
    failure,
    model,
    results,
    finish,
    tokens,
    hyperparameters('hyperparameters', [null, 'auto', -1]),
  ],
  before: job => ({
    ...job,
    error: null,
    ...(endOf(job) === null ? {} : { finished_at: null }),
    ...(modelOf(job) === null ? {} : { fine_tuned_model: null }),
    ...(progressOf(job).trainedTokens === null ? {} : { trained_tokens: null }),
    ...(job.result_files == null ? {} : { result_files: [] }),
  }),
  firstSeen: (job, seenAt) => ({
    _tag: 'FirstSeen',
    // one in its first status has just been created
    at: job.status === 'validating_files' ? job.created_at : seenAt,
    createdAt: job.created_at,
    status: job.status,
    model: job.model,
    operations: [],
  }),
  stage: job => stages[progressOf(job).phase],
  lastKnown: endOf,
  events: () => [],
}

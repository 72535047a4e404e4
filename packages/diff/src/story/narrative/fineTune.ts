import { Comparable, FineTuneSnapshot, progressOf } from '@finetune-kit/model'
import { type EventChange, addedEvents, operationsOf, withMessage } from './addedEvents.ts'
import * as Events from './eventRules.ts'
import { files } from './fileRules.ts'
import { hyperparameters } from './hyperparameterRules.ts'
import type { Narrator, ChangeRule } from './Narrator.ts'

const updated: ChangeRule<FineTuneSnapshot> = ({ a, b, delta }) => {
  const operations = delta.filter(({ path }) => path === '/updated_at')
  return operations.length === 0
    ? []
    : [{ _tag: 'TimestampChanged', at: b.updated_at, seconds: b.updated_at - a.updated_at, operations }]
}

const status: ChangeRule<FineTuneSnapshot> = ({ a, b, delta }) => {
  const moved = delta.filter(({ path }) => path === '/status')
  if (moved.length === 0) return []
  const progress = progressOf(b)
  const from = a.status === 'running' ? progress.startedAt : progress.createdAt
  const to = b.status === 'running' ? progress.startedAt : (progress.finishedAt ?? b.updated_at)
  const seconds = from === null || to === null || to < from ? null : to - from
  const seen = withMessage(addedEvents(delta), 'Succeeded', 'Cancelled')
  return [
    {
      _tag: 'StatusMoved',
      from: a.status,
      to: b.status,
      seconds,
      operations: [...moved, ...operationsOf(seen)],
    },
  ]
}

const failure: ChangeRule<FineTuneSnapshot> = ({ delta }) => {
  const seen = withMessage(addedEvents(delta), 'Failed')
  const reason = seen.findLast(x => x.message.reason !== '')?.message.reason
  return reason === undefined ? [] : [{ _tag: 'RunFailed', reason, operations: operationsOf(seen) }]
}

const model: ChangeRule<FineTuneSnapshot> = ({ a, b, delta }) => {
  const seen = withMessage(addedEvents(delta), 'UploadedModel')
  const set = delta.filter(({ path }) => path === '/fine_tuned_model')
  const name = b.fine_tuned_model ?? seen.at(-1)?.message.model ?? null
  // another model in the place of one is no news of the run, but a field that changed
  if (name === null || a.fine_tuned_model !== null || set.length + seen.length === 0) return []
  return [{ _tag: 'ModelPublished', model: name, operations: [...set, ...operationsOf(seen)] }]
}

/** True if another change than the count of events describes an event. */
const isDescribed = ({ message }: EventChange, b: FineTuneSnapshot): boolean => {
  switch (message._tag) {
    case 'Text':
    case 'Validating':
    case 'Validated':
    case 'Checkpoint':
    case 'Evaluating':
    case 'Evaluated':
    case 'Billed':
    case 'Cancelling':
      return false
    case 'Failed':
      return message.reason !== ''
    case 'Succeeded':
      return b.status === 'succeeded'
    case 'Cancelled':
      return b.status === 'cancelled'
    case 'Created':
      return message.id === b.id
    case 'UploadedModel':
      return message.model === b.fine_tuned_model
    case 'UploadedResultFile':
      return b.result_files.some(({ id }) => id === message.file)
    case 'Costs':
    case 'Enqueued':
    case 'InQueue':
    case 'Started':
    case 'Epoch':
    case 'Step':
      return true
    default:
      return message satisfies never
  }
}

/** Narrates fine-tunes of the legacy API, at any time of their life. */
export const fineTune: Narrator<FineTuneSnapshot> = {
  comparable: Comparable.of(FineTuneSnapshot),
  rules: [
    updated,
    status,
    failure,
    Events.cost,
    Events.queue,
    Events.start,
    Events.epochs,
    Events.steps,
    model,
    files('training_files', 'training file'),
    files('validation_files', 'validation file'),
    files('result_files', 'result file'),
    hyperparameters('hyperparams', [null]),
    Events.events(isDescribed),
  ],
  before: run => ({
    ...run,
    fine_tuned_model: null,
    result_files: [],
    ...(run.events == null ? {} : { events: [] }),
  }),
  firstSeen: (run, seenAt) => ({
    _tag: 'FirstSeen',
    at: run.updated_at === run.created_at ? run.created_at : seenAt,
    createdAt: run.created_at,
    status: run.status,
    model: run.model,
    operations: [],
  }),
  stage: () => 0,
  lastKnown: run => run.updated_at,
  events: run => run.events ?? [],
}

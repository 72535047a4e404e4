import { type FineTuneSnapshot, progressOf } from '@finetune-kit/model'
import { type EventChange, addedEvents, removedEvents, operationsOf, withMessage } from './addedEvents.ts'
import type { Change } from './RunChange.ts'
import type { ChangeRule } from './Narrator.ts'

/** Rules for new events. */

export const cost: ChangeRule<FineTuneSnapshot> = ({ delta }) => {
  const found = withMessage(addedEvents(delta), 'Costs')
  const last = found.at(-1)
  return last === undefined
    ? []
    : [{ _tag: 'CostKnown', dollars: last.message.dollars, operations: operationsOf(found) }]
}

export const queue: ChangeRule<FineTuneSnapshot> = ({ a, b, delta }) => {
  const found = withMessage(addedEvents(delta), 'Enqueued', 'InQueue')
  const last = found.at(-1)
  if (last === undefined) return []
  const from = progressOf(a).queuePosition
  const now = progressOf(b).queuePosition
  const to = now ?? last.message.position
  // the run came and went between the two records, or Azure tells no position: no place to speak of
  if ((from === null && now === null) || to === null) return []
  return [{ _tag: 'QueueMoved', from, to, operations: operationsOf(found) }]
}

export const start: ChangeRule<FineTuneSnapshot> = ({ b, delta }) => {
  const [first, ...others] = withMessage(addedEvents(delta), 'Started')
  if (first === undefined) return []
  const { created_at: at } = first.event
  return [
    {
      _tag: 'Started',
      at,
      seconds: progressOf(b).seconds.queued,
      operations: operationsOf([first, ...others]),
    },
  ]
}

export const epochs: ChangeRule<FineTuneSnapshot> = ({ delta }) => {
  const found = withMessage(addedEvents(delta), 'Epoch')
  const furthest = greatest(found)
  return furthest === undefined
    ? []
    : [
        {
          _tag: 'EpochDone',
          done: furthest.message.done,
          total: furthest.message.total,
          operations: operationsOf(found),
        },
      ]
}

export const steps: ChangeRule<FineTuneSnapshot> = ({ delta }) => {
  const found = withMessage(addedEvents(delta), 'Step')
  const furthest = greatest(found)
  if (furthest === undefined) return []
  const { done, total, metrics } = furthest.message
  const trainingLoss = metrics['train_loss'] ?? null
  const meanReward = metrics['train_mean_reward'] ?? null
  return [{ _tag: 'StepDone', done, total, trainingLoss, meanReward, operations: operationsOf(found) }]
}

const greatest = <A extends { readonly message: { readonly done: number } }>(found: ReadonlyArray<A>) =>
  found.reduce<A | undefined>(
    (x, y) => (x === undefined || y.message.done >= x.message.done ? y : x),
    undefined,
  )

/** Counts the added and removed events, with the messages that no other change describes. */
export const events =
  (isTold: (added: EventChange, b: FineTuneSnapshot) => boolean): ChangeRule<FineTuneSnapshot> =>
  ({ b, delta }) => {
    const added = addedEvents(delta)
    const removed = removedEvents(delta)
    const changes: Array<Change> = []
    if (added.length > 0)
      changes.push({
        _tag: 'EventsAdded',
        count: added.length,
        texts: added.filter(x => !isTold(x, b)).map(x => x.event.message),
        operations: operationsOf(added),
      })
    if (removed.length > 0)
      changes.push({
        _tag: 'EventsLost',
        count: removed.length,
        texts: removed.map(x => x.event.message),
        operations: operationsOf(removed),
      })
    return changes
  }

import { EventMessage, type FineTuneEvent } from '@finetune-kit/model'
import type { Delta } from '../../Delta.ts'
import type { Operation } from '../../Operation.ts'

/** An added or removed event, its operation and its meaning. */
export interface EventChange {
  readonly operation: Operation
  readonly event: FineTuneEvent
  readonly message: EventMessage.EventMessage
}

/** The events that a delta adds, in its order. */
export const addedEvents = (delta: Delta): ReadonlyArray<EventChange> => {
  const known = read.get(delta)
  if (known !== undefined) return known
  const found = eventsOf(delta, 'value')
  read.set(delta, found)
  return found
}

// every rule asks, and a log may be long
const read = new WeakMap<Delta, ReadonlyArray<EventChange>>()

/** The events that a delta removes. */
export const removedEvents = (delta: Delta): ReadonlyArray<EventChange> => eventsOf(delta, 'was')

/** The events whose message has one of these tags. */
export const withMessage = <T extends EventMessage.EventMessage['_tag']>(
  added: ReadonlyArray<EventChange>,
  ...tags: ReadonlyArray<T>
) =>
  added.filter((x): x is EventChange & { readonly message: EventMessage.Tagged<T> } =>
    tags.some(tag => tag === x.message._tag),
  )

const eventsOf = (delta: Delta, side: 'was' | 'value'): ReadonlyArray<EventChange> =>
  delta.flatMap(operation => {
    if (!/^\/events(?:\/\d+)?$/.test(operation.path) || !(side in operation)) return []
    const found = (operation as unknown as Record<typeof side, FineTuneEvent | ReadonlyArray<FineTuneEvent>>)[
      side
    ]
    return (Array.isArray(found) ? (found as ReadonlyArray<FineTuneEvent>) : [found as FineTuneEvent]).map(
      event => ({ operation, event, message: EventMessage.decode(event.message) }),
    )
  })

/** The operations of some events, each once. */
export const operationsOf = (found: ReadonlyArray<EventChange>): ReadonlyArray<Operation> => [
  ...new Set(found.map(({ operation }) => operation)),
]

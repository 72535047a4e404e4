import { EventMessage, type FineTuneEvent } from '@finetune-kit/model'
import type { Delta } from '../../Delta.ts'
import type { Operation } from '../../Operation.ts'

/** An event that came or went, and the operation that says so. */
export interface EventChange {
  readonly operation: Operation
  readonly event: FineTuneEvent
  readonly message: EventMessage.EventMessage
}

/** The events that a delta brings, in its order. */
export const addedEvents = (delta: Delta): ReadonlyArray<EventChange> => {
  const known = read.get(delta)
  if (known !== undefined) return known
  const found = eventsOf(delta, 'value')
  read.set(delta, found)
  return found
}

// every teller asks, and a log may be long
const read = new WeakMap<Delta, ReadonlyArray<EventChange>>()

/** The events that a delta takes away. */
export const removedEvents = (delta: Delta): ReadonlyArray<EventChange> => eventsOf(delta, 'was')

/** The arrivals that say this. */
export const withMessage = <T extends EventMessage.EventMessage['_tag']>(
  arrivals: ReadonlyArray<EventChange>,
  ...tags: ReadonlyArray<T>
) =>
  arrivals.filter((x): x is EventChange & { readonly message: EventMessage.Tagged<T> } =>
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

/** The operations behind some arrivals, each once. */
export const operationsOf = (found: ReadonlyArray<EventChange>): ReadonlyArray<Operation> => [
  ...new Set(found.map(({ operation }) => operation)),
]

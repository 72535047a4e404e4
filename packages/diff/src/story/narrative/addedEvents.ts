import { EventMessage, type FineTuneEvent } from '@finetune-kit/model'
import type { Delta } from '../../Delta.ts'
import type { Operation } from '../../Operation.ts'

/** An event that came or went, and the operation that says so. */
export interface Arrival {
  readonly operation: Operation
  readonly event: FineTuneEvent
  readonly says: EventMessage.EventMessage
}

/** The events that a delta brings, in its order. */
export const addedEvents = (delta: Delta): ReadonlyArray<Arrival> => {
  const known = read.get(delta)
  if (known !== undefined) return known
  const found = eventsOf(delta, 'value')
  read.set(delta, found)
  return found
}

// every teller asks, and a log may be long
const read = new WeakMap<Delta, ReadonlyArray<Arrival>>()

/** The events that a delta takes away. */
export const removedEvents = (delta: Delta): ReadonlyArray<Arrival> => eventsOf(delta, 'was')

/** The arrivals that say this. */
export const withMessage = <T extends EventMessage.EventMessage['_tag']>(
  arrivals: ReadonlyArray<Arrival>,
  ...tags: ReadonlyArray<T>
) =>
  arrivals.filter((x): x is Arrival & { readonly says: EventMessage.Tagged<T> } =>
    tags.some(tag => tag === x.says._tag),
  )

const eventsOf = (delta: Delta, side: 'was' | 'value'): ReadonlyArray<Arrival> =>
  delta.flatMap(operation => {
    if (!/^\/events(?:\/\d+)?$/.test(operation.path) || !(side in operation)) return []
    const found = (operation as unknown as Record<typeof side, FineTuneEvent | ReadonlyArray<FineTuneEvent>>)[
      side
    ]
    return (Array.isArray(found) ? (found as ReadonlyArray<FineTuneEvent>) : [found as FineTuneEvent]).map(
      event => ({ operation, event, says: EventMessage.decode(event.message) }),
    )
  })

/** The operations behind some arrivals, each once. */
export const operationsOf = (found: ReadonlyArray<Arrival>): ReadonlyArray<Operation> => [
  ...new Set(found.map(({ operation }) => operation)),
]

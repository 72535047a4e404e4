/** The keys of a record, in their order, as far as they have been seen. */
interface Shape {
  readonly next: Map<string, Shape>
  /** The key that was looked for last, and what it led to: mostly the next one, too. */
  lastKey: string | undefined
  last: Shape | undefined
  /** By which records of these keys are known; none yet when it is 0. */
  id: number
}

/** What the records of a block are called by: numbers from 0x40 to 0x7f, of which a decoder keeps the keys. */
export interface RecordStructures {
  /** The id for these keys; 0 when they are to be named. */
  readonly find: (keys: ReadonlyArray<string>) => number
  /** An id for the keys that were looked for last; 0 when there is none left. */
  readonly define: () => number
  readonly defined: () => number
  /** Forgets what was defined since there were so many. */
  readonly undo: (size: number) => void
}

const firstId = 0x40
const mostIds = 0x40

export const recordStructures = (): RecordStructures => {
  const root = shape()
  const known: Array<Shape> = []
  let found = root
  return {
    find: keys => {
      found = root
      for (let i = 0; i < keys.length; i++) found = step(found, keys[i] as string)
      return found.id
    },
    define: () => {
      if (known.length === mostIds) return 0
      found.id = firstId + known.length
      known.push(found)
      return found.id
    },
    defined: () => known.length,
    undo: size => {
      for (const last of known.splice(size)) last.id = 0
    },
  }
}

const shape = (): Shape => ({ next: new Map(), lastKey: undefined, last: undefined, id: 0 })

const step = (from: Shape, key: string): Shape => {
  if (from.lastKey === key && from.last !== undefined) return from.last
  const next = from.next.get(key) ?? shape()
  from.next.set(key, next)
  from.lastKey = key
  from.last = next
  return next
}

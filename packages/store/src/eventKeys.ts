import { RecordKind } from '@finetune-kit/model'
import * as Digest from './Digest.ts'

/** Numbers equal names from 0, each time one is asked for. */
export const numberEqual = (): ((name: string) => number) => {
  const next = new Map<string, number>()
  return name => {
    const number = next.get(name) ?? 0
    next.set(name, number + 1)
    return number
  }
}

/** The key of an item without an id: the digest of its value, and its number among equal ones. */
export const keyByValue = (digest: string, number: number): string => `${digest} ${number}`

/** The keys by which a store knows the events of one run that have no ids. */
export const eventKeys = (events: ReadonlyArray<unknown>): ReadonlyArray<string> => {
  const numberOf = numberEqual()
  return events.map(event => {
    const kind = RecordKind.detect(event)
    const digest = kind._tag === 'Right' ? Digest.ofItem(kind.right)(event) : JSON.stringify(event)
    return keyByValue(digest, numberOf(digest))
  })
}

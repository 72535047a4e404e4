import { isPlainObject, sha256 } from '@finetune-kit/codec/compile'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import type * as Delta from '../Delta.ts'
import type { PatchError } from '../PatchError.ts'
import { byDelta, applyOperations } from './applyOperations.ts'
import { decodeResult } from './decodeResult.ts'
import { storableDigest } from './digest.ts'
import { get, isCyclic } from './json.ts'

/**
 * The values that something had, in order: some whole, the others as deltas. The digest of an entry
 * covers its value and the entry before, so nothing in the middle can change unseen.
 */
export interface History<A> {
  readonly entries: ReadonlyArray<Entry<A>>
}

export type Entry<A> = ValueEntry<A> | DeltaEntry

/** An entry that has the value itself. */
export interface ValueEntry<A> {
  readonly digest: string
  readonly value: A
}

/** An entry that has the difference from the value before. */
export interface DeltaEntry {
  readonly digest: string
  readonly delta: Delta.Delta
}

/** The entry that cannot be read or made, and the reason. */
export interface HistoryError {
  readonly _tag: 'HistoryError'
  /** The index of the entry, from 0; -1 where there are no entries to read. */
  readonly index: number
  readonly reason: string
}

interface HistoryReader<A> {
  readonly at: (n: number) => (history: History<A>) => E.Either<HistoryError, A>
  readonly verify: (history: History<A>) => E.Either<HistoryError, string>
}

/** Reads the entries of a history, which may be damaged in any way. */
export const historyReader = <A>(codec: t.Type<A, unknown>): HistoryReader<A> => {
  const result = decodeResult(codec)([])

  const decoded = (n: number, value: unknown): E.Either<HistoryError, A> =>
    E.mapLeft(({ reason }: PatchError) => error(n, reason))(result(value))

  /** The value of entry `n`, by that of the entry before if it is a delta. */
  const step = (history: History<A>, n: number, before: unknown): E.Either<HistoryError, unknown> => {
    const entry = history.entries[n]
    if (!isPlainObject(entry)) return failure(n, 'the entry is not an object')
    if (has(entry, 'value')) return E.right(entry.value)
    return E.mapLeft(({ index, pointer, reason }: PatchError) =>
      error(n, `operation ${index} at "${pointer}" fails: ${reason}`),
    )(applyOperations(entry.delta, byDelta)(before))
  }

  const isSound = ({ entries }: History<A>, n: number, value: unknown): boolean => {
    const valueDigest = storableDigest(value)
    return valueDigest !== undefined && entries[n]?.digest === link(entries[n - 1]?.digest, valueDigest)
  }

  /**
   * The value of entry `to`, read from entry `from` on; checks every digest, or the last one only.
   */
  const read = (history: History<A>, from: number, to: number, checksAll: boolean) => {
    let value: unknown
    for (let n = from; n <= to; n++) {
      const found = step(history, n, value)
      if (E.isLeft(found)) return found
      value = found.right
      if ((checksAll || n === to) && !isSound(history, n, value))
        return failure(n, 'the value is not the one that the digest was made of')
    }
    return decoded(to, value)
  }

  return {
    at: n => history => {
      if (!hasEntries(history)) return noHistory
      const { length } = history.entries
      if (!Number.isInteger(n) || n < 0 || n >= length)
        return failure(n, `there are ${length} entries, from 0`)
      const isWhole = (i: number) => has(history.entries[i], 'value')
      let from = n
      while (from > 0 && !isWhole(from)) from--
      const steps = history.entries.slice(from + 1, n + 1)
      const operations = steps.flatMap(entry => (has(entry, 'delta') ? (entry as DeltaEntry).delta : []))
      // all deltas at once copy each changed part once; one by one finds the faulty one
      const first = step(history, from, undefined)
      const found = E.isLeft(first) ? first : applyOperations(operations, byDelta)(first.right)
      return E.isRight(found) && isSound(history, n, found.right)
        ? decoded(n, found.right)
        : read(history, from, n, false)
    },
    verify: history => {
      if (!hasEntries(history)) return noHistory
      const { length } = history.entries
      if (length === 0) return E.right('')
      return E.map(() => history.entries.at(-1)?.digest ?? '')(read(history, 0, length - 1, true))
    },
  }
}

/**
 * The digest of an entry, made of the one before it and that of its value. 64 bits of SHA-256:
 * enough to find damage; more would outweigh most deltas.
 */
export const link = (before: unknown, valueDigest: string): string =>
  sha256(`${typeof before === 'string' ? before : ''} ${valueDigest}`).slice(0, 16)

export const digestOf = (index: number, value: unknown): E.Either<HistoryError, string> => {
  const digest = storableDigest(value)
  if (digest !== undefined) return E.right(digest)
  const what = isCyclic(value) ? 'the value holds itself' : 'the value holds an object of a class'
  return failure(index, `${what}, which JSON cannot store`)
}

export const error = (index: number, reason: string): HistoryError => ({
  _tag: 'HistoryError',
  index,
  reason,
})
export const failure = (index: number, reason: string): E.Either<HistoryError, never> =>
  E.left(error(index, reason))

/** True if an entry, of any origin, has a key of its own. */
const has = (entry: unknown, key: string): boolean => isPlainObject(entry) && Object.hasOwn(entry, key)

export const hasEntries = (history: unknown): boolean =>
  isPlainObject(history) && Array.isArray(get(history, 'entries'))

export const noHistory = failure(-1, 'a history is an object with a list of entries')

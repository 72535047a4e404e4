import { Eq, record } from '@finetune-kit/codec'
import { isPlainObject, sha256 } from '@finetune-kit/codec/compile'
import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import * as Delta from './Delta.ts'
import { byDelta, applyOperations } from './internal/applyOperations.ts'
import { decodeResult } from './internal/decodeResult.ts'
import { storableDigest } from './internal/digest.ts'
import { get } from './internal/json.ts'
import type { PatchError } from './PatchError.ts'

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

/** The last entry of a history, without those before: all that the next entry depends on. */
export interface Head<A> {
  /** The index of the entry, from 0. */
  readonly index: number
  readonly digest: string
  readonly value: A
}

/** An entry to append to a stored history. */
export interface NextEntry<A> {
  readonly entry: Entry<A>
  /** The head after it. */
  readonly head: Head<A>
  /** The digest of the value alone: equal values have equal ones, in any history. */
  readonly valueDigest: string
}

/**
 * Histories of `A`. Laws: after `append(a)` the latest value is `a`, and every earlier one is what
 * it was; appending the latest value again returns the same history; `verify` accepts what `append`
 * made.
 */
export interface HistoryOps<A> {
  /** A history is plain data: any format can store it. */
  readonly codec: t.Type<History<A>, unknown>
  readonly empty: History<A>
  readonly append: (value: A) => (history: History<A>) => E.Either<HistoryError, History<A>>
  /**
   * The entry that `append` would add, from the head alone; undefined if the value equals that of
   * the head. A store appends with it in constant time. Pass `undefined` to begin a history.
   */
  readonly next: (
    value: A,
    valueDigest?: string,
  ) => (head: Head<A> | undefined) => E.Either<HistoryError, NextEntry<A> | undefined>
  /**
   * The digest of a value alone, in 64 hexadecimal digits. `next` takes it, to save computing it
   * twice.
   */
  readonly valueDigest: (value: A) => E.Either<HistoryError, string>
  /** The value of entry `n`, from 0. Reads from the last whole value before it. */
  readonly at: (n: number) => (history: History<A>) => E.Either<HistoryError, A>
  readonly latest: (history: History<A>) => E.Either<HistoryError, A>
  /** The last digest, if no entry is damaged. To know it is to know the whole history. */
  readonly verify: (history: History<A>) => E.Either<HistoryError, string>
}

export interface Options {
  /**
   * Every so many entries one holds the whole value. Default: 64. Fewer read faster and store more.
   */
  readonly keyframeEvery?: number
}

/**
 * Derives the histories of a codec's values.
 *
 * @example
 * const { empty, append, latest } = History.of(record('Run', { status: t.string }))
 * const history = either.chain(append({ status: 'running' }))(append({ status: 'pending' })(empty))
 * either.chain(latest)(history) // => either.right({ status: 'running' })
 */
export const of = <A>(codec: t.Type<A, unknown>, { keyframeEvery = 64 }: Options = {}): HistoryOps<A> => {
  const { diff } = Delta.of(codec)
  const { equals } = Eq.of(codec)
  const { at, verify } = reader(codec)
  /** The last value of each history made here, so that appending does not have to read it. */
  const values = new WeakMap<History<A>, A>()

  const latest = (history: History<A>): E.Either<HistoryError, A> => {
    if (!hasEntries(history)) return noHistory
    const known = values.get(history)
    return known === undefined ? at(history.entries.length - 1)(history) : E.right(known)
  }

  const next: HistoryOps<A>['next'] = (value, knownDigest) => head => {
    if (head !== undefined && equals(head.value, value)) return E.right(undefined)
    const index = head === undefined ? 0 : head.index + 1
    return E.map((valueDigest: string): NextEntry<A> => {
      const digest = link(head?.digest, valueDigest)
      const entry =
        head === undefined || index % keyframeEvery === 0
          ? { digest, value }
          : { digest, delta: diff(head.value, value) }
      return { entry, head: { index, digest, value }, valueDigest }
    })(knownDigest === undefined ? digestOf(index, value) : E.right(knownDigest))
  }

  const headOf = (history: History<A>): E.Either<HistoryError, Head<A> | undefined> => {
    if (!hasEntries(history)) return noHistory
    const index = history.entries.length - 1
    if (index < 0) return E.right(undefined)
    return E.map((value: A) => ({ index, digest: (history.entries[index] as Entry<A>).digest, value }))(
      latest(history),
    )
  }

  return {
    codec: historyOf(codec),
    empty: { entries: [] },
    next,
    valueDigest: value => digestOf(0, value),
    append: value => history =>
      E.chain((head: Head<A> | undefined) =>
        E.map((added: NextEntry<A> | undefined) => {
          if (added === undefined) return history
          const longer = { ...history, entries: [...history.entries, added.entry] }
          values.set(longer, value)
          return longer
        })(next(value)(head)),
      )(headOf(history)),
    at,
    latest,
    verify,
  }
}

/** Reads the entries of a history, which may be damaged in any way. */
const reader = <A>(codec: t.Type<A, unknown>): Pick<HistoryOps<A>, 'at' | 'verify'> => {
  const result = decodeResult(codec)([])

  const decoded = (n: number, value: unknown): E.Either<HistoryError, A> =>
    E.mapLeft(({ reason }: PatchError) => error(n, reason))(result(value))

  /** The value of entry `n`, by that of the entry before if it is a delta. */
  const step = (history: History<A>, n: number, before: unknown): E.Either<HistoryError, unknown> => {
    const entry = history.entries[n]
    if (!isPlainObject(entry)) return failure(n, 'the entry is not an object')
    if ('value' in entry) return E.right(entry.value)
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
      const isWhole = (i: number) => 'value' in (history.entries[i] ?? {})
      let from = n
      while (from > 0 && !isWhole(from)) from--
      const steps = history.entries.slice(from + 1, n + 1)
      const operations = steps.flatMap(entry => ('delta' in (entry ?? {}) ? (entry as DeltaEntry).delta : []))
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
const link = (before: string | undefined, valueDigest: string): string =>
  sha256(`${before ?? ''} ${valueDigest}`).slice(0, 16)

const digestOf = (index: number, value: unknown): E.Either<HistoryError, string> => {
  const digest = storableDigest(value)
  return digest === undefined
    ? failure(index, 'the value holds an object of a class, which JSON cannot store')
    : E.right(digest)
}

const error = (index: number, reason: string): HistoryError => ({ _tag: 'HistoryError', index, reason })
const failure = (index: number, reason: string): E.Either<HistoryError, never> => E.left(error(index, reason))

const hasEntries = (history: unknown): boolean =>
  isPlainObject(history) && Array.isArray(get(history, 'entries'))

const noHistory = failure(-1, 'a history is an object with a list of entries')

const historyOf = <A>(codec: t.Type<A, unknown>): t.Type<History<A>, unknown> => {
  const whole = record(`ValueEntry of ${codec.name}`, { digest: t.string, value: codec })
  const step = record('DeltaEntry', { digest: t.string, delta: Delta.Delta })
  return record(`History of ${codec.name}`, { entries: t.readonlyArray(t.union([whole, step])) })
}

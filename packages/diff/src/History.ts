import { Eq, record } from '@finetune-kit/codec'
import { isPlainObject } from '@finetune-kit/codec/compile'
import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import * as Delta from './Delta.ts'
import {
  digestOf,
  type Entry,
  type History,
  type HistoryError,
  error,
  failure,
  hasEntries,
  historyReader,
  link,
  noHistory,
} from './internal/historyReader.ts'
import { get } from './internal/json.ts'
import { readSafely } from './internal/readSafely.ts'

export type { DeltaEntry, Entry, History, HistoryError, ValueEntry } from './internal/historyReader.ts'

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
  const { at, verify } = historyReader(codec)
  /** The last value of each history made here, so that appending does not have to read it. */
  const values = new WeakMap<History<A>, A>()

  const latest = (history: History<A>): E.Either<HistoryError, A> => {
    if (!hasEntries(history)) return noHistory
    const known = values.get(history)
    return known === undefined ? at(history.entries.length - 1)(history) : E.right(known)
  }

  const next: HistoryOps<A>['next'] = (value, knownDigest) => head => {
    if (head !== undefined && !isHead(head)) return noHead
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

  const appended = (history: History<A>, value: A, head: Head<A> | undefined) =>
    E.map((added: NextEntry<A> | undefined) => {
      if (added === undefined) return history
      const longer = { ...history, entries: [...history.entries, added.entry] }
      values.set(longer, value)
      return longer
    })(next(value)(head))

  return {
    codec: historyOf(codec),
    empty: { entries: [] },
    next: (value, digest) => head => safely([value, head], () => next(value, digest)(head)),
    valueDigest: value => safely(value, () => digestOf(0, value)),
    append: value => history =>
      safely([value, history], () =>
        E.chain((head: Head<A> | undefined) => appended(history, value, head))(headOf(history)),
      ),
    at: n => history => safely(history, () => at(n)(history)),
    latest: history => safely(history, () => latest(history)),
    verify: history => safely(history, () => verify(history)),
  }
}

const isHead = (head: unknown): boolean =>
  isPlainObject(head) && Number.isInteger(get(head, 'index')) && typeof get(head, 'digest') === 'string'

const noHead = failure(-1, 'a head has an index, a digest and a value')

/** Reads a history of any origin. */
const safely = <A>(values: unknown, read: () => E.Either<HistoryError, A>): E.Either<HistoryError, A> =>
  readSafely(values, reason => error(-1, reason), read)

const historyOf = <A>(codec: t.Type<A, unknown>): t.Type<History<A>, unknown> => {
  const whole = record(`ValueEntry of ${codec.name}`, { digest: t.string, value: codec })
  const step = record('DeltaEntry', { digest: t.string, delta: Delta.Delta })
  return record(`History of ${codec.name}`, { entries: t.readonlyArray(t.union([whole, step])) })
}

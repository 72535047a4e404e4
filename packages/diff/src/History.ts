import { Eq, record } from '@finetune-kit/codec'
import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import * as Delta from './Delta.ts'
import { decodeResult } from './internal/decodeResult.ts'
import { digest } from './internal/digest.ts'
import { byDelta, applyOperations } from './internal/applyOperations.ts'
import type { PatchError } from './PatchError.ts'

/**
 * The values that something had, one after another: some whole, the others as what changed. Every entry has a digest
 * of its value and of the entry before, so that nothing in the middle can change unseen.
 */
export interface History<A> {
  readonly entries: ReadonlyArray<ValueEntry<A> | DeltaEntry>
}

/** An entry that has the value itself. */
export interface ValueEntry<A> {
  readonly digest: string
  readonly value: A
}

/** An entry that says what changed. */
export interface DeltaEntry {
  readonly digest: string
  readonly delta: Delta.Delta
}

/** Which entry cannot be read, and why. */
export interface HistoryError {
  readonly _tag: 'HistoryError'
  readonly index: number
  readonly reason: string
}

/**
 * Histories of `A`. Laws: after `append(a)` the latest value is `a`, and every earlier one is what it was; appending
 * the latest value again gives back the same history; `verify` accepts what `append` made.
 */
export interface HistoryOps<A> {
  /** A history is plain data: any format can store it. */
  readonly codec: t.Type<History<A>, unknown>
  readonly empty: History<A>
  readonly append: (value: A) => (history: History<A>) => E.Either<HistoryError, History<A>>
  /** The value of entry `n`, from 0: made from the keyframe before it, whatever the length of the history. */
  readonly at: (n: number) => (history: History<A>) => E.Either<HistoryError, A>
  readonly latest: (history: History<A>) => E.Either<HistoryError, A>
  /** The last digest, if no entry is damaged: whoever has kept it knows that the whole history is the same. */
  readonly verify: (history: History<A>) => E.Either<HistoryError, string>
}

export interface Options {
  /** One entry in so many is a keyframe: 64, unless it is said. Fewer make reading faster and the history longer. */
  readonly keyframeEvery?: number
}

/**
 * Histories of the values that a codec describes.
 *
 * @example
 * const { empty, append, latest } = History.of(record('Run', { status: t.string }))
 * const history = either.chain(append({ status: 'running' }))(append({ status: 'pending' })(empty))
 * either.chain(latest)(history) // => either.right({ status: 'running' })
 */
export const of = <A>(codec: t.Type<A, unknown>, { keyframeEvery = 64 }: Options = {}): HistoryOps<A> => {
  const { diff } = Delta.of(codec)
  const { equals } = Eq.of(codec)
  /** What was appended last, so that appending again does not have to read. */
  const values = new WeakMap<History<A>, A>()

  /** The value of entry `n`, given the one before it if the entry needs that. */
  const next = (history: History<A>, n: number, before: unknown): E.Either<HistoryError, unknown> => {
    const entry = history.entries[n] as ValueEntry<A> | DeltaEntry
    if ('value' in entry) return E.right(entry.value)
    return E.mapLeft(({ index, pointer, reason }: PatchError) =>
      error(n, `operation ${index} at "${pointer}" fails: ${reason}`),
    )(applyOperations(entry.delta, byDelta)(before))
  }
  const isSound = (history: History<A>, n: number, value: unknown): boolean =>
    history.entries[n]?.digest === link(history, n, value)

  /** The value of entry `to`, read from entry `from` on; every digest is checked, or the last one only. */
  const read = (
    history: History<A>,
    from: number,
    to: number,
    checksAll: boolean,
  ): E.Either<HistoryError, A> => {
    let value: unknown
    for (let n = from; n <= to; n++) {
      const found = next(history, n, value)
      if (E.isLeft(found)) return found
      value = found.right
      if ((checksAll || n === to) && !isSound(history, n, value))
        return failure(n, 'the value is not the one that the digest was made of')
    }
    return decoded(to, value)
  }
  const decoded = (n: number, value: unknown): E.Either<HistoryError, A> =>
    E.mapLeft(({ reason }: PatchError) => error(n, reason))(decodeResult(codec, [])(value))

  const at = (n: number) => (history: History<A>) => {
    const { length } = history.entries
    if (!Number.isInteger(n) || n < 0 || n >= length) return failure(n, `there are ${length} entries, from 0`)
    let from = n
    while (from > 0 && !('value' in (history.entries[from] as object))) from--
    const steps = history.entries.slice(from + 1, n + 1)
    const operations = steps.flatMap(entry => ('delta' in entry ? entry.delta : []))
    // all deltas in one go, which copies what they change once; one by one only to say which of them fails
    const first = next(history, from, undefined)
    const found = E.isLeft(first) ? first : applyOperations(operations, byDelta)(first.right)
    return E.isRight(found) && isSound(history, n, found.right)
      ? decoded(n, found.right)
      : read(history, from, n, false)
  }

  const latest = (history: History<A>): E.Either<HistoryError, A> => {
    const known = values.get(history)
    return known === undefined ? at(history.entries.length - 1)(history) : E.right(known)
  }

  const push = (history: History<A>, value: A, entry: { value: A } | { delta: Delta.Delta }): History<A> => {
    const longer = {
      ...history,
      entries: [...history.entries, { digest: link(history, history.entries.length, value), ...entry }],
    }
    values.set(longer, value)
    return longer
  }

  return {
    codec: historyOf(codec),
    empty: { entries: [] },
    append: value => history => {
      const { length } = history.entries
      if (length === 0) return E.right(push(history, value, { value }))
      return E.map((last: A) => {
        if (equals(last, value)) return history
        return push(history, value, length % keyframeEvery === 0 ? { value } : { delta: diff(last, value) })
      })(latest(history))
    },
    at,
    latest,
    verify: history =>
      E.map(() => history.entries.at(-1)?.digest ?? '')(
        history.entries.length === 0
          ? E.right(undefined)
          : read(history, 0, history.entries.length - 1, true),
      ),
  }
}

/**
 * The digest of entry `n`: of its value and, through the digest before it, of all that came earlier. 64 bits of the
 * SHA-256: enough to find damage; more would outweigh most deltas.
 */
const link = <A>({ entries }: History<A>, n: number, value: unknown): string =>
  digest([entries[n - 1]?.digest ?? null, value]).slice(0, 16)

const error = (index: number, reason: string): HistoryError => ({ _tag: 'HistoryError', index, reason })
const failure = (index: number, reason: string): E.Either<HistoryError, never> => E.left(error(index, reason))

const historyOf = <A>(codec: t.Type<A, unknown>): t.Type<History<A>, unknown> => {
  const keyframe = record(`Keyframe of ${codec.name}`, { digest: t.string, value: codec })
  const step = record('Step', { digest: t.string, delta: Delta.Delta })
  return record(`History of ${codec.name}`, { entries: t.readonlyArray(t.union([keyframe, step])) })
}

import { Identity } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as Delta from './Delta.ts'
import { digest } from './internal/digest.ts'

/** A record that differs between the two archives. */
export type ArchiveChange<A> =
  | { readonly _tag: 'Added'; readonly id: string; readonly value: A }
  | { readonly _tag: 'Removed'; readonly id: string; readonly value: A }
  | {
      readonly _tag: 'Changed'
      readonly id: string
      readonly before: A
      readonly after: A
      readonly delta: Delta.Delta
    }

/** The archive that a record is from. */
export type Side = 'before' | 'after'

/**
 * Compares two archives in two passes, each of which reads both, in any order, a record at a time;
 * the second pass reads the snapshots of a record in the order of the first. The newest one counts:
 * by the times that are passed, of equal ones and without a time the last. Memory: an id and two
 * digests for each record, and in the second pass the changed records of which one side was read.
 */
export interface ArchiveComparison<A> {
  /**
   * First pass: every record of both archives, with its time where that is known. Returns true if
   * it is the newest of its record so far.
   */
  readonly index: (side: Side, value: A, time?: number) => boolean
  /** Second pass: every record again. Returns the changes known by now, each once. */
  readonly resolve: (side: Side, value: A) => ReadonlyArray<ArchiveChange<A>>
  /** The number of equal records, after the first pass. */
  readonly same: () => number
}

export interface Options<A> {
  /**
   * The form in which records are compared, such as one without nulls. Default: the record as it
   * is.
   */
  readonly comparable?: (value: A) => A
}

/**
 * Derives the comparison of archives of a codec's values.
 *
 * @throws when the codec does not say by which key its values are recognised (`Meta.identity`)
 */
export const of = <A>(
  codec: t.Type<A, unknown>,
  { comparable = value => value }: Options<A> = {},
): ArchiveComparison<A> => {
  const identity = Identity.of(codec)
  if (identity.by !== 'key')
    throw new Error(
      `ArchiveComparison cannot be derived from ${codec.name}: it does not say what makes two of its values the same. ` +
        `Write annotate(${codec.name}, { identity: { key: 'id' } }).`,
    )
  const { diff } = Delta.of(codec)
  const known = new Map<string, Known<A>>()
  const idOf = (value: A): string => String(identity.idOf(value))

  return {
    index: (side, value, time) => {
      const id = idOf(value)
      let it = known.get(id)
      if (it === undefined) known.set(id, (it = { before: unseen(), after: unseen(), waiting: undefined }))
      const seen = it[side]
      seen.count++
      if (time !== undefined && time < seen.time) return false
      seen.time = time ?? seen.time
      seen.left = seen.count
      seen.digest = digest(comparable(value))
      return true
    },
    resolve: (side, value) => {
      const id = idOf(value)
      const it = known.get(id)
      if (it === undefined || --it[side].left !== 0 || it.before.digest === it.after.digest) return []
      if (it.before.digest === '') return [{ _tag: 'Added', id, value }]
      if (it.after.digest === '') return [{ _tag: 'Removed', id, value }]
      const { waiting } = it
      it.waiting = waiting === undefined ? { value } : undefined
      if (waiting === undefined) return []
      const [before, after] = side === 'after' ? [waiting.value, value] : [value, waiting.value]
      return [{ _tag: 'Changed', id, before, after, delta: diff(before, after) }]
    },
    same: () => {
      let count = 0
      for (const { before, after } of known.values()) if (before.digest === after.digest) count++
      return count
    },
  }
}

/** The state of one record. */
interface Known<A> {
  readonly before: Seen
  readonly after: Seen
  /** The changed record of one side, until the other side's is read. */
  waiting: { readonly value: A } | undefined
}

/**
 * The digest of the newest snapshot on a side ('' without one), the number of snapshots up to it
 * that are still to come in the second pass, its time, and the number of all.
 */
interface Seen {
  digest: string
  left: number
  time: number
  count: number
}
const unseen = (): Seen => ({ digest: '', left: 0, time: Number.NEGATIVE_INFINITY, count: 0 })

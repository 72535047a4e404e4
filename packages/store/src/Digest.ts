import { type RecordKind } from '@finetune-kit/model'
import { sha256, sortKeys } from '@finetune-kit/codec/compile'
import * as E from '#fp-ts/Either'
import { opsOf } from './historyOps.ts'

/** The digests of a snapshot. */
export interface SnapshotDigests {
  /** Digest of the value as it came: the chain of a history is made of it. */
  readonly exact: string
  /** Digest of the comparable form: null in an optional field counts as absent. */
  readonly comparable: string
}

/** 64 bits of a SHA-256 in hex find a change; more would outweigh most deltas. */
const short = (digest: string): string => digest.slice(0, 16)

/**
 * The digests of a snapshot, or the reason why it has none. The value is a JSON value, without -0.
 *
 * Law: `exact` is the `valueDigest` of its history, and `comparable` the first 64 bits of that of
 * the comparable form.
 */
export const ofSnapshot =
  (kind: RecordKind.RecordKind) =>
  (value: unknown): E.Either<string, SnapshotDigests> => {
    const { toComparable } = opsOf(kind)
    // one copy with its keys in order serves for both: the comparable form keeps that order
    const sorted = sortKeys(value)
    if (sorted === undefined) return ofStored(kind)(value)
    const exact = sha256(JSON.stringify(sorted))
    const form = toComparable(sorted)
    return E.right({ exact, comparable: short(form === sorted ? exact : sha256(JSON.stringify(form))) })
  }

/**
 * The same for any value, also one that was damaged where it is stored: -0 is not 0 here.
 */
export const ofStored =
  (kind: RecordKind.RecordKind) =>
  (value: unknown): E.Either<string, SnapshotDigests> => {
    const { history, toComparable } = opsOf(kind)
    const exact = history.valueDigest(value)
    if (E.isLeft(exact)) return E.left(exact.left.reason)
    const form = toComparable(value)
    const comparable = form === value ? exact : history.valueDigest(form)
    if (E.isLeft(comparable)) return E.left(comparable.left.reason)
    return E.right({ exact: exact.right, comparable: short(comparable.right) })
  }

/** The digest of an item's comparable form. */
export const ofItem =
  (kind: RecordKind.RecordKind) =>
  (value: unknown): string => {
    const digest = opsOf(kind).history.valueDigest(opsOf(kind).toComparable(value))
    return short(E.isRight(digest) ? digest.right : sha256(JSON.stringify(value)))
  }

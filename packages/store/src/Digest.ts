import { Canonical, Meta } from '@finetune-kit/codec'
import { sha256 } from '@finetune-kit/codec/compile'
import type { RecordKind } from '@finetune-kit/model'

/** 64 bits of a SHA-256, in hex: enough to find damage; more would outweigh most deltas. */
const short = (text: string): string => sha256(text).slice(0, 16)

/** The digest of a snapshot: the same for values that are equal where runs are compared. */
export const ofValue =
  (_kind: RecordKind.RecordKind) =>
  (value: unknown): string => {
    const text = Canonical.stringify(value)
    return short(text._tag === 'Right' ? text.right : JSON.stringify(value))
  }

/** The key of an item of a run: what identifies it, or the digest of its whole value. */
export const ofItem = (kind: RecordKind.RecordKind) => {
  const { identity } = Meta.of(kind.codec)
  return (value: unknown): string =>
    typeof identity === 'object'
      ? String((value as Readonly<Record<string, unknown>>)[identity.key])
      : ofValue(kind)(value)
}

/** The digest of an entry: of its value and, through the digest before it, of all earlier ones. */
export const ofEntry = (before: string | undefined, valueDigest: string): string =>
  short(`${before ?? ''}\n${valueDigest}`)

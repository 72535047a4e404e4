import type { History } from '@finetune-kit/diff'
import { RecordKind } from '@finetune-kit/model'
import * as E from '#fp-ts/Either'
import * as Digest from './Digest.ts'
import { opsOf } from './historyOps.ts'
import type { IncomingSnapshot } from './Incoming.ts'

/** One entry of a history: a whole snapshot, or the delta from the one before. */
export interface Entry {
  readonly n: number
  /** The digest of the value and, through the digest before it, of all earlier ones. */
  readonly digest: string
  /** The digest of the comparable form of the value. */
  readonly valueDigest: string
  readonly seenAt: number
  readonly source: string
  readonly kind: string
  readonly isWhole: boolean
  /** JSON text of the snapshot or of the delta. */
  readonly body: string
}

/** The end of a history: all that the next entry depends on. */
export interface Head {
  readonly entries: number
  readonly digest: string
  readonly valueDigest: string
  readonly seenAt: number
  readonly kind: string
  readonly value: unknown
}

/** The facts about a snapshot that an entry is made of. */
export type Snapshot = Pick<
  IncomingSnapshot,
  'kind' | 'value' | 'exactDigest' | 'valueDigest' | 'seenAt' | 'source'
>

/** The entry that appends a snapshot to a history, and the head after it. */
export const nextEntry = (
  head: Head | undefined,
  { kind, value, exactDigest, valueDigest, seenAt, source }: Snapshot,
): { readonly entry: Entry; readonly head: Head } => {
  const n = head?.entries ?? 0
  const next = appended(head, kind, value, exactDigest)
  const { digest } = next
  const isWhole = 'value' in next
  const body = JSON.stringify(isWhole ? value : next.delta)
  const facts = { digest, valueDigest, seenAt, kind: kind.name }
  return { entry: { ...facts, n, source, isWhole, body }, head: { ...facts, entries: n + 1, value } }
}

/** A snapshot of another kind than the last one is stored whole: no delta spans two codecs. */
const appended = (
  head: Head | undefined,
  kind: RecordKind.RecordKind,
  value: unknown,
  exactDigest: string,
): History.Entry<unknown> => {
  const { history, wholeHistory } = opsOf(kind)
  const last = head && { index: head.entries - 1, digest: head.digest, value: head.value }
  const next =
    last === undefined || head?.kind === kind.name
      ? history.next(value, exactDigest)(last)
      : wholeHistory.next(value, exactDigest)({ ...last, value: undefined })
  if (E.isRight(next) && next.right !== undefined) return next.right.entry
  throw new Error('A snapshot is appended only with its digest, and when it differs from the last one')
}

/** The first entry of a history that cannot be read, and why. */
export interface Damage {
  readonly n: number
  readonly reason: string
  /** A sentence that says what helps. */
  readonly remedy: string
}

/** Importing the run once more changes nothing: every snapshot counts as known. */
export const replaced = 'Delete the run in the ledger, and import it again.'

/** The snapshots of a history up to its end, or up to its first damage. */
export interface Replayed {
  readonly snapshots: ReadonlyArray<{ readonly entry: Entry; readonly value: unknown }>
  readonly damage: Damage | undefined
}

/** Reads a history, oldest entry first, and checks each snapshot against its digest. */
export const replay = (entries: Iterable<Entry>): Replayed => {
  const snapshots: Array<Replayed['snapshots'][number]> = []
  for (const entry of entries) {
    const next = read(entry, snapshots.at(-1))
    if (E.isLeft(next)) {
      const isKnown = RecordKind.byName(entry.kind) !== undefined
      const remedy = isKnown ? replaced : 'Update finetune-kit.'
      return { snapshots, damage: { n: entry.n, reason: next.left, remedy } }
    }
    snapshots.push({ entry, value: next.right })
  }
  return { snapshots, damage: undefined }
}

const read = (entry: Entry, before: Replayed['snapshots'][number] | undefined): E.Either<string, unknown> => {
  const kind = RecordKind.byName(entry.kind)
  if (kind === undefined) return E.left(`unknown kind ${entry.kind}`)
  if (entry.n !== (before === undefined ? 0 : before.entry.n + 1))
    return E.left('an entry before it is missing')
  const parsed = parse(entry)
  if (E.isLeft(parsed)) return parsed
  const entries =
    before === undefined
      ? [parsed.right]
      : [{ digest: before.entry.digest, value: before.value }, parsed.right]
  const value = opsOf(kind).history.at(entries.length - 1)({ entries })
  if (E.isLeft(value)) return E.left(value.left.reason)
  const digests = Digest.ofStored(kind)(value.right)
  return E.isRight(digests) && digests.right.comparable === entry.valueDigest
    ? value
    : E.left('the digest for comparison is not that of the value')
}

const parse = ({ isWhole, body, digest }: Entry): E.Either<string, History.Entry<unknown>> => {
  try {
    const parsed: unknown = JSON.parse(body)
    return E.right(isWhole ? { digest, value: parsed } : { digest, delta: parsed as never })
  } catch {
    return E.left('the text is not JSON')
  }
}

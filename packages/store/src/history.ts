import { decode, draw } from '@finetune-kit/codec'
import { Delta, type PatchError } from '@finetune-kit/diff'
import { RecordKind } from '@finetune-kit/model'
import * as E from '#fp-ts/Either'
import * as Digest from './Digest.ts'
import type { IncomingSnapshot } from './Incoming.ts'

/** One entry of a history: a whole snapshot, or the delta from the one before. */
export interface Entry {
  readonly n: number
  readonly digest: string
  readonly valueDigest: string
  readonly seenAt: number
  readonly source: string
  readonly kind: string
  readonly isWhole: boolean
  /** JSON text of the snapshot or of the delta. */
  readonly body: string
}

/** The end of a history: what the next entry depends on, whatever its length. */
export interface Head {
  readonly entries: number
  readonly digest: string
  readonly valueDigest: string
  readonly seenAt: number
  readonly kind: string
  readonly value: unknown
}

/** One entry in so many is whole, so that reading one snapshot applies few deltas. */
const keyframeEvery = 64

/** The entry that appends a snapshot to a history, and the head after it. */
export const nextEntry = (
  head: Head | undefined,
  { kind, value, valueDigest, seenAt, source }: Omit<IncomingSnapshot, '_tag' | 'runKey' | 'born'>,
): { readonly entry: Entry; readonly head: Head } => {
  const n = head?.entries ?? 0
  const digest = Digest.ofEntry(head?.digest, valueDigest)
  const isWhole = head === undefined || n % keyframeEvery === 0 || head.kind !== kind.name
  const body = JSON.stringify(isWhole ? value : diffOf(kind)(head.value, value))
  return {
    entry: { n, digest, valueDigest, seenAt, source, kind: kind.name, isWhole, body },
    head: { entries: n + 1, digest, valueDigest, seenAt, kind: kind.name, value },
  }
}

/** The first entry of a history that cannot be read, and why. */
export interface Damage {
  readonly n: number
  readonly reason: string
}

/** The snapshots of a history up to its end, or up to its first damage. */
export interface Replayed {
  readonly snapshots: ReadonlyArray<{ readonly entry: Entry; readonly value: unknown }>
  readonly damage: Damage | undefined
}

/** Reads a history, oldest entry first, and checks each snapshot against its digest. */
export const replay = (entries: Iterable<Entry>): Replayed => {
  const snapshots: Array<Replayed['snapshots'][number]> = []
  let before: { readonly digest: string; readonly value: unknown } | undefined
  for (const entry of entries) {
    const kind = RecordKind.all.find(({ name }) => name === entry.kind)
    if (kind === undefined) return { snapshots, damage: { n: entry.n, reason: `unknown kind ${entry.kind}` } }
    const next = read(kind, entry, before?.value)
    if (E.isLeft(next)) return { snapshots, damage: { n: entry.n, reason: next.left } }
    const digest = Digest.ofEntry(before?.digest, Digest.ofValue(kind)(next.right))
    if (digest !== entry.digest)
      return { snapshots, damage: { n: entry.n, reason: 'the snapshot does not have its digest' } }
    before = { digest, value: next.right }
    snapshots.push({ entry, value: next.right })
  }
  return { snapshots, damage: undefined }
}

const read = (
  kind: RecordKind.RecordKind,
  { isWhole, body }: Entry,
  before: unknown,
): E.Either<string, unknown> => {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return E.left('the text is not JSON')
  }
  if (isWhole) return E.right(parsed)
  const delta = decode(Delta.Delta)(parsed)
  if (delta._tag === 'Left') return E.left(draw(delta.left))
  const patched = opsOf(kind).patch(delta.right)(before)
  return E.mapLeft(({ reason }: PatchError) => reason)(patched)
}

const known = new Map<string, Delta.DeltaOps<unknown>>()

const opsOf = (kind: RecordKind.RecordKind): Delta.DeltaOps<unknown> => {
  const before = known.get(kind.name)
  if (before !== undefined) return before
  const ops = Delta.of(kind.codec)
  known.set(kind.name, ops)
  return ops
}

const diffOf = (kind: RecordKind.RecordKind) => opsOf(kind).diff

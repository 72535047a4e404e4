import { decode, draw } from '@finetune-kit/codec'
import { type Observation, RecordKind, runRefOf } from '@finetune-kit/model'
import type * as t from 'io-ts'
import { toColumnText } from './columnText.ts'
import * as Digest from './Digest.ts'

/** A snapshot of a run, ready to be appended to its history. */
export interface IncomingSnapshot {
  readonly _tag: 'Snapshot'
  readonly runKey: string
  readonly born: number
  readonly kind: RecordKind.RecordKind
  readonly value: unknown
  readonly valueDigest: string
  readonly seenAt: number
  readonly source: string
}

/** An event or a checkpoint of a run. */
export interface IncomingItem {
  readonly _tag: 'Item'
  readonly runKey: string
  readonly kind: RecordKind.RecordKind
  /** The id of the item; for items without one, the digest of its value. */
  readonly itemKey: string
  readonly value: unknown
  readonly seenAt: number
  readonly source: string
}

/** An observation that a store does not keep, and the reason. */
export interface Rejected {
  readonly _tag: 'Rejected'
  readonly reason: string
}

export type Incoming = IncomingSnapshot | IncomingItem | Rejected

const rejected = (reason: string): Rejected => ({ _tag: 'Rejected', reason })

/** Sorts an observation: a snapshot, an item of a run, or what is not kept. */
export const incoming = ({ record, run_id, seen_at: seenAt, source }: Observation): Incoming => {
  const detected = RecordKind.detect(record)
  if (detected._tag === 'Left') return rejected(detected.left)
  const kind = detected.right
  const decoded = decode(kind.codec as t.Type<unknown>)(record)
  if (decoded._tag === 'Left') return rejected(draw(decoded.left))
  const run = runRefOf(kind.name, record, run_id)
  if (run === undefined) return rejected(`a record of the kind ${kind.name} that belongs to no run`)
  const common = { runKey: toColumnText(run.id), kind, value: record, seenAt, source }
  return run.role === 'snapshot'
    ? { _tag: 'Snapshot', ...common, born: run.createdAt ?? 0, valueDigest: Digest.ofValue(kind)(record) }
    : { _tag: 'Item', ...common, itemKey: Digest.ofItem(kind)(record) }
}

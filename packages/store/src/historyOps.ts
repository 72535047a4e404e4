import { History } from '@finetune-kit/diff'
import { Comparable, type RecordKind } from '@finetune-kit/model'
import type * as t from 'io-ts'

/** The operations on histories of one kind of record. */
export interface KindOps {
  readonly history: History.HistoryOps<unknown>
  /** The same, with every entry whole. */
  readonly wholeHistory: History.HistoryOps<unknown>
  readonly toComparable: (value: unknown) => unknown
}

const known = new Map<string, KindOps>()

/** The operations of a kind, derived once. */
export const opsOf = ({ name, codec }: RecordKind.RecordKind): KindOps => {
  const before = known.get(name)
  if (before !== undefined) return before
  const type = codec as t.Type<unknown>
  const ops = {
    history: History.of(type),
    wholeHistory: History.of(type, { keyframeEvery: 1 }),
    toComparable: Comparable.of(type),
  }
  known.set(name, ops)
  return ops
}

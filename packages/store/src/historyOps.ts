import { decode, type DecodeError, Identity } from '@finetune-kit/codec'
import { History } from '@finetune-kit/diff'
import { Comparable, type RecordKind } from '@finetune-kit/model'
import type * as t from 'io-ts'
import type * as E from '#fp-ts/Either'

/** The operations on records of one kind and on their histories. */
export interface KindOps {
  readonly decode: (value: unknown) => E.Either<DecodeError, unknown>
  /** The value of the key that identifies a record, if its kind has one. */
  readonly idOf: (value: unknown) => unknown
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
  const ops: KindOps = {
    decode: decode(type),
    idOf: Identity.of(type).idOf,
    history: History.of(type),
    wholeHistory: History.of(type, { keyframeEvery: 1 }),
    toComparable: Comparable.of(type),
  }
  known.set(name, ops)
  return ops
}

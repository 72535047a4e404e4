import { annotate } from '@finetune-kit/codec'
import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { byDelta, applyOperations } from './internal/applyOperations.ts'
import { decodeResult } from './internal/decodeResult.ts'
import * as Differ from './internal/Differ.ts'
import { isArray } from './internal/json.ts'
import { isOperation, join, Operation, reverse } from './Operation.ts'
import type { PatchError } from './PatchError.ts'

export type { Add, Move, Operation, Remove, Replace } from './Operation.ts'

/**
 * The operations that turn one value into another. Plain data: store, send, reverse, combine it.
 */
export const Delta = annotate(t.readonlyArray(Operation, 'Delta'), {
  description: 'Operations of RFC 6902 with the values they replace.',
})
export type Delta = ReadonlyArray<Operation>

/**
 * Deltas between values of `A`. Laws, `=` being the equality of JSON values:
 *
 * - `patch(diff(a, b))(a) = right(b)`, and `patch(reverse(diff(a, b)))(b) = right(a)`
 * - `diff(a, a) = empty`
 * - `combine` is associative with `empty` on both sides; `patch(combine(d, e))` is `patch(d)`, then
 *   `patch(e)`
 *
 * Of JSON that is no delta, nothing throws: `reverse` and `combine` keep what is no operation where
 * it is, and `patch` refuses it.
 */
export interface DeltaOps<A> {
  readonly empty: Delta
  readonly diff: (a: A, b: A) => Delta
  /**
   * Applies all of the delta or nothing; `a` is never touched. Each removed value must be the one
   * that the delta names, and the result must be valid by the codec.
   */
  readonly patch: (delta: Delta) => (a: A) => E.Either<PatchError, A>
  readonly reverse: (delta: Delta) => Delta
  /** First `d1`, then `d2`; what one does and the next one undoes is left out. */
  readonly combine: (d1: Delta, d2: Delta) => Delta
}

/**
 * Derives the deltas of a codec. List items are matched by the identity that their codec states,
 * otherwise by value.
 *
 * @example
 * const { diff } = Delta.of(record('Run', { status: t.string }))
 * const delta = diff({ status: 'pending' }, { status: 'running' })
 * delta // => [{ op: 'replace', path: '/status', was: 'pending', value: 'running' }]
 */
export const of = <A>(codec: t.Type<A, unknown>): DeltaOps<A> => {
  const differ = Differ.of(codec)
  const result = decodeResult(codec)
  return {
    empty: [],
    diff: (a, b) => {
      const log: Differ.OperationLog = { operations: [], depth: 0 }
      differ(a, b, '', log)
      return log.operations
    },
    patch: delta => a => E.chain(result(delta))(applyOperations(delta, byDelta)(a)),
    reverse: delta =>
      isArray(delta)
        ? delta.map(operation => (isOperation(operation) ? reverse(operation) : operation)).toReversed()
        : delta,
    combine,
  }
}

const combine = (d1: Delta, d2: Delta): Delta => {
  const operations: Array<Operation> = []
  for (const operation of [d1, d2].flat()) {
    const last = operations.at(-1)
    if (isOperation(last) && isOperation(operation)) operations.splice(-1, 1, ...join(last, operation))
    else operations.push(operation)
  }
  return operations
}

import { annotate } from '@finetune-kit/codec'
import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import * as Differ from './internal/Differ.ts'
import { decodeResult } from './internal/decodeResult.ts'
import { byDelta, applyOperations } from './internal/applyOperations.ts'
import { join, Operation, reverse } from './Operation.ts'
import type { PatchError } from './PatchError.ts'

export type { Add, Move, Operation, Remove, Replace } from './Operation.ts'

/** What has to be done to one value to make another of it. Plain data: it can be stored, sent, reversed, combined. */
export const Delta = annotate(t.readonlyArray(Operation, 'Delta'), {
  description: 'Operations of RFC 6902 with the values they replace.',
})
export type Delta = ReadonlyArray<Operation>

/**
 * How values of `A` differ. Laws, `=` being the equality of JSON values:
 *
 * - `patch(diff(a, b))(a) = right(b)`, and `patch(reverse(diff(a, b)))(b) = right(a)`
 * - `diff(a, a) = empty`
 * - `combine` is associative with `empty` on both sides, and `patch(combine(d, e))` is `patch(d)`, then `patch(e)`
 */
export interface DeltaOps<A> {
  readonly empty: Delta
  readonly diff: (a: A, b: A) => Delta
  /**
   * All of the delta or nothing; `a` is never touched. What the delta takes away has to be there as it says, and the
   * result has to be what the codec describes: a delta from elsewhere cannot make another thing of `a`.
   */
  readonly patch: (delta: Delta) => (a: A) => E.Either<PatchError, A>
  readonly reverse: (delta: Delta) => Delta
  /** First `d1`, then `d2`; what one does and the next one undoes is left out. */
  readonly combine: (d1: Delta, d2: Delta) => Delta
}

/**
 * How the values that a codec describes differ. Items of lists are matched by the identity that their codec states,
 * else by value.
 *
 * @example
 * const { diff } = Delta.of(record('Run', { status: t.string }))
 * const delta = diff({ status: 'pending' }, { status: 'running' })
 * delta // => [{ op: 'replace', path: '/status', was: 'pending', value: 'running' }]
 */
export const of = <A>(codec: t.Type<A, unknown>): DeltaOps<A> => {
  const differ = Differ.of(codec)
  return {
    empty: [],
    diff: (a, b) => {
      const tape: Differ.OperationLog = { operations: [], depth: 0 }
      differ(a, b, '', tape)
      return tape.operations
    },
    patch: delta => a => E.chain(decodeResult(codec, delta))(applyOperations(delta, byDelta)(a)),
    reverse: delta => delta.map(reverse).toReversed(),
    combine,
  }
}

const combine = (d1: Delta, d2: Delta): Delta => {
  const operations: Array<Operation> = []
  for (const operation of [...d1, ...d2]) {
    const last = operations.pop()
    if (last === undefined) operations.push(operation)
    else operations.push(...join(last, operation))
  }
  return operations
}

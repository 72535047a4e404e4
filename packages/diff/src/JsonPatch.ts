import { annotate, record } from '@finetune-kit/codec'
import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import * as Delta from './Delta.ts'
import { byStandard, applyOperations } from './internal/applyOperations.ts'
import { decodeResult } from './internal/decodeResult.ts'
import { isArray } from './internal/json.ts'
import { JsonPointer } from './JsonPointer.ts'
import { isOperation, Json } from './Operation.ts'
import type { PatchError } from './PatchError.ts'

const changing = <Op extends 'add' | 'replace' | 'test'>(op: Op) =>
  record(op, { op: t.literal(op), path: JsonPointer, value: Json })
const taking = <Op extends 'move' | 'copy'>(op: Op) =>
  record(op, { op: t.literal(op), from: JsonPointer, path: JsonPointer })

/**
 * "Operation objects MUST have exactly one "op" member"; members beyond the standard are ignored.
 */
const Operation = t.union(
  [
    changing('add'),
    record('remove', { op: t.literal('remove'), path: JsonPointer }),
    changing('replace'),
    taking('move'),
    taking('copy'),
    changing('test'),
  ],
  'JSON Patch operation',
)

/** A document of RFC 6902, JavaScript Object Notation (JSON) Patch. */
export const JsonPatch = annotate(t.readonlyArray(Operation, 'JSON Patch'), { source: 'RFC 6902' })
export type JsonPatch = t.TypeOf<typeof JsonPatch>

/**
 * Applies a patch to any JSON value, which is never touched; all of it or nothing. The patch may be
 * any value: what is no JSON Patch is an error value. Copies may add 64 MiB or a million values.
 *
 * @example
 * const tag = JsonPatch.apply([{ op: 'add', path: '/tags/-', value: 'new' }])
 * tag({ tags: [] }) // => either.right({ tags: ['new'] })
 */
export const apply = (patch: unknown): ((value: unknown) => E.Either<PatchError, unknown>) =>
  applyOperations(patch, byStandard)

/**
 * Converts a delta to a patch, which cannot be reversed: the replaced values are left out. What is
 * no operation is kept.
 */
export const ofDelta = (delta: Delta.Delta): JsonPatch =>
  !isArray(delta)
    ? delta
    : delta.map(operation => {
        if (!isOperation(operation)) return operation
        const { op, path } = operation
        if (op === 'remove') return { op, path }
        return op === 'replace' ? { op, path, value: operation.value } : operation
      })

/** Patches between the values of `A`. Law: `patch(diff(a, b))(a) = right(b)`. */
export interface JsonPatchOps<A> {
  readonly diff: (a: A, b: A) => JsonPatch
  /** Applies a patch; the result must be valid by the codec. */
  readonly patch: (patch: JsonPatch) => (a: A) => E.Either<PatchError, A>
}

/** Derives JSON Patch between the values of a codec. */
export const of = <A>(codec: t.Type<A, unknown>): JsonPatchOps<A> => {
  const { diff } = Delta.of(codec)
  const result = decodeResult(codec)
  return {
    diff: (a, b) => ofDelta(diff(a, b)),
    patch: patch => a => E.chain(result(patch))(apply(patch)(a)),
  }
}

import { annotate, record } from '@finetune-kit/codec'
import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import * as Delta from './Delta.ts'
import { decodeResult } from './internal/decodeResult.ts'
import { byStandard, applyOperations } from './internal/applyOperations.ts'
import { JsonPointer } from './JsonPointer.ts'
import { Json } from './Operation.ts'
import type { PatchError } from './PatchError.ts'

const changing = <Op extends 'add' | 'replace' | 'test'>(op: Op) =>
  record(op, { op: t.literal(op), path: JsonPointer, value: Json })
const taking = <Op extends 'move' | 'copy'>(op: Op) =>
  record(op, { op: t.literal(op), from: JsonPointer, path: JsonPointer })

/** "Operation objects MUST have exactly one "op" member"; members that the standard does not name are ignored. */
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
 * Applies a patch to any JSON value, which is never touched; all of it or nothing.
 *
 * Only own keys are walked and written, whatever they are called. Parts that a patch copies or leaves alone are
 * shared between the value and the result, and never written to.
 *
 * @example
 * const tag = JsonPatch.apply([{ op: 'add', path: '/tags/-', value: 'new' }])
 * tag({ tags: [] }) // => either.right({ tags: ['new'] })
 */
export const apply = (patch: JsonPatch): ((value: unknown) => E.Either<PatchError, unknown>) =>
  applyOperations(patch, byStandard)

export interface Options {
  /** Whether a `test` of what is replaced or removed comes before it, so that the patch fits no other value. */
  readonly guarded?: boolean
}

/** The same changes as a patch, which does not say what it replaces (unless `guarded`), so cannot be reversed. */
export const ofDelta = (delta: Delta.Delta, { guarded = false }: Options = {}): JsonPatch =>
  delta.flatMap((operation): JsonPatch => {
    const { op, path } = operation
    if (op !== 'remove' && op !== 'replace') return [operation]
    const change = op === 'remove' ? { op, path } : { op, path, value: operation.value }
    return guarded ? [{ op: 'test', path, value: operation.was }, change] : [change]
  })

/** Patches between the values of `A`. Law: `patch(diff(a, b))(a)` is `right(b)`. */
export interface JsonPatchOps<A> {
  readonly diff: (a: A, b: A, options?: Options) => JsonPatch
  /** Applies a patch whose result has to be what the codec describes. */
  readonly patch: (patch: JsonPatch) => (a: A) => E.Either<PatchError, A>
}

/** Patches between the values that a codec describes. */
export const of = <A>(codec: t.Type<A, unknown>): JsonPatchOps<A> => {
  const { diff } = Delta.of(codec)
  return {
    diff: (a, b, options) => ofDelta(diff(a, b), options),
    patch: patch => a => E.chain(decodeResult(codec, patch))(apply(patch)(a)),
  }
}

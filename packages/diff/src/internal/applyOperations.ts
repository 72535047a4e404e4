import * as E from '#fp-ts/Either'
import { Eq } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { type PatchError, patchError } from '../PatchError.ts'
import { withRope } from './withRope.ts'
import { type Document, document, isReason, type Reason } from './Document.ts'
import { jsonEquals } from './jsonEquals.ts'

const { equals } = Eq.of(t.unknown)

/** An operation of RFC 6902, or one of a delta: what both have in common. */
export interface AnyOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test'
  readonly path: string
  readonly from?: string
  readonly value?: unknown
  readonly was?: unknown
}

/**
 * Applies operations one after another to a value, which stays as it is; all of them or none.
 * "Operations are applied sequentially in the order they appear in the array."
 */
export const applyOperations =
  (
    steps: ReadonlyArray<AnyOperation>,
    does: (document: Document, step: AnyOperation) => Refusal | undefined,
  ) =>
  (value: unknown): E.Either<PatchError, unknown> => {
    const target = withRope(document(value))
    for (const [index, step] of steps.entries()) {
      const refusal = does(target, step)
      if (refusal !== undefined)
        return E.left(patchError(index, refusal.pointer ?? step.path, refusal.reason))
    }
    return E.right(target.root())
  }

/** Why an operation cannot be applied; at its `path`, unless it says where. */
export interface Refusal extends Reason {
  readonly pointer?: string
}

/** As RFC 6902 says: "If the target location specifies an object member that does exist, that member's value is replaced." */
export const byStandard = (document: Document, step: AnyOperation): Refusal | undefined =>
  go(document, step, false)

const go = (document: Document, step: AnyOperation, anew: boolean): Refusal | undefined => {
  const { path, from = '' } = step
  switch (step.op) {
    case 'add':
      return document.add(path, step.value, anew)
    case 'remove':
      return refusalOf(document.remove(path))
    case 'replace':
      return document.set(path, step.value)
    case 'move': {
      // "The 'from' location MUST NOT be a proper prefix of the 'path' location"
      if (path.startsWith(`${from}/`)) return { pointer: from, reason: 'a value cannot be moved into itself' }
      const taken = path === from ? document.get(from) : document.remove(from)
      if (isReason(taken)) return { ...taken, pointer: from }
      return path === from ? undefined : document.add(path, taken.value, anew)
    }
    case 'copy': {
      const taken = document.get(from)
      return isReason(taken) ? { ...taken, pointer: from } : document.add(path, taken.value, anew)
    }
    default: {
      const found = document.get(path)
      if (isReason(found)) return found
      return jsonEquals(found.value, step.value) ? undefined : { reason: 'the value is not the expected one' }
    }
  }
}

/** As a delta means it, so that it can be undone: what is taken away is what the delta says, and nothing else is. */
export const byDelta = (document: Document, step: AnyOperation): Refusal | undefined => {
  const found = step.op === 'remove' || step.op === 'replace' ? document.get(step.path) : undefined
  if (isReason(found)) return found
  if (found !== undefined && !equals(found.value, step.was))
    return { reason: 'the value is not the one that the delta was made from' }
  return go(document, step, true)
}

const refusalOf = (result: object): Refusal | undefined => (isReason(result) ? result : undefined)

import * as E from '#fp-ts/Either'
import { Eq } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { isPlainObject } from '@finetune-kit/codec/compile'
import { type PatchError, patchError } from '../PatchError.ts'
import { copyBudget } from './copyBudget.ts'
import { type Document, document, isReason, type Reason } from './Document.ts'
import { get, isArray } from './json.ts'
import { readSafely } from './readSafely.ts'
import { drawBoth } from './drawValue.ts'
import { jsonEquals } from './jsonEquals.ts'
import { withRope } from './withRope.ts'

const { equals } = Eq.of(t.unknown)

/** An operation of RFC 6902 or of a delta: the members of both. */
interface AnyOperation {
  readonly op: string
  readonly path: string
  readonly from: string
  readonly value: unknown
  readonly was: unknown
}

/** The reason why an operation cannot be applied, at its `path` unless `pointer` is given. */
interface Refusal extends Reason {
  readonly pointer?: string
}

/** A dialect of operations: the members that each needs, and its effect on a document. */
export interface Dialect {
  readonly needs: Readonly<Record<string, ReadonlyArray<'from' | 'value' | 'was'>>>
  readonly apply: (target: Target, operation: AnyOperation) => Refusal | undefined
}

interface Target {
  readonly document: Document
  readonly canCopy: (value: unknown) => boolean
}

/**
 * Applies operations in order to a value, which is never touched; all of them or none. Takes any
 * input: what is not an operation is an error value, so callers need not decode first.
 */
export const applyOperations =
  (operations: unknown, dialect: Dialect) =>
  (value: unknown): E.Either<PatchError, unknown> =>
    readSafely(
      [operations, value],
      reason => patchError(-1, '', reason),
      () => applyAll(operations, dialect, value),
    )

const applyAll = (operations: unknown, dialect: Dialect, value: unknown): E.Either<PatchError, unknown> => {
  if (!isArray(operations)) return E.left(patchError(-1, '', 'a patch is a list of operations'))
  const target = { document: withRope(document(value)), canCopy: copyBudget() }
  for (const [index, found] of operations.entries()) {
    const operation = readOperation(found, dialect)
    if ('reason' in operation) return E.left(patchError(index, '', operation.reason))
    const refusal = dialect.apply(target, operation)
    if (refusal !== undefined)
      return E.left(patchError(index, refusal.pointer ?? operation.path, refusal.reason))
  }
  return E.right(target.document.root())
}

const readOperation = (found: unknown, { needs }: Dialect): Reason | AnyOperation => {
  if (!isPlainObject(found)) return { reason: 'an operation is an object' }
  const [op, path, from] = [get(found, 'op'), get(found, 'path'), get(found, 'from') ?? '']
  const members = typeof op === 'string' && Object.hasOwn(needs, op) ? needs[op] : undefined
  if (typeof op !== 'string' || members === undefined)
    return { reason: `"op" is missing or none of ${Object.keys(needs).join(', ')}` }
  if (typeof path !== 'string') return { reason: '"path" is missing or not a text' }
  const missing = members.find(name => get(found, name) === undefined)
  if (missing !== undefined) return { reason: `"${missing}" is missing` }
  if (typeof from !== 'string') return { reason: '"from" is not a text' }
  return { op, path, from, value: get(found, 'value'), was: get(found, 'was') }
}

const go = ({ document, canCopy }: Target, operation: AnyOperation, isNew: boolean): Refusal | undefined => {
  const { op, path, from, value } = operation
  switch (op) {
    case 'add':
      return document.add(path, value, isNew)
    case 'remove':
      return refusalOf(document.remove(path))
    case 'replace':
      return document.set(path, value)
    case 'move': {
      // "The 'from' location MUST NOT be a proper prefix of the 'path' location"
      if (path.startsWith(`${from}/`)) return { pointer: from, reason: 'a value cannot be moved into itself' }
      const taken = path === from ? document.get(from) : document.remove(from)
      if (isReason(taken)) return { ...taken, pointer: from }
      return path === from ? undefined : document.add(path, taken.value, isNew)
    }
    case 'copy': {
      const taken = document.get(from)
      if (isReason(taken)) return { ...taken, pointer: from }
      if (!canCopy(taken.value)) return { reason: 'the copies of this patch exceed the limit of 64 MiB' }
      return document.add(path, taken.value, isNew)
    }
    default: {
      const found = document.get(path)
      if (isReason(found)) return found
      if (jsonEquals(found.value, value)) return undefined
      const [expected, actual] = drawBoth(value, found.value)
      return { reason: `expected ${expected}, found ${actual}` }
    }
  }
}

/**
 * RFC 6902: "If the target location specifies an object member that does exist, that member's value
 * is replaced."
 */
export const byStandard: Dialect = {
  needs: {
    add: ['value'],
    remove: [],
    replace: ['value'],
    move: ['from'],
    copy: ['from'],
    test: ['value'],
  },
  apply: (target, operation) => go(target, operation, false),
}

/** Operations of a delta: each removes exactly the value that it names, so it can be reversed. */
export const byDelta: Dialect = {
  needs: { add: ['value'], remove: ['was'], replace: ['was', 'value'], move: ['from'] },
  apply: (target, operation) => {
    const { op, path, was } = operation
    const found = op === 'remove' || op === 'replace' ? target.document.get(path) : undefined
    if (isReason(found)) return found
    if (found !== undefined && !equals(found.value, was))
      return { reason: 'the value is not the one that the delta was made from' }
    return go(target, operation, true)
  },
}

const refusalOf = (result: object): Refusal | undefined => (isReason(result) ? result : undefined)

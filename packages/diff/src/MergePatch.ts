import { Eq } from '@finetune-kit/codec'
import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { isPlainObject, put } from '@finetune-kit/codec/compile'
import { decodeResult } from './internal/decodeResult.ts'
import { type Fields, get, isCyclic, keysOf } from './internal/json.ts'
import { readSafely } from './internal/readSafely.ts'
import { escape } from './JsonPointer.ts'
import { patchError, type PatchError } from './PatchError.ts'

/** RFC 7396, JSON Merge Patch: the changed part of a document, in which null removes a key. */

/**
 * A merge patch that loses nulls: "it is not possible to […] set a member to null". `patch` is the
 * nearest one, for callers that can do without those nulls.
 */
export interface LossyPatch {
  readonly _tag: 'Lossy'
  /** JSON Pointers of the lost nulls, into the new value. */
  readonly pointers: ReadonlyArray<string>
  readonly patch: unknown
}

/**
 * Merges a patch into any JSON value, which is never touched. Every patch fits every value. What
 * is no object replaces the value, and so does an object that holds itself, which is not JSON.
 *
 * @example
 * MergePatch.apply({ a: null, c: { d: 1 } })({ a: 'b', c: 'e' }) // => ({ c: { d: 1 } })
 */
export const apply =
  (patch: unknown) =>
  (value: unknown): unknown => {
    if (!isPlainObject(patch) || isCyclic(patch)) return patch
    const root = ownFields(value)
    const todo: Array<readonly [into: Fields, patch: Fields]> = [[root, patch]]
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      const [into, changes] = next
      for (const key of keysOf(changes)) {
        const change = changes[key]
        if (change === null) delete into[key]
        else if (isPlainObject(change)) {
          const child = ownFields(get(into, key))
          put(into, key, child)
          todo.push([child, change])
        } else put(into, key, change)
      }
    }
    return root
  }

// "if Target is not an Object: Target = {} # Ignore the contents and set it to an empty Object"
const ownFields = (value: unknown): Fields => (isPlainObject(value) ? { ...value } : {})

/**
 * Merge patches between the values of `A`. Law: if `diff(a, b) = right(p)`, then `patch(p)(a) =
 * right(b)`.
 */
export interface MergePatchOps<A> {
  readonly diff: (a: A, b: A) => E.Either<LossyPatch, unknown>
  /** Merges a patch; the result must be valid by the codec. */
  readonly patch: (patch: unknown) => (a: A) => E.Either<PatchError, A>
}

/** Derives merge patches between the values of a codec. */
export const of = <A>(codec: t.Type<A, unknown>): MergePatchOps<A> => {
  const result = decodeResult(codec)([{ path: '' }])
  return { diff, patch: patch => a => readSafely([patch, a], onThrow, () => result(apply(patch)(a))) }
}

const onThrow = (reason: string): PatchError => patchError(-1, '', reason)

const { equals } = Eq.of(t.unknown)

/** A part of the patch being written, and the two values that it is made from. */
interface PatchPart {
  readonly was: unknown
  readonly value: Fields
  readonly changes: Fields
  readonly pointer: string
  readonly parent: Fields
  readonly key: string
}

const diff = (a: unknown, b: unknown): E.Either<LossyPatch, unknown> => {
  if (!isPlainObject(b) || isCyclic(b)) return E.right(b)
  const pointers: Array<string> = []
  const root: PatchPart = { was: a, value: b, changes: {}, pointer: '', parent: {}, key: '' }
  const parts = [root]
  for (const part of parts) for (const inner of write(part, pointers)) parts.push(inner)
  // an object that differs in nothing says nothing, unless it is new
  for (const { was, changes, parent, key } of parts.toReversed())
    if (isPlainObject(was) && Object.keys(changes).length === 0) delete parent[key]
  const patch = root.changes
  return pointers.length === 0 ? E.right(patch) : E.left({ _tag: 'Lossy', pointers, patch })
}

const write = (
  { was, value, changes, pointer }: PatchPart,
  lost: Array<string>,
): ReadonlyArray<PatchPart> => {
  const before = isPlainObject(was) ? was : {}
  const inner: Array<PatchPart> = []
  for (const key of keysOf(before)) if (get(value, key) === undefined) put(changes, key, null)
  for (const key of keysOf(value)) {
    const [from, to] = [get(before, key), value[key]]
    const at = `${pointer}/${escape(key)}`
    if (isPlainObject(to)) {
      const child: Fields = {}
      put(changes, key, child)
      inner.push({ was: from, value: to, changes: child, pointer: at, parent: changes, key })
    } else if (!equals(from, to)) {
      if (to === null) lost.push(at)
      put(changes, key, to)
    }
  }
  return inner
}

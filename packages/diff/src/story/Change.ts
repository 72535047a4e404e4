import { Eq, Meta } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as Delta from '../Delta.ts'
import { get, isFields } from '../internal/json.ts'
import type { Change, FieldChange } from './narrative/Change.ts'
import { narratorOf } from './narrative/narratorOf.ts'
import type { Operation } from '../Operation.ts'
import * as Place from '../FieldPath.ts'

export type { Change, FieldChange, FileName, RunChange } from './narrative/Change.ts'

/**
 * What differs between two records, as people want to hear it: of the records of a run its news, of everything else
 * the fields that differ.
 *
 * Laws: no changes, exactly if the records are equal (`Eq`); every operation of their delta is told by some change.
 *
 * @example
 * const Point = record('Point', { x: Integer, y: Integer })
 * const changes = Change.of(Point)({ x: 1, y: 2 }, { x: 1, y: 3 })
 * changeText(changes) // => ~ y: 2 → 3
 */
export const of = <A>(codec: t.Type<A, unknown>): ((a: A, b: A) => ReadonlyArray<Change>) => {
  const { diff } = Delta.of(codec)
  const { equals } = Eq.of(codec)
  const placeOf = Place.of(codec)
  const tellers = narratorOf(codec)?.tellers ?? []
  const isSame = sameThing(codec)
  return (a, b) => {
    const delta = diff(a, b)
    if (delta.length === 0) return equals(a, b) ? [] : [{ _tag: 'Unsaid', operations: [] }]
    const scene = { a, b, delta, placeOf }
    const told = isSame(a, b) ? tellers.flatMap(tell => tell(scene)) : []
    const covered = new Set(told.flatMap(({ operations }) => operations))
    const rest = delta.filter(operation => !covered.has(operation))
    return [...told, ...rest.map(operation => fieldChange(operation, placeOf, b))]
  }
}

/** Whether two records are of one thing: what happened to it cannot be told of two. */
const sameThing = (codec: t.Any) => {
  const { identity } = Meta.of(codec)
  const idOf = (value: unknown) =>
    typeof identity === 'object' && isFields(value) ? get(value, identity.key) : undefined
  return (a: unknown, b: unknown): boolean => idOf(a) === idOf(b)
}

const fieldChange = (operation: Operation, placeOf: ReturnType<typeof Place.of>, b: unknown): FieldChange => {
  const operations = [operation]
  const { path } = operation
  switch (operation.op) {
    case 'add':
      return { _tag: 'Added', place: placeOf(path, b, operation.value), value: operation.value, operations }
    case 'remove':
      return { _tag: 'Removed', place: placeOf(path, b, operation.was), was: operation.was, operations }
    case 'replace':
      return {
        _tag: 'Replaced',
        place: placeOf(path, b),
        was: operation.was,
        value: operation.value,
        operations,
      }
    default: {
      const slash = path.lastIndexOf('/')
      return {
        _tag: 'Moved',
        place: placeOf(path.slice(0, slash), b),
        from: operation.from.slice(slash + 1),
        to: path.slice(slash + 1),
        operations,
      }
    }
  }
}

import { Eq, Identity } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as Delta from '../Delta.ts'
import * as FieldPath from '../FieldPath.ts'
import type { Operation } from '../Operation.ts'
import type { Change, FieldChange } from './narrative/RunChange.ts'
import type { Narrator } from './narrative/Narrator.ts'
import { narratorFor } from './narrative/narratorFor.ts'

export type { Change, FieldChange, FileName, RunChange } from './narrative/RunChange.ts'

/**
 * Describes what differs between two records: of one run by its news, otherwise field by field.
 *
 * Laws: no changes exactly if the records are equal (`Eq`), null and absent being one in runs;
 * every operation of the delta is in some change. The narrator is that of the records' kind, so a
 * wrapped codec gives the same changes.
 *
 * @example
 * const Point = record('Point', { x: Integer, y: Integer })
 * const changes = Change.of(Point)({ x: 1, y: 2 }, { x: 1, y: 3 })
 * changeText(changes) // => ~ y: 2 → 3
 */
export const of = <A>(codec: t.Type<A, unknown>): ((a: A, b: A) => ReadonlyArray<Change>) => {
  const describe = changesBy(codec)
  return (a, b) => {
    const narrator = narratorFor(b)
    return describe(narrator !== undefined && narrator === narratorFor(a) ? narrator : undefined)(a, b)
  }
}

/**
 * Describes a run that was not there before: its status, and what it has got to. Empty for a record
 * that is no run.
 */
export const introduce = <A>(codec: t.Type<A, unknown>): ((a: A) => ReadonlyArray<Change>) => {
  const describe = changesBy(codec)
  return a => {
    const narrator = narratorFor(a)
    if (narrator === undefined) return []
    return [narrator.firstSeen(a, null), ...describe(narrator)(narrator.before(a) as A, a)]
  }
}

type Describe<A> = (a: A, b: A) => ReadonlyArray<Change>
type ChangesBy<A> = (narrator: Narrator<unknown> | undefined) => Describe<A>

const derived = new WeakMap<t.Any, ChangesBy<never>>()

/**
 * Changes between values of a codec in the words of the narrator that is passed. Derived once a
 * codec: that takes longer than the story of a run.
 */
export const changesBy = <A>(codec: t.Type<A, unknown>): ChangesBy<A> => {
  const known = derived.get(codec) as ChangesBy<A> | undefined
  if (known !== undefined) return known
  const changes = derive(codec)
  derived.set(codec, changes)
  return changes
}

const derive = <A>(codec: t.Type<A, unknown>): ChangesBy<A> => {
  const { diff } = Delta.of(codec)
  const { equals } = Eq.of(codec)
  const placeOf = FieldPath.of(codec)
  const isSame = isOneThing(codec)
  return narrator => (a, b) => {
    const [was, now] =
      narrator === undefined ? [a, b] : [narrator.comparable(a) as A, narrator.comparable(b) as A]
    const delta = diff(was, now)
    if (delta.length === 0) return equals(was, now) ? [] : [{ _tag: 'NotInJson', operations: [] }]
    const pair = { a, b, delta, placeOf }
    const described = narrator !== undefined && isSame(a, b) ? narrator.rules.flatMap(rule => rule(pair)) : []
    const covered = new Set(described.flatMap(({ operations }) => operations))
    const rest = delta.filter(operation => !covered.has(operation))
    return [...described, ...rest.map(operation => fieldChange(operation, placeOf, b))]
  }
}

/** True if two records have one identity: only then did something happen from one to the other. */
const isOneThing = (codec: t.Any) => {
  const { idOf } = Identity.of(codec)
  return (a: unknown, b: unknown): boolean => idOf(a) === idOf(b)
}

const fieldChange = (
  operation: Operation,
  placeOf: ReturnType<typeof FieldPath.of>,
  b: unknown,
): FieldChange => {
  const operations = [operation]
  const { path } = operation
  switch (operation.op) {
    case 'add': {
      const { value } = operation
      return { _tag: 'Added', place: placeOf(path, b, value), value, operations }
    }
    case 'remove': {
      const { was } = operation
      return { _tag: 'Removed', place: placeOf(path, b, was), was, operations }
    }
    case 'replace': {
      const { was, value } = operation
      return { _tag: 'Replaced', place: placeOf(path, b), was, value, operations }
    }
    default: {
      const slash = path.lastIndexOf('/')
      const from = operation.from.slice(slash + 1)
      return {
        _tag: 'Moved',
        place: placeOf(path.slice(0, slash), b),
        from,
        to: path.slice(slash + 1),
        operations,
      }
    }
  }
}

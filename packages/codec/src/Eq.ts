import type * as t from 'io-ts'
import { compileFunction } from './compile/compileFunction.ts'
import { sourceOf } from './compile/EqSource.ts'
import { deepEqual } from './internal/deepEqual.ts'

/** An equality, assignable to fp-ts's `Eq`. */
export interface Eq<in A> {
  readonly equals: (x: A, y: A) => boolean
}

/**
 * Derives the equality of a codec's values. Everything that is there counts, also keys that the
 * codec does not name, in any order. Absent, null and `undefined` differ; NaN equals NaN; 0 differs
 * from -0. Dates are equal by their time; instances of other classes only to themselves. Cycles are
 * allowed.
 *
 * The codec makes it fast and never changes the result. Laws: reflexive, symmetric, transitive;
 * equal values have the same canonical text, if they have one.
 *
 * @example
 * const Point = record('Point', { x: Integer, y: Integer })
 * Eq.of(Point).equals({ x: 1, y: 2 }, { y: 2, x: 1 }) // => true
 */
export const of = <A>(codec: t.Type<A, any, any>): Eq<A> => {
  const source = sourceOf(codec)
  if (source === undefined) return { equals: deepEqual }
  const generated = compileFunction(source.text, 'k')?.(source.constants) as Eq<A>['equals'] | undefined
  return { equals: generated ?? deepEqual }
}

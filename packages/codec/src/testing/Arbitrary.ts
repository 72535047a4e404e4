import * as fc from 'fast-check'
import type * as t from 'io-ts'
import * as Shape from '../Shape.ts'
import type { Options } from './edgeCases.ts'
import * as Mutator from './Mutator.ts'
import { mutants as nearTo } from './mutants.ts'
import { algebra, maxFuel, type ValueSource } from './ValueSource.ts'

export type { Options } from './edgeCases.ts'

/**
 * Generates values of a codec that reach the edge cases: empty texts and line ends, all of Unicode,
 * -0 and the ends of every range, equal items and items with the same identity, keys in any order,
 * unknown keys (`__proto__` and `constructor` among them). Law: `codec.is` accepts each of them,
 * and decoding returns it.
 *
 * Refinements with `constraints` are generated to meet them; others are searched for.
 *
 * @example
 * import * as fc from 'fast-check'
 * const Point = record('Point', { x: Integer })
 * fc.assert(fc.property(Arbitrary.of(Point), point => Point.is(point)))
 *
 * @throws when the structure of the codec is not known, or nothing finite is of its type
 */
export const of = <A>(codec: t.Type<A, any, any>, options: Options = {}): fc.Arbitrary<A> =>
  made(codec, Shape.fold(algebra(options))(codec)) as fc.Arbitrary<A>

/**
 * Generates two values of a codec, the second one at most four edits from the first: a field
 * changed; items appended, inserted, deleted, moved, repeated, repeated under the same identity;
 * optional and unknown keys added and removed. Diff laws over unrelated values alone let wrong
 * diffs pass.
 *
 * @example
 * import * as fc from 'fast-check'
 * const Points = t.array(record('Point', { x: Integer }))
 * fc.assert(fc.property(Arbitrary.pairs(Points), ([before, after]) => Points.is(before) && Points.is(after)))
 *
 * @throws as {@link of} does
 */
export const pairs = <A>(codec: t.Type<A, any, any>, options: Options = {}): fc.Arbitrary<[A, A]> => {
  const mutator = Shape.fold(Mutator.algebra(options))(codec)
  const edited = (a: unknown, edits: number): fc.Arbitrary<unknown> =>
    edits === 0 ? fc.constant(a) : mutator.edit(a).chain(b => edited(b, edits - 1))
  return fc
    .tuple(made(codec, mutator), fc.nat({ max: 4 }))
    .chain(([a, edits]) => fc.tuple(fc.constant(a), edited(a, edits))) as fc.Arbitrary<[A, A]>
}

/**
 * Generates values that a codec almost accepts: one part of a valid value is replaced, removed or
 * added, at any depth. Some are valid again.
 *
 * @throws as {@link of} does
 */
export const mutants = (codec: t.Any, options: Options = {}): fc.Arbitrary<unknown> =>
  nearTo(of(codec, options), options)

const made = (codec: t.Any, source: ValueSource): fc.Arbitrary<unknown> => {
  const arbitrary = source.make(maxFuel)
  if (arbitrary === undefined)
    throw new Error(`Arbitrary cannot be derived from ${codec.name}: no finite value is of its type.`)
  return arbitrary
}

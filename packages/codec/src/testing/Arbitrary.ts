import * as fc from 'fast-check'
import type * as t from 'io-ts'
import * as Shape from '../Shape.ts'
import type { Options } from './edgeCases.ts'
import * as Edit from './Mutator.ts'
import { mutants as nearTo } from './mutants.ts'
import { algebra, maxFuel, type ValueSource } from './ValueSource.ts'

export type { Options } from './edgeCases.ts'

/**
 * Generates what a codec describes, with the values that break things: empty texts and line ends, all of Unicode, -0
 * and the ends of every range, equal items and items with the same identity, keys in any order, keys that the codec
 * does not name (`__proto__` and `constructor` among them). Law: `codec.is` accepts every one of them, and decoding
 * gives it back.
 *
 * Refinements that state their `constraints` are generated to meet them; other ones are searched for.
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
 * Generates two values of a codec, the second made from the first by at most four edits: a field changed; items
 * appended, inserted, deleted, moved, repeated, repeated under the same identity; optional and unknown keys added and
 * removed. A law of diffs over unrelated values alone lets wrong ones pass.
 *
 * @example
 * import * as fc from 'fast-check'
 * const Points = t.array(record('Point', { x: Integer }))
 * fc.assert(fc.property(Arbitrary.pairs(Points), ([before, after]) => Points.is(before) && Points.is(after)))
 *
 * @throws as {@link of} does
 */
export const pairs = <A>(codec: t.Type<A, any, any>, options: Options = {}): fc.Arbitrary<[A, A]> => {
  const editor = Shape.fold(Edit.algebra(options))(codec)
  const edited = (a: unknown, edits: number): fc.Arbitrary<unknown> =>
    edits === 0 ? fc.constant(a) : editor.edit(a).chain(b => edited(b, edits - 1))
  return fc
    .tuple(made(codec, editor), fc.nat({ max: 4 }))
    .chain(([a, edits]) => fc.tuple(fc.constant(a), edited(a, edits))) as fc.Arbitrary<[A, A]>
}

/**
 * Generates values that a codec nearly describes: one thing in a valid value is replaced, removed or added, at any
 * depth. Some of them are valid again.
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

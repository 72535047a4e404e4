import type * as t from 'io-ts'
import { generate } from './internal/generate.ts'
import { same } from './internal/same.ts'
import { pairwise } from './pairwise.ts'
import * as Shape from './Shape.ts'

/** An equality: fp-ts's `Eq`, to be used wherever fp-ts takes one. */
export interface Eq<in A> {
  readonly equals: (x: A, y: A) => boolean
}

/**
 * The equality of what a codec describes: of everything that is there, whatever the order of keys. Keys that the codec
 * does not name take part, at every level, also `__proto__` and `constructor` as own keys. Absent, null and `undefined`
 * are three things, NaN equals NaN, and 0 does not equal -0. Dates are equal by their instant, instances of other
 * classes only to themselves. Answers at any depth and for cyclic values.
 *
 * The answer does not depend on the codec, only the speed does: what a codec leaves open (unions of objects, recursion,
 * codecs whose structure is not known) is compared as it is.
 *
 * Laws: reflexive, symmetric and transitive; equal values have the same canonical text, where they have one.
 *
 * @example
 * const Point = record('Point', { x: Integer, y: Integer })
 * Eq.of(Point).equals({ x: 1, y: 2 }, { y: 2, x: 1 }) // => true
 */
export const of = <A>(codec: t.Type<A, any, any>): Eq<A> => ({ equals: equalsOf(codec).equals })

/** `leaf`: no object is described. Every `equals` answers for whatever it is given. */
interface Equals {
  readonly leaf: boolean
  readonly equals: (x: any, y: any) => boolean
}

const leaf: Equals = {
  leaf: true,
  equals: (x, y) => Object.is(x, y) || (typeof x === 'object' && same(x, y)),
}
const text: Equals = { leaf: true, equals: (x, y) => x === y || leaf.equals(x, y) }
const any: Equals = { leaf: false, equals: same }
const object = (equals: Equals['equals']): Equals => ({ leaf: false, equals })

const equalsOf = Shape.fold<Equals>({
  unknown: () => any,
  undefined: () => leaf,
  null: () => leaf,
  boolean: () => leaf,
  number: () => leaf,
  string: () => text,
  literal: () => leaf,
  array: item => object(list(item)),
  tuple: () => any,
  record: () => any,
  struct: fields => object(struct(fields)),
  union: members => {
    const [one, ...others] = members.filter(m => !m.leaf)
    if (one === undefined) return leaf
    // both of them are `one`'s, or at least one of them is no object at all
    return others.length > 0
      ? any
      : object((x, y) => (isObject(x) && isObject(y) ? one.equals(x, y) : Object.is(x, y)))
  },
  intersection: () => any,
  refine: inner => inner,
  lazy: () => any,
  opaque: () => any,
})

const isObject = (u: unknown): u is object => typeof u === 'object' && u !== null

/** Code of its own for every codec: what is shared by all of them, the compiler of V8 cannot make fast. */
const list = ({ equals }: Equals): Equals['equals'] =>
  (generate(listSource, 'equals', 'same')?.(equals, same) as Equals['equals'] | undefined) ?? slowList(equals)

const listSource = `return (xs, ys) => {
if (xs === ys) return true
if (!Array.isArray(xs) || !Array.isArray(ys)) return same(xs, ys)
if (xs.length !== ys.length) return false
for (let i = 0; i < xs.length; i++) if (!equals(xs[i], ys[i])) return false
return true
}`

const slowList =
  (equals: Equals['equals']): Equals['equals'] =>
  (xs: unknown, ys: unknown) =>
    Array.isArray(xs) && Array.isArray(ys)
      ? xs.length === ys.length && xs.every((x, i) => equals(x, ys[i]))
      : same(xs, ys)

type Fields = Readonly<Record<string, unknown>>

const struct = (fields: ReadonlyArray<Shape.Field<Equals>>): Equals['equals'] => {
  const values = fields.map(f => f.value.equals)
  const known = new Set(fields.map(f => f.key))
  const compare = pairwise<undefined>([...known], {
    visit: (i, a, b) => a !== undefined && b !== undefined && (values[i] as Equals['equals'])(a, b),
    others: (x, y) => sizeOf(x) === sizeOf(y) && sameRest(x, y, known),
    unlike: same,
  })
  return compare as Equals['equals']
}

const sizeOf = (x: Fields): number => {
  let size = 0
  for (const _ in x) size++
  return size
}

/** The keys that hold `undefined`, and those that the codec does not name; there are as many in both. */
const sameRest = (x: Fields, y: Fields, known: ReadonlySet<string>): boolean =>
  Object.keys(x).every(key => Object.hasOwn(y, key) && (known.has(key) || same(x[key], y[key])))

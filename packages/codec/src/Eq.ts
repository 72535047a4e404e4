import type * as t from 'io-ts'
import { codeEmitter, quote, type Source } from './compile/CodeEmitter.ts'
import { compileFunction } from './compile/compileFunction.ts'
import { deepEqual } from './internal/deepEqual.ts'
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
export const of = <A>(codec: t.Type<A, any, any>): Eq<A> => {
  const { text, constants } = sourceOf(codec)
  return { equals: (compileFunction(text, 'k')?.(constants) as Eq<A>['equals'] | undefined) ?? deepEqual }
}

/** An expression for whether two values are the same, whatever they are. `leaf`: no object is described. */
interface Part {
  readonly leaf: boolean
  readonly equal: (x: string, y: string) => string
}

/** One text for the whole codec: functions that several codecs share, the compiler of V8 cannot make fast. */
const sourceOf = (codec: t.Any): Source => {
  const { name, bound, define, source } = codeEmitter()
  const [is, structurally] = [bound(sameValue), bound(deepEqual)]
  const leaf: Part = { leaf: true, equal: (x, y) => `(${x} === ${y} || ${is}(${x}, ${y}))` }
  const number: Part = { leaf: true, equal: (x, y) => `(${x} === ${y} && ${x} !== 0 || ${is}(${x}, ${y}))` }
  const any: Part = { leaf: false, equal: number.equal }

  /** Statements that `return false`, as a function of its own. */
  const called = (statements: (x: string, y: string) => string): Part => {
    const f = name()
    define(f, statements)
    return { leaf: false, equal: (x, y) => `${f}(${x}, ${y})` }
  }

  const list = (item: Part) =>
    called(
      (x, y) => `if (${x} === ${y}) return ${x} !== 0 || ${is}(${x}, ${y})
if (!Array.isArray(${x}) || !Array.isArray(${y})) return ${structurally}(${x}, ${y})
if (${x}.length !== ${y}.length) return false
for (let i = 0, n = ${x}.length; i < n; i++) if (!${item.equal(`${x}[i]`, `${y}[i]`)}) return false
`,
    )

  /** `constructor` is cheaper than the prototype, and as good: an own key of that name only takes the slower way. */
  const struct = (fields: ReadonlyArray<Shape.Field<Part>>) => {
    const rest = bound(sameRest(new Set(fields.map(f => f.key))))
    return called(
      (x, y) => `if (${x} === ${y}) return ${x} !== 0 || ${is}(${x}, ${y})
if (${x}?.constructor !== Object || ${y}?.constructor !== Object) return ${structurally}(${x}, ${y})
let n = 0, m = 0, u, v
${fields
  .map(
    ({ key, value }) => `u = ${read(x, key)}
v = ${read(y, key)}
if (u !== undefined) n++
if (!${value.equal('u', 'v')}) return false
`,
  )
  .join('')}m = n
for (const _ in ${x}) n--
for (const _ in ${y}) m--
if ((n !== 0 || m !== 0) && !${rest}(${x}, ${y})) return false
`,
    )
  }

  const part = Shape.fold<Part>({
    unknown: () => any,
    undefined: () => leaf,
    null: () => leaf,
    boolean: () => leaf,
    number: () => number,
    string: () => leaf,
    literal: () => number,
    array: list,
    tuple: () => any,
    record: () => any,
    struct,
    union: members => {
      const [one, ...others] = members.filter(m => !m.leaf)
      if (one === undefined) return members.includes(number) ? number : leaf
      return others.length > 0 ? any : one // which answers for the leaves as well
    },
    intersection: () => any,
    refine: inner => inner,
    lazy: () => any,
    opaque: () => any,
  })
  const root = part(codec)
  define('equals', (x, y) => `if (!${root.equal(x, y)}) return false\n`)
  return source('return equals')
}

/** What every object inherits is not seen by reading it. */
const read = (object: string, key: string): string => {
  const value = `${object}[${quote(key)}]`
  return key in Object.prototype ? `(Object.hasOwn(${object}, ${quote(key)}) ? ${value} : undefined)` : value
}

const sameValue = (x: unknown, y: unknown): boolean =>
  Object.is(x, y) || (typeof x === 'object' && deepEqual(x, y))

type Fields = Readonly<Record<string, unknown>>

/** The keys that hold `undefined`, and those that the codec does not name. */
const sameRest =
  (known: ReadonlySet<string>) =>
  (x: Fields, y: Fields): boolean =>
    sizeOf(x) === sizeOf(y) &&
    Object.keys(x).every(key => Object.hasOwn(y, key) && (known.has(key) || deepEqual(x[key], y[key])))

const sizeOf = (x: Fields): number => {
  let size = 0
  for (const _ in x) size++
  return size
}

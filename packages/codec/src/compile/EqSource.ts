import type * as t from 'io-ts'
import { deepEqual } from '../internal/deepEqual.ts'
import * as Shape from '../Shape.ts'
import { codeEmitter, type CodeEmitter, quote, type Source } from './CodeEmitter.ts'

/** An expression that compares two values of any kind. */
interface EqPart {
  /** True if the codec describes no object. */
  readonly leaf: boolean
  readonly equal: (x: string, y: string) => string
}

/**
 * Generates the equality of a codec as one function body; `undefined` if the codec says nothing
 * about its values, whose equality is `deepEqual`. Helpers shared between codecs become
 * megamorphic, and V8 cannot optimize them.
 */
export const sourceOf = (codec: t.Any): Source | undefined => {
  const emitter = codeEmitter()
  const parts = algebra(emitter)
  const root = Shape.fold(parts)(codec)
  if (root === parts.unknown(codec)) return undefined
  emitter.define('equals', (x, y) => `if (!${root.equal(x, y)}) return false\n`)
  return emitter.source('return equals')
}

const algebra = (emitter: CodeEmitter): Shape.Algebra<EqPart> => {
  const [is, structurally] = [emitter.bound(sameValue), emitter.bound(deepEqual)]
  const leaf: EqPart = { leaf: true, equal: (x, y) => `(${x} === ${y} || ${is}(${x}, ${y}))` }
  const number: EqPart = { leaf: true, equal: (x, y) => `(${x} === ${y} && ${x} !== 0 || ${is}(${x}, ${y}))` }
  const any: EqPart = { leaf: false, equal: number.equal }

  /** A function of its own, from statements that `return false`. */
  const called = (statements: (x: string, y: string) => string): EqPart => {
    const f = emitter.name()
    emitter.define(f, statements)
    return { leaf: false, equal: (x, y) => `${f}(${x}, ${y})` }
  }
  const identical = (x: string, y: string) => `if (${x} === ${y}) return ${x} !== 0 || ${is}(${x}, ${y})\n`

  return {
    unknown: () => any,
    undefined: () => leaf,
    null: () => leaf,
    boolean: () => leaf,
    number: () => number,
    string: () => leaf,
    literal: () => number,
    array: item =>
      called(
        (
          x,
          y,
        ) => `${identical(x, y)}if (!Array.isArray(${x}) || !Array.isArray(${y})) return ${structurally}(${x}, ${y})
if (${x}.length !== ${y}.length) return false
for (let i = 0, n = ${x}.length; i < n; i++) if (!${item.equal(`${x}[i]`, `${y}[i]`)}) return false
`,
      ),
    tuple: () => any,
    record: () => any,
    struct: fields => {
      const rest = emitter.bound(sameRest(new Set(fields.map(f => f.key))))
      return called(
        (x, y) => `${identical(x, y)}if (${isOdd(x)} || ${isOdd(y)}) return ${structurally}(${x}, ${y})
let n = 0, m = 0, u, v
${fields.map(field => compareField(x, y, field)).join('')}m = n
for (const k in ${x}) n--
for (const k in ${y}) m--
if ((n !== 0 || m !== 0) && !${rest}(${x}, ${y})) return false
`,
      )
    },
    union: members => {
      const [one, ...others] = members.filter(m => !m.leaf)
      if (one === undefined) return members.includes(number) ? number : leaf
      return others.length > 0 ? any : one // its function compares leaves as well
    },
    intersection: () => any,
    refine: inner => inner,
    lazy: () => any,
    opaque: () => any,
  }
}

/** Cheaper than Object.getPrototypeOf; an own key of that name takes the slow path. */
const isOdd = (x: string): string => `${x}?.__proto__ !== Object.prototype`

const compareField = (x: string, y: string, { key, value }: Shape.Field<EqPart>): string =>
  `u = ${read(x, key)}
v = ${read(y, key)}
if (u !== undefined) n++
if (!${value.equal('u', 'v')}) return false
`

/** Reads an own key: names that every object inherits are checked first. */
const read = (object: string, key: string): string => {
  const value = `${object}[${quote(key)}]`
  return key in Object.prototype ? `(Object.hasOwn(${object}, ${quote(key)}) ? ${value} : undefined)` : value
}

const sameValue = (x: unknown, y: unknown): boolean =>
  Object.is(x, y) || (typeof x === 'object' && deepEqual(x, y))

type Fields = Readonly<Record<string, unknown>>

/** Compares the keys that hold `undefined`, and those that the codec does not name. */
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

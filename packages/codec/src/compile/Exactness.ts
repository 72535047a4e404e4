import type * as t from 'io-ts'
import { type CodeEmitter, codeEmitter, quote } from './CodeEmitter.ts'
import { compileFunction } from './compileFunction.ts'
import * as Shape from '../Shape.ts'

/**
 * Facts about a decoded JSON value that hold for certain. Law: if `isExact(u)`, then `u` has no
 * infinity (parsers make one of a number beyond the range of a double), no unknown key outside
 * dictionaries, and at most `maxDepth` levels.
 */
export interface Exactness {
  /**
   * False decides nothing. Much cheaper than searching the text: little more than counting keys.
   */
  readonly isExact: (u: unknown) => boolean
  readonly maxDepth: number
}

/**
 * The exactness of a codec's values; for opaque and recursive codecs nothing is certain.
 *
 * @example
 * Exactness.of(record('Point', { x: Integer })).isExact({ x: 1, y: 1 / 0 }) // => false
 */
export const of = (codec: t.Any): Exactness => stated.get(codec) ?? derive(codec)

const stated = new WeakMap<t.Any, Exactness>()

/** States the exactness of an opaque codec's values, where its author knows it by the same law. */
export const state = (codec: t.Any, exactness: Exactness): void => void stated.set(codec, exactness)

const derive = (codec: t.Any): Exactness => {
  let isKnown: Exactness['isExact'] | undefined
  const code = codeEmitter()
  const { test, depth: maxDepth } = Shape.fold(algebra(code))(codec)
  return {
    maxDepth,
    isExact: u => {
      isKnown ??=
        (
          compileFunction(code.source(`return x => ${test('x')}`).text) as
            | (() => Exactness['isExact'])
            | undefined
        )?.() ?? (() => false)
      return isKnown(u)
    },
  }
}

/** An expression over an accepted value, and the depth of that value. */
interface Part {
  readonly codec: t.Any
  readonly test: (x: string) => string
  readonly depth: number
}

const certain = (codec: t.Any, depth = 0): Part => ({ codec, test: () => 'true', depth })
const uncertain = (codec: t.Any): Part => ({ codec, test: () => 'false', depth: 0 })
const isCertain = ({ test }: Part): boolean => test('x') === 'true'
const deepest = (parts: ReadonlyArray<Part>): number => Math.max(0, ...parts.map(({ depth }) => depth))

/** True for a scalar that another member of a union accepted: it contains nothing. */
const isScalar = (x: string) => `(${x} === null || (typeof ${x} !== 'object' && ${isFinite(x)}))`
const field = (x: string, key: string) => `${x}[${quote(key)}]`
const isFinite = (x: string) => `(typeof ${x} !== 'number' || ${x} - ${x} === 0)`

/** Accepted by one of the members, or by all. */
const every = (members: ReadonlyArray<Part>, codec: t.Any): Part => {
  const tests = members.filter(member => !isCertain(member)).map(({ test }) => test)
  return {
    codec,
    test: x => tests.map(test => test(x)).join(' && ') || 'true',
    depth: deepest(members),
  }
}

const algebra = (code: CodeEmitter): Shape.Algebra<Part> => {
  const defined = (statements: (x: string) => string): Part['test'] => {
    const name = code.name()
    code.define(name, x => statements(x))
    return x => `${name}(${x})`
  }
  const struct = (fields: ReadonlyArray<Shape.Field<Part>>): Part['test'] => {
    const isThere = ({ optional, value }: Shape.Field<Part>) => !optional && !value.codec.is(undefined)
    const required = fields.filter(isThere).length
    return defined(x => {
      const others = fields.filter(f => !isThere(f)).map(({ key }) => ` - (${field(x, key)} !== undefined)`)
      const inside = fields
        .filter(({ value }) => !isCertain(value))
        .map(({ key, value: { test } }) => `const y = ${field(x, key)}\nif (!(${test('y')})) return false\n`)
      return (
        `if (typeof ${x} !== 'object' || ${x} === null || Array.isArray(${x})) return ${isScalar(x)}\n` +
        `let n = 0\nfor (const key in ${x}) n++\n` +
        `if (n !== ${required} && n - ${required}${others.join('')} !== 0) return false\n` +
        inside.map(statements => `{\n${statements}}\n`).join('')
      )
    })
  }
  return {
    unknown: uncertain,
    undefined: certain,
    null: certain,
    boolean: certain,
    number: codec => ({ codec, test: isFinite, depth: 0 }),
    string: certain,
    literal: (_, codec) => certain(codec),
    array: (item, codec) => {
      if (isCertain(item)) return certain(codec, item.depth + 1)
      const test = defined(
        x =>
          `if (!Array.isArray(${x})) return ${isScalar(x)}\n` +
          `for (let i = 0; i < ${x}.length; i++) {\nconst y = ${x}[i]\nif (!(${item.test('y')})) return false\n}\n`,
      )
      return { codec, test, depth: item.depth + 1 }
    },
    tuple: (_, codec) => uncertain(codec),
    record: (_, inner, codec) => (isCertain(inner) ? certain(codec, inner.depth + 1) : uncertain(codec)),
    struct: (fields, _, codec) =>
      // an absent key must not be confused with an inherited one
      fields.some(({ key }) => key in Object.prototype)
        ? uncertain(codec)
        : { codec, test: struct(fields), depth: 1 + deepest(fields.map(({ value }) => value)) },
    union: every,
    intersection: every,
    refine: (inner, predicate, codec) => {
      const accepts = predicate as (n: number) => boolean
      return inner.test === isFinite && !accepts(Infinity) && !accepts(-Infinity)
        ? certain(codec)
        : { ...inner, codec }
    },
    // its depth is unknown
    lazy: (_, codec) => uncertain(codec),
    opaque: uncertain,
  }
}

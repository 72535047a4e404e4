import { codeGeneration } from '../compile/codeGeneration.ts'
import * as fc from 'fast-check'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { isObject } from '../internal/objects.ts'
import { maxIssues } from '../DecodeError.ts'
import * as Eq from '../Eq.ts'
import { fromErrors } from '../fromErrors.ts'
import * as JsonSchema from '../JsonSchema.ts'
import * as Validator from '../Validator.ts'
import * as Arbitrary from './Arbitrary.ts'

/** Options of a law: fast-check's parameters (`numRuns`, `seed`) and the values to try. */
export interface LawOptions extends Arbitrary.Options {
  readonly runs?: fc.Parameters<unknown>
}

type Codec<A> = t.Type<A, any, any>

/** Generated values belong to the codec: `is` accepts them, and they decode to themselves. */
export const generates = <A>(codec: Codec<A>, options: LawOptions = {}): void =>
  check(Arbitrary.of(codec, options), options, a => {
    const result: t.Validation<unknown> = codec.decode(a)
    return codec.is(a) && E.isRight(result) && sameValue(result.right, a)
  })

/**
 * The guard agrees with the decoder: what `is` accepts decodes, and `is` accepts what was decoded.
 * (`is` may refuse what decodes: an absent key where `undefined` may be.)
 */
export const guardAgrees = <A>(codec: Codec<A>, options: LawOptions = {}): void =>
  check(Arbitrary.mutants(codec, { notJson: true, ...options }), options, u => {
    // io-ts's `is` skips the holes of a list; its `decode` reads undefined there
    if (hasHole(u)) return true
    const result: t.Validation<unknown> = codec.decode(u)
    return E.isRight(result) ? codec.is(result.right) : !codec.is(u)
  })

/** `decode(encode(a)) = right(a)`. */
export const encodeDecodes = <A>(codec: Codec<A>, options: LawOptions = {}): void =>
  check(Arbitrary.of(codec, options), options, a => {
    const result: t.Validation<A> = codec.decode(codec.encode(a))
    return E.isRight(result) && Eq.of(codec).equals(result.right, a)
  })

/** `encode(decode(encode(a))) = encode(a)`, also where encoding leaves something out. */
export const encodeSettles = <A>(codec: Codec<A>, options: LawOptions = {}): void =>
  check(Arbitrary.of(codec, options), options, a => {
    const once: unknown = codec.encode(a)
    const result: t.Validation<A> = codec.decode(once)
    return E.isRight(result) && sameValue(codec.encode(result.right), once)
  })

/** `Eq.of(codec)` is an equivalence that agrees with the structure of the values. */
export const equalityHolds = <A>(codec: Codec<A>, options: LawOptions = {}): void => {
  const { equals } = Eq.of(codec)
  const transitive = (x: A, y: A, z: A) => !equals(x, y) || !equals(y, z) || equals(x, z)
  check(
    Arbitrary.pairs(codec, options),
    options,
    ([a, b]) => equals(a, copy(a)) && equals(a, b) === equals(b, a),
  )
  check(fc.tuple(Arbitrary.pairs(codec, options), Arbitrary.of(codec, options)), options, ([[a, b], c]) => {
    return transitive(a, b, c) && transitive(copy(a), a, b)
  })
}

/**
 * `Validator.of(codec)` agrees with io-ts: the same side, the same value, the same errors; the same
 * issues where there are more than an error holds.
 */
export const validatorAgrees = <A>(codec: Codec<A>, options: LawOptions = {}): void => {
  const validator = Validator.of(codec)
  check(Arbitrary.mutants(codec, { notJson: true, ...options }), options, u => {
    const [ours, theirs]: [t.Validation<A>, t.Validation<A>] = [validator.decode(u), codec.decode(u)]
    if (validator.is(u) !== codec.is(u) || (validator.accepts(u) && !E.isRight(theirs))) return false
    if (E.isRight(ours)) return E.isRight(theirs) && sameValue(ours.right, theirs.right)
    return E.isLeft(theirs) && sameErrors(ours.left, theirs.left)
  })
}

/**
 * The fast path and the explaining path of a derivation answer alike. `derive` is called with and
 * without generated code, and both results are asked about each input, often enough that code is
 * generated. Pass a `derive` that builds its codec itself.
 */
export const pathsAgree = <A>(
  derive: () => (input: A) => unknown,
  inputs: fc.Arbitrary<A>,
  { runs = {} }: Pick<LawOptions, 'runs'> = {},
): void => {
  try {
    codeGeneration(false)
    const explaining = derive()
    const expected: Array<readonly [A, string]> = [] // no map: it takes -0 for 0
    fc.assert(
      fc.property(inputs, input => void expected.push([input, fc.stringify(explaining(input))])),
      { seed: 1, ...runs },
    )
    codeGeneration(true)
    const fast = derive()
    for (const [input] of expected) fast(input)
    for (const [input, answer] of expected)
      if (fc.stringify(fast(input)) !== answer)
        throw new Error(
          `the paths differ on ${fc.stringify(input)}: ${fc.stringify(fast(input))}, not ${answer}`,
        )
  } finally {
    codeGeneration(true)
  }
}

/** Compiles a JSON Schema into a predicate: `schema => new Ajv2020().compile(schema)`. */
export type Compile = (schema: JsonSchema.JsonSchema) => (value: unknown) => boolean

/**
 * A JSON Schema validator accepts every JSON value that `is` accepts, none that does not decode,
 * and every encoded value. Not for refinements without `constraints`.
 */
export const schemaAgrees = <A>(
  codec: Codec<A>,
  { compile, draft = '2020-12', ...options }: SchemaLawOptions,
): void => {
  const accepts = compile(JsonSchema.of(codec, { draft }))
  check(fc.oneof(Arbitrary.of(codec, options), Arbitrary.mutants(codec, options)), options, u => {
    const value = asJson(u)
    return accepts(value) ? E.isRight<unknown>(codec.decode(value)) : !codec.is(value)
  })
  const gives = compile(JsonSchema.of(codec, { draft, side: 'encode' }))
  check(Arbitrary.of(codec, options), options, a => gives(asJson(codec.encode(a))))
}

/** Options of the schema law: the draft, and a compiler of schemas of that draft. */
export interface SchemaLawOptions extends LawOptions {
  readonly compile: Compile
  readonly draft?: '2020-12' | 'draft-07'
}

/** The value after a trip through JSON; undefined becomes null. */
const asJson = (u: unknown): unknown => JSON.parse(JSON.stringify(u) ?? 'null')

const check = <A>(values: fc.Arbitrary<A>, { runs }: LawOptions, holds: (a: A) => boolean): void =>
  fc.assert(fc.property(values, holds) as fc.IProperty<unknown>, runs)

const sameErrors = (ours: t.Errors, theirs: t.Errors): boolean =>
  theirs.length > maxIssues && fromErrors(theirs).more > 0
    ? sameValue(fromErrors(ours).issues, fromErrors(theirs).issues)
    : String(ours.map(placeOf)) === String(theirs.map(placeOf))

const placeOf = ({ context }: t.ValidationError): string =>
  context.map(({ key, type }) => `${key}:${type.name}`).join('/')

/** The same value, or copies with the same keys and values in the same order. */
const sameValue = (a: unknown, b: unknown): boolean => Object.is(a, b) || fc.stringify(a) === fc.stringify(b)

const copy = <A>(a: A): A =>
  (Array.isArray(a)
    ? a.map(copy)
    : isObject(a)
      ? Object.fromEntries(Object.entries(a).map(([k, v]) => [k, copy(v)]))
      : a) as A

const hasHole = (u: unknown): boolean =>
  Array.isArray(u)
    ? Object.keys(u).length < u.length || u.some(hasHole)
    : isObject(u) && Object.values(u).some(hasHole)

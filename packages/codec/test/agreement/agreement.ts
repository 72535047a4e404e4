import { inspect, isDeepStrictEqual } from 'node:util'
import type * as t from 'io-ts'
import { codeGeneration, decode, type DecodeError, Validator } from '@finetune-kit/codec'
import type * as E from '#fp-ts/Either'
import { maxIssues } from '../../src/DecodeError.ts'
import { fromErrors } from '../../src/fromErrors.ts'
import { type Next, sampleOf } from './codecs.ts'
import { spoiled } from './values.ts'

/** The counts of a comparison. */
export interface Agreement {
  readonly cases: number
  /** Cases that the predicate alone decided. */
  readonly accepted: number
  readonly right: number
  readonly left: number
  /** Cases in which io-ts itself threw. */
  readonly thrown: number
  readonly differences: ReadonlyArray<string>
}

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
const random = (seed: number): Next => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let x = Math.imul(state ^ (state >>> 15), 1 | state)
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32
  }
}

const valuesEach = 100

/**
 * Compares compiled codecs with io-ts: random codecs, and for each of them valid values, values
 * with one or many faults, and exotic ones. The same codec with code generation off is the oracle.
 */
export const agreement = (cases: number, firstSeed: number): Agreement => {
  const differences: Array<string> = []
  const count = { accepted: 0, right: 0, left: 0, thrown: 0 }
  let done = 0
  for (let seed = firstSeed; done < cases; seed++) {
    const { codec, value } = sampleOf(random(seed), 3)
    const { codec: twin } = sampleOf(random(seed), 3)
    const next = random(~seed)
    for (let i = 0; i < valuesEach && done < cases; i++, done++) {
      const valid = value(next)
      const u = i % 4 === 0 ? valid : spoiled(valid, next, [1, 1, 8][i % 3] as number)
      codeGeneration(false)
      const expected = outcome(() => twin.decode(u))
      const expectedIs = outcome(() => twin.is(u))
      codeGeneration(true)
      const validator = Validator.of(codec)
      const readable = decode(codec)
      const accepted = validator.accepts(u)
      const problem =
        difference(
          u,
          expected,
          outcome(() => validator.decode(u)),
        ) ??
        difference(
          u,
          expected,
          outcome(() => codec.decode(u)),
        ) ??
        issueDifference(
          expected,
          outcome(() => readable(u)),
        ) ??
        (isDeepStrictEqual(
          expectedIs,
          outcome(() => validator.is(u)),
        )
          ? undefined
          : 'is') ??
        (isDeepStrictEqual(
          expectedIs,
          outcome(() => codec.is(u)),
        )
          ? undefined
          : 'is of the codec') ??
        (accepted && !(isRightOf(u, expected) && expectedIs.is === true) ? 'accepts too much' : undefined)
      if (problem !== undefined) differences.push(`seed ${seed}, value ${i}, ${codec.name}: ${problem}`)
      if (accepted) count.accepted++
      count[expected.threw === undefined ? (expected.is?._tag === 'Right' ? 'right' : 'left') : 'thrown']++
    }
  }
  return { cases: done, ...count, differences }
}

interface Outcome<A> {
  readonly is?: A
  readonly threw?: string
}

const outcome = <A>(ask: () => A): Outcome<A> => {
  try {
    return { is: ask() }
  } catch (error) {
    return { threw: error instanceof RangeError ? 'RangeError' : String(error) }
  }
}

type Decoded = Outcome<t.Validation<unknown>>

const isRightOf = (u: unknown, { is: result }: Decoded): boolean =>
  result?._tag === 'Right' && Object.is(result.right, u)

/** The first difference: the side, the reference, the value, or one of the errors. */
const difference = (u: unknown, a: Decoded, b: Decoded): string | undefined => {
  if (a.threw !== b.threw) return `threw ${b.threw}, not ${a.threw}`
  if (a.is === undefined || b.is === undefined) return undefined
  if (a.is._tag === 'Right')
    return b.is._tag === 'Left'
      ? 'left, not right'
      : Object.is(a.is.right, u) !== Object.is(b.is.right, u)
        ? 'another reference'
        : Object.is(b.is.right, u) || isDeepStrictEqual(a.is.right, b.is.right)
          ? undefined
          : 'another value'
  if (b.is._tag === 'Right') return 'right, not left'
  const [xs, ys] = [a.is.left, b.is.left]
  // a validator stops soon after the issues that an error holds
  if (xs.length > maxIssues && fromErrors(xs).more > 0)
    return isDeepStrictEqual(fromErrors(ys).issues, fromErrors(xs).issues) ? undefined : 'other issues'
  if (xs.length !== ys.length) return `${ys.length} errors, not ${xs.length}`
  return xs.every((x, i) => isSameError(x, ys[i] as t.ValidationError)) ? undefined : 'other errors'
}

/** The first difference of the issues from those of io-ts's errors. */
const issueDifference = (
  { is: expected }: Decoded,
  { is: actual }: Outcome<E.Either<DecodeError, unknown>>,
): string | undefined => {
  // where io-ts throws, so may `decode`, or it makes an issue of it
  if (expected === undefined) return actual?._tag === 'Right' ? 'right, but io-ts throws' : undefined
  if (expected._tag === 'Left' && outcome(() => fromErrors(expected.left)).threw !== undefined)
    return actual === undefined ? undefined : 'issues, but a predicate throws'
  if (expected._tag !== actual?._tag) return `readable ${actual?._tag}, not ${expected._tag}`
  if (expected._tag === 'Right' || actual._tag === 'Right' || actual.left._tag !== 'Invalid') return undefined
  const [{ issues, more }, { issues: found, more: rest }] = [fromErrors(expected.left), actual.left]
  return isDeepStrictEqual(issues, found) && more > 0 === rest > 0
    ? undefined
    : `other issues: ${inspect(found)}, not ${inspect(issues)}`
}

const isSameError = (x: t.ValidationError, y: t.ValidationError): boolean =>
  // a refinement refuses its inner codec's result, which may be a copy
  (Object.is(x.value, y.value) || isDeepStrictEqual(x.value, y.value)) &&
  x.message === y.message &&
  x.context.length === y.context.length &&
  x.context.every((entry, i) => {
    const other = y.context[i]
    return (
      entry.key === other?.key && entry.type.name === other.type.name && Object.is(entry.actual, other.actual)
    )
  })

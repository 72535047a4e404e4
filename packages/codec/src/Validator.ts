import * as t from 'io-ts'
import { compileCollector } from './compile/compileCollector.ts'
import { errorNotes, turnContexts } from './compile/errorNotes.ts'
import { once } from './internal/once.ts'
import { isTrusted } from './internal/stock.ts'
import * as Predicate from './ValidatorPredicate.ts'
import * as Fallback from './ValidatorFallback.ts'

/**
 * A compiled codec. Laws, for every value:
 *
 * - `decode(u) = codec.decode(u)`: the same side, the same reference, the same errors in order,
 *   up to the limit: collecting stops soon after the first 100 issues.
 * - `is(u) = codec.is(u)`.
 * - `accepts(u)` implies `decode(u) = right(u)`, the same reference, and `is(u)`.
 *
 * Two exceptions: refinements may run again after a refusal, and a value nested more deeply than
 * io-ts can follow may decode.
 */
export interface Validator<A> {
  /**
   * One function of generated code, compiled at its first call. False decides nothing: ask
   * `decode`.
   */
  readonly accepts: (u: unknown) => u is A
  readonly decode: (u: unknown) => t.Validation<A>
  readonly is: t.Is<A>
}

const validators = new WeakMap<t.Any, Validator<unknown>>()

/**
 * The validator of any io-ts codec. Codecs made by `record`, and their annotated copies, use theirs
 * in `decode` and `is`; `decode(codec)` uses it for all others.
 *
 * @example
 * const Point = t.type({ x: t.number, y: t.number })
 * Validator.of(Point).decode({ x: 1, y: 2 }) // right({ x: 1, y: 2 }), the very object
 */
export const of = <A, O, I>(codec: t.Type<A, O, I>): Validator<A> => {
  let validator = validators.get(codec)
  if (validator === undefined) validators.set(codec, (validator = make(codec)))
  return validator as Validator<A>
}

const make = (codec: t.Any): Validator<unknown> => {
  const { accepts, without } = Predicate.of(codec)
  const errorsOf = compileCollector(codec, errorNotes)
  const validate = once(() => (isTrusted(codec) ? codec.validate : Fallback.of(codec).validate))
  return {
    accepts: accepts as Validator<unknown>['accepts'],
    decode: u => {
      if (accepts(u)) return t.success(u)
      const errors = errorsOf(u)
      const root = { key: '', type: codec, actual: u }
      if (errors === undefined) return without(() => validate()(u, [root]) as t.Validation<unknown>)
      turnContexts(errors, root)
      return t.failures(errors)
    },
    is: (u): u is unknown => accepts(u) || without(() => codec.is(u)),
  }
}

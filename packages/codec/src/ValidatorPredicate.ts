import type * as t from 'io-ts'
import { compileFunction } from './compile/compileFunction.ts'
import { isTrusted } from './internal/stock.ts'
import { sourceOf } from './compile/ValidatorSource.ts'

/** The predicate of a codec, and a way to suspend it. */
export interface Predicate {
  /**
   * True only for a value that decodes to itself. False decides nothing: io-ts does. Never throws.
   */
  readonly accepts: (u: unknown) => boolean
  /**
   * Runs io-ts on a value that was not accepted. Inner values with the same recursive codec are
   * then not tested again: otherwise each level would visit everything below it.
   */
  readonly without: <R>(decide: () => R) => R
}

const predicates = new WeakMap<object, Predicate>()

/**
 * The predicate of a codec, compiled at its first call. A record and its annotated copies share
 * one.
 */
export const of = (codec: t.Any): Predicate => {
  const key = isTrusted(codec) ? codec.validate : codec
  let predicate = predicates.get(key)
  if (predicate === undefined) predicates.set(key, (predicate = make(codec)))
  return predicate
}

const make = (codec: t.Any): Predicate => {
  let compiled: ((u: unknown) => boolean) | undefined
  let paused = false
  return {
    accepts: u => {
      if (paused) return false
      try {
        return (compiled ??= compile(codec))(u)
      } catch {
        // too deep, cyclic, or a getter throws: io-ts meets the same by itself
        return false
      }
    },
    without: decide => {
      if (paused) return decide()
      paused = true
      try {
        return decide()
      } finally {
        paused = false
      }
    },
  }
}

const never = () => false

const compile = (codec: t.Any): ((u: unknown) => boolean) => {
  const { text, constants } = sourceOf(codec)
  return (compileFunction(text, 'k')?.(constants) as ((u: unknown) => boolean) | undefined) ?? never
}

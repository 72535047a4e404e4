import type * as t from 'io-ts'
import { compileFunction } from './compile/compileFunction.ts'
import { isTrusted } from './internal/stock.ts'
import { sourceOf } from './compile/ValidatorSource.ts'

/** What {@link of} gives. */
export interface Predicate {
  /** True only of what decodes to itself. False says nothing: io-ts decides. Never throws. */
  readonly accepts: (u: unknown) => boolean
  /**
   * Runs io-ts on a value that was not accepted. The values inside that have the same, recursive codec are then not
   * tried again: each level would go through all that is below it.
   */
  readonly without: <R>(decide: () => R) => R
}

const predicates = new WeakMap<object, Predicate>()

/** The predicate of a codec, compiled when it is first asked. A record and its annotated copies share one. */
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
        // too deep or cyclic, or something in it throws: io-ts will meet that by itself
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

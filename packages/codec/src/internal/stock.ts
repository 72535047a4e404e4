import type * as t from 'io-ts'

/**
 * True if a codec's `validate` and `is` are those of its constructor. The tag of an io-ts codec
 * proves nothing: a codec with a replaced `validate` (`withMessage` and the like) keeps it. Methods
 * of primitives are shared; those of combinators are fresh closures of the same source text.
 */
export const hasStockMethods = (codec: t.Any, exemplar: t.Any): boolean =>
  sameSource(codec.validate, exemplar.validate) && sameSource(codec.is, exemplar.is)

export const sameSource = (a: unknown, b: unknown): boolean =>
  a === b || Function.prototype.toString.call(a) === Function.prototype.toString.call(b)

const ours = new WeakSet<object>()

/** Marks a `validate` or an `is` as one that follows the codec's structure, and returns it. */
export const trust = <F extends object>(method: F): F => {
  ours.add(method)
  return method
}

/** True if both methods of a codec were marked by {@link trust}; survives cloning the codec. */
export const isTrusted = (codec: t.Any): boolean => ours.has(codec.validate) && ours.has(codec.is)

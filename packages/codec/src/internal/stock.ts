import type * as t from 'io-ts'

/**
 * The tag of an io-ts codec proves nothing: a codec whose `validate` was replaced (`withMessage` and its like) keeps it.
 * A codec does what its tag says only while its `validate` and `is` are the ones that the constructor made.
 * Those of primitives are shared, those of combinators are fresh closures of the same source text.
 */
export const hasStockMethods = (codec: t.Any, exemplar: t.Any): boolean =>
  sameSource(codec.validate, exemplar.validate) && sameSource(codec.is, exemplar.is)

export const sameSource = (a: unknown, b: unknown): boolean =>
  a === b || Function.prototype.toString.call(a) === Function.prototype.toString.call(b)

const ours = new WeakSet<object>()

/** Marks a `validate` or an `is` as one that does what the codec's structure says, and gives it back. */
export const trust = <F extends object>(method: F): F => {
  ours.add(method)
  return method
}

/** Whether a codec's `validate` and `is` were both marked by {@link trust}; survives cloning the codec. */
export const isTrusted = (codec: t.Any): boolean => ours.has(codec.validate) && ours.has(codec.is)

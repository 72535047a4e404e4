import type * as t from 'io-ts'

/** A set of kinds of values, one bit each. */
export type Kinds = number

export const kinds = {
  null: 1,
  undefined: 2,
  boolean: 4,
  number: 8,
  string: 16,
  object: 32,
  array: 64,
  all: 255,
} as const

/** A case of a codec as source text, and what unions and optional fields must know about it. */
export interface ValidatorPart {
  readonly codec: t.Any
  /** Statements that `return false` unless decoding `x` gives back `x` itself. */
  readonly body: (x: string) => string
  /** The same as an expression. */
  readonly test: (x: string) => string
  /** The kinds of values that can decode at all; more than that is allowed. */
  readonly kinds: () => Kinds
  /** Whether a value that decodes always decodes to itself; `false` is always allowed. */
  readonly steady: () => boolean
  /** Whether the structure is not known. */
  readonly opaque?: boolean
  /** The value of a literal. */
  readonly literal?: { readonly value: unknown }
  /** The literals that every accepted object has under these keys. */
  readonly tags?: () => ReadonlyMap<string, unknown>
}

/** A part whose test is one expression. */
export const leaf = (codec: t.Any, of: Kinds, test: ValidatorPart['test'], steady = true): ValidatorPart => ({
  codec,
  test,
  body: x => `if (!(${test(x)})) return false\n`,
  kinds: () => of,
  steady: () => steady,
})

/**
 * Whether a union can rely on a member although an earlier one, which io-ts asks first, did not accept: it either
 * decodes nothing that the member accepts, or only to itself.
 */
export const yields = (earlier: ValidatorPart, member: ValidatorPart): boolean =>
  earlier.steady() || (earlier.kinds() & member.kinds()) === 0 || areApart(earlier.tags?.(), member.tags?.())

const areApart = (a: ReadonlyMap<string, unknown> = new Map(), b: ReadonlyMap<string, unknown> = new Map()) =>
  [...a].some(([key, value]) => b.has(key) && b.get(key) !== value)

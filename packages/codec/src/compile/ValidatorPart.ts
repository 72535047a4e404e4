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

/** The source text of one case of a codec, with the facts that unions and optional fields need. */
export interface ValidatorPart {
  readonly codec: t.Any
  /** Statements that `return false` unless decoding `x` returns `x` itself. */
  readonly body: (x: string) => string
  /** The same as an expression. */
  readonly test: (x: string) => string
  /** The kinds of values that can decode at all. A superset is allowed. */
  readonly kinds: () => Kinds
  /** True if every value that decodes decodes to itself. False is always allowed. */
  readonly steady: () => boolean
  /** True if the structure of the codec is unknown. */
  readonly opaque?: boolean
  /** The value of a literal. */
  readonly literal?: { readonly value: unknown }
  /** The literals of every accepted object, by key. */
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

/** True if a value of this kind can decode. */
export const accepts = (part: ValidatorPart, kind: keyof typeof kinds): boolean =>
  (part.kinds() & kinds[kind]) !== 0

/**
 * True if a union can rely on a member after an earlier one, which io-ts asks first, did not
 * accept: the earlier one decodes nothing that the member accepts, or decodes it only to itself.
 */
export const yields = (earlier: ValidatorPart, member: ValidatorPart): boolean =>
  earlier.steady() || (earlier.kinds() & member.kinds()) === 0 || areApart(earlier.tags?.(), member.tags?.())

const areApart = (a: ReadonlyMap<string, unknown> = new Map(), b: ReadonlyMap<string, unknown> = new Map()) =>
  [...a].some(([key, value]) => b.has(key) && b.get(key) !== value)

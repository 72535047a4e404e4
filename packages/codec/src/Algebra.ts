import type * as t from 'io-ts'

/** One field of a struct. `optional` means that the key may be absent. */
export interface Field<R> {
  readonly key: string
  readonly optional: boolean
  readonly value: R
}

/** The treatment of keys that a struct does not name. */
export type UnknownKeys = 'keep' | 'strip' | 'refuse'

/**
 * A result for each case of a codec. io-ts has about thirty codec classes; a derivation handles
 * these cases. The last argument is always the codec itself, for its name, `Meta` and methods.
 */
export interface Algebra<R> {
  readonly unknown: (codec: t.Any) => R
  readonly undefined: (codec: t.Any) => R
  readonly null: (codec: t.Any) => R
  readonly boolean: (codec: t.Any) => R
  readonly number: (codec: t.Any) => R
  readonly string: (codec: t.Any) => R
  /** One of these values: `literal` and `keyof`. */
  readonly literal: (values: ReadonlyArray<string | number | boolean>, codec: t.Any) => R
  readonly array: (item: R, codec: t.Any) => R
  readonly tuple: (items: ReadonlyArray<R>, codec: t.Any) => R
  /** A dictionary: any keys of `domain`, values of `codomain`. */
  readonly record: (domain: R, codomain: R, codec: t.Any) => R
  /** An object with named fields, `record`'s and any intersection of such. */
  readonly struct: (fields: ReadonlyArray<Field<R>>, unknownKeys: UnknownKeys, codec: t.Any) => R
  /** One of the members; no members means `never`. */
  readonly union: (members: ReadonlyArray<R>, codec: t.Any) => R
  /** All members at once, where they do not merge into one struct. */
  readonly intersection: (members: ReadonlyArray<R>, codec: t.Any) => R
  readonly refine: (inner: R, predicate: (a: never) => boolean, codec: t.Any) => R
  /** A recursive codec. Call `get` after folding, never during it. */
  readonly lazy: (get: () => R, codec: t.Any) => R
  /**
   * A codec outside these cases: handwritten, or with replaced methods. Most derivations use {@link
   * refuse}.
   */
  readonly opaque: (codec: t.Any) => R
}

/**
 * An `opaque` case for derivations that cannot do without the structure of a codec.
 *
 * @throws at the first use of the derivation, with the name of the codec and the remedy
 */
export const refuse =
  (derivation: string) =>
  (codec: t.Any): never => {
    throw new Error(
      `${derivation} cannot be derived from ${codec.name}: its structure is not known. ` +
        'Write it with the combinators of io-ts or of @finetune-kit/codec, as a refinement of a codec that has a structure.',
    )
  }

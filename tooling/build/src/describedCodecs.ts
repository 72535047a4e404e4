import type { Codec, DescribedCodec, Structure } from './describeDeclaration.ts'

/** The part of `@finetune-kit/codec` that is needed here; a dependency on it would be a circle. */
export interface CodecPackage {
  readonly Meta: { readonly of: (codec: never) => { readonly description?: string } }
  readonly Shape: { readonly fold: (algebra: never) => (codec: never) => unknown }
}

interface Folded {
  readonly codec: Codec
  readonly structures: ReadonlyArray<Structure>
}

interface Field {
  readonly key: string
  readonly value: Folded
}

const leaf = (codec: Codec): Folded => ({ codec, structures: [] })

const around = (parts: ReadonlyArray<Folded>, codec: Codec): Folded => ({
  codec,
  structures: parts.flatMap(({ structures }) => structures),
})

/**
 * The codecs among the exports of a module, by name, with the descriptions of their fields at every
 * level.
 */
export const describedCodecs =
  ({ Meta, Shape }: CodecPackage) =>
  (module: unknown): ReadonlyMap<string, DescribedCodec> => {
    const { of: metaOf } = Meta
    const descriptionOf = (codec: Codec) => metaOf(codec as never).description
    const algebra = {
      unknown: leaf,
      undefined: leaf,
      null: leaf,
      boolean: leaf,
      number: leaf,
      string: leaf,
      opaque: leaf,
      literal: (_: unknown, codec: Codec) => leaf(codec),
      lazy: (_: unknown, codec: Codec) => leaf(codec),
      array: (item: Folded, codec: Codec) => around([item], codec),
      tuple: (items: ReadonlyArray<Folded>, codec: Codec) => around(items, codec),
      record: (domain: Folded, codomain: Folded, codec: Codec) => around([domain, codomain], codec),
      union: (members: ReadonlyArray<Folded>, codec: Codec) => around(members, codec),
      intersection: (members: ReadonlyArray<Folded>, codec: Codec) => around(members, codec),
      refine: (inner: Folded, _: unknown, codec: Codec) => around([inner], codec),
      struct: (fields: ReadonlyArray<Field>, _: unknown, codec: Codec): Folded => ({
        codec,
        structures: [
          new Map(
            fields.map(({ key, value }) => [
              key,
              { description: descriptionOf(value.codec), structures: value.structures },
            ]),
          ),
        ],
      }),
    }
    const fold = Shape.fold(algebra as never) as (codec: Codec) => Folded
    return new Map(
      Object.entries(module as object)
        .filter((entry): entry is [string, Codec] => isCodec(entry[1]))
        .map(([name, codec]) => [
          name,
          { description: descriptionOf(codec), structures: fold(codec).structures },
        ]),
    )
  }

const isCodec = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'decode' in value && 'validate' in value

import { Meta, Shape } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import * as model from '@finetune-kit/model'

/**
 * All codecs of the package: those of the barrel, and those of the modules that it exports as one
 * name.
 */
const codecs: ReadonlyArray<t.Any> = Object.values(model)
  .flatMap((value: unknown) => (isModule(value) ? Object.values(value as object) : [value]))
  .filter((value: unknown): value is t.Any => value instanceof t.Type)

function isModule(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object Module]'
}

interface Described {
  readonly key: string
  readonly codec: t.Any
}

/** Every field of a codec, at every level, that this package has written. */
const fieldsOf = Shape.fold<ReadonlyArray<Described>>({
  unknown: () => [],
  undefined: () => [],
  null: () => [],
  boolean: () => [],
  number: () => [],
  string: () => [],
  literal: () => [],
  array: item => item,
  tuple: items => items.flat(),
  record: (domain, codomain) => [...domain, ...codomain],
  struct: (fields, _unknownKeys, codec) => [
    ...fields.flatMap(field => field.value),
    ...Object.entries(propsOf(codec)).map(([key, codec]) => ({ key, codec })),
  ],
  union: members => members.flat(),
  intersection: members => members.flat(),
  refine: inner => inner,
  lazy: () => [],
  opaque: Shape.refuse('fieldsOf'),
})

const propsOf = (codec: t.Any): t.Props =>
  Object.assign({}, ...(codec as t.IntersectionType<Array<t.TypeC<t.Props>>>).types.map(part => part.props))

const fields = [
  ...new Map(
    codecs.flatMap(fieldsOf).map(field => [`${field.key}: ${Meta.of(field.codec).description}`, field]),
  ),
]

describe('every codec of the model', () => {
  test.each(codecs.map(codec => [codec.name, codec] as const))(
    '%s has a title and a sentence',
    (_, codec) => {
      const { title, description } = Meta.of(codec)
      expect(title).toBeTruthy()
      expect(description).toMatch(/^\S.*\.$/)
    },
  )

  test.each(fields)('the field %s has a title, a sentence and a source', (_, { codec }) => {
    const { title, description, source } = Meta.of(codec)
    expect(title).toMatch(/^[A-Z]/)
    expect(description).toMatch(/^\S.*[.…]$/)
    expect(source).toBeTruthy()
  })
})

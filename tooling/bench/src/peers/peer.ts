import { Meta, Shape } from '@finetune-kit/codec'
import type * as t from 'io-ts'

/** A schema of another library for the cases that records have; every other one is refused. */
export const peerOf = <R>(library: string, cases: Cases<R>): ((codec: t.Any) => R) => {
  const refuse = Shape.refuse(library)
  return Shape.fold<R>({
    unknown: refuse,
    undefined: refuse,
    literal: (_, codec) => refuse(codec),
    tuple: (_, codec) => refuse(codec),
    record: (_, __, codec) => refuse(codec),
    intersection: (_, codec) => refuse(codec),
    lazy: (_, codec) => refuse(codec),
    opaque: refuse,
    null: () => cases.null,
    boolean: () => cases.boolean,
    number: () => cases.finite,
    string: () => cases.string,
    array: cases.array,
    union: cases.union,
    struct: (fields, _, codec) => cases.struct(fields, codec.name),
    refine: (inner, _, codec) => (Meta.of(codec).constraints?.integer === true ? cases.integer : inner),
  })
}

interface Cases<R> {
  readonly null: R
  readonly boolean: R
  readonly finite: R
  readonly integer: R
  readonly string: R
  readonly array: (item: R) => R
  readonly union: (members: ReadonlyArray<R>) => R
  readonly struct: (fields: ReadonlyArray<Shape.Field<R>>, name: string) => R
}

/** The fields of a struct as an object of schemas. */
export const byKey = <R, S>(
  fields: ReadonlyArray<Shape.Field<R>>,
  of: (field: Shape.Field<R>) => S,
): Record<string, S> => Object.fromEntries(fields.map(field => [field.key, of(field)]))

import { Meta, Shape } from '@finetune-kit/codec'
import type * as t from 'io-ts'

/**
 * The view of a codec's values, derived from the codec: the page names no field of a record, so a
 * new field is shown without another edit.
 */
export type View =
  /** `known`: the text is a word of an open enumeration, a state rather than a name. */
  | { readonly kind: 'text'; readonly known: boolean }
  | { readonly kind: 'number'; readonly unit: string | undefined }
  /** A moment in Unix seconds. */
  | { readonly kind: 'time' }
  | { readonly kind: 'list'; readonly item: View }
  | { readonly kind: 'record'; readonly fields: ReadonlyArray<Field> }
  /** Any other value, shown as JSON. */
  | { readonly kind: 'any' }

export interface Field {
  readonly key: string
  readonly title: string
  readonly description: string | undefined
  readonly view: View
}

const any: View = { kind: 'any' }

const described = (codec: t.Any, view: View): Described => ({ view, meta: Meta.of(codec) })

interface Described {
  readonly view: View
  readonly meta: Meta.Meta
}

const fold = Shape.fold<Described>({
  unknown: codec => described(codec, any),
  undefined: codec => described(codec, any),
  null: codec => described(codec, any),
  boolean: codec => described(codec, { kind: 'text', known: false }),
  number: codec => described(codec, numeric(codec)),
  string: codec => described(codec, { kind: 'text', known: Meta.of(codec).known !== undefined }),
  literal: (_, codec) => described(codec, { kind: 'text', known: false }),
  array: (item, codec) => described(codec, { kind: 'list', item: item.view }),
  tuple: (_, codec) => described(codec, any),
  record: (_domain, _codomain, codec) => described(codec, any),
  struct: (fields, _, codec) =>
    described(codec, {
      kind: 'record',
      fields: fields.map(({ key, value: { view, meta } }) => ({
        key,
        title: meta.title ?? key,
        description: meta.description,
        view,
      })),
    }),
  union: (members, codec) => {
    const views = members.filter(({ view }) => view !== any)
    const view = views.length === 1 ? (views[0] as Described).view : any
    // the unit of a number that may be null stands at the union
    const isMeasured = view.kind === 'number' && Meta.of(codec).unit !== undefined
    return described(codec, isMeasured ? numeric(codec) : view)
  },
  intersection: (_, codec) => described(codec, any),
  refine: (inner, _, codec) => described(codec, inner.view.kind === 'number' ? numeric(codec) : inner.view),
  lazy: (_, codec) => described(codec, any),
  opaque: codec => described(codec, any),
})

const numeric = (codec: t.Any): View => {
  const { unit } = Meta.of(codec)
  return unit === 'Unix seconds' ? { kind: 'time' } : { kind: 'number', unit }
}

/** The fields of a codec's records, each with its view. */
export const of = (codec: t.Any): ReadonlyArray<Field> => {
  const { view } = fold(codec)
  return view.kind === 'record' ? view.fields : []
}

/** The view of the value at a path, from a record with these fields. */
export const at =
  (fields: ReadonlyArray<Field>) =>
  (tokens: ReadonlyArray<string>): View =>
    tokens.reduce<View>(
      (view, token) => {
        if (view.kind === 'list') return view.item
        return (view.kind === 'record' && view.fields.find(({ key }) => key === token)?.view) || any
      },
      { kind: 'record', fields },
    )

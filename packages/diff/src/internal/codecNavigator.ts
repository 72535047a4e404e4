import { Identity, Meta, Shape } from '@finetune-kit/codec'
import type * as t from 'io-ts'

/** The facts of a codec about one level of its values, and the way down. */
export interface CodecNavigator {
  readonly meta: Meta.Meta
  readonly isList: () => boolean
  readonly at: (token: string) => CodecNavigator | undefined
}

export const codecNavigator = (codec: t.Any): CodecNavigator => Shape.fold(algebra)(codec)

/** The name of a list item: its identity, otherwise its index. */
export const itemName = (item: CodecNavigator | undefined, value: unknown, token: string): string => {
  const id = item && Identity.fromMeta(item.meta).idOf(value)
  return typeof id === 'string' || typeof id === 'number' ? String(id) : token
}

const no = () => false
const leaf = (codec: t.Any): CodecNavigator => ({ meta: Meta.of(codec), isList: no, at: () => undefined })
const list = (item: (token: string) => CodecNavigator | undefined, codec: t.Any): CodecNavigator => ({
  meta: Meta.of(codec),
  isList: () => true,
  at: item,
})

/** Several codecs for one value: the first that knows the way, and the facts of all. */
const oneOf = (members: ReadonlyArray<CodecNavigator>, codec: t.Any): CodecNavigator => ({
  meta: Object.assign({}, ...members.map(m => ({ ...m.meta })), Meta.of(codec)) as Meta.Meta,
  isList: () => members.some(m => m.isList()),
  at: token => members.map(m => m.at(token)).find(node => node !== undefined),
})

/** A codec that accepts anything below it. */
const open = (codec: t.Any): CodecNavigator => ({ ...leaf(codec), at: () => anything })
const anything: CodecNavigator = { meta: {}, isList: no, at: () => anything }

const algebra: Shape.Algebra<CodecNavigator> = {
  unknown: open,
  undefined: leaf,
  null: leaf,
  boolean: leaf,
  number: leaf,
  string: leaf,
  literal: (_, codec) => leaf(codec),
  array: (item, codec) => list(() => item, codec),
  tuple: (items, codec) => list(token => items[Number(token)], codec),
  record: (_, codomain, codec) => ({ ...leaf(codec), at: () => ({ ...codomain, meta: untitled(codomain) }) }),
  struct: (fields, _, codec) => {
    const named = new Map(fields.map(f => [f.key, f.value]))
    return { ...leaf(codec), at: token => named.get(token) }
  },
  union: oneOf,
  intersection: oneOf,
  refine: (inner, _, codec) => ({ ...inner, meta: { ...inner.meta, ...Meta.of(codec) } }),
  lazy: (get, codec) => ({
    meta: Meta.of(codec),
    isList: () => get().isList(),
    at: token => get().at(token),
  }),
  opaque: open,
}

const untitled = ({ meta }: CodecNavigator): Meta.Meta => {
  const { title: _, ...rest } = meta
  return rest
}

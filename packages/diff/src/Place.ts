import { Meta, Shape } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { get, isArray, isFields } from './internal/json.ts'
import * as JsonPointer from './JsonPointer.ts'

/** A place in a record, for people. */
export interface Place {
  /** Its JSON Pointer. */
  readonly path: string
  /** The titles of the fields that lead to it; an item of a list goes by its identity, else by its index. */
  readonly names: ReadonlyArray<string>
  /** Whether the codec knows everything on the way. */
  readonly known: boolean
  /** The unit of what is there. */
  readonly unit?: string
}

/**
 * The places of what a codec describes. `value` is the record that the pointer leads through, `last` what stands at its end
 * if it is not there (any more): they tell the identity of items.
 *
 * @example
 * const { names } = Place.of(record('Run', { files: t.array(record('File', { size: Integer })) }))('/files/3/size')
 * names // => ['files', '3', 'size']
 */
export const of = (codec: t.Any) => {
  const root = Shape.fold(algebra)(codec)
  return (path: string, value?: unknown, last?: unknown): Place => {
    const parsed = JsonPointer.parse(path)
    const tokens = E.isRight(parsed) ? parsed.right : [path]
    const names: Array<string> = []
    let node: Node | undefined = root
    let here = value
    for (const [i, token] of tokens.entries()) {
      here = i === tokens.length - 1 && last !== undefined ? last : memberOf(here, token)
      const next: Node | undefined = node?.at(token)
      names.push(node?.isList() === true ? itemName(next, here, token) : (next?.meta.title ?? token))
      node = next
    }
    const place = { path, names, known: node !== undefined }
    return node?.meta.unit === undefined ? place : { ...place, unit: node.meta.unit }
  }
}

/** What is known of one level. */
interface Node {
  readonly meta: Meta.Meta
  readonly isList: () => boolean
  readonly at: (token: string) => Node | undefined
}

const memberOf = (value: unknown, token: string): unknown =>
  isArray(value) ? value[Number(token)] : isFields(value) ? get(value, token) : undefined

const itemName = (item: Node | undefined, value: unknown, token: string): string => {
  const identity = item?.meta.identity
  const id = typeof identity === 'object' && isFields(value) ? get(value, identity.key) : undefined
  return typeof id === 'string' || typeof id === 'number' ? String(id) : token
}

const no = () => false
const leaf = (codec: t.Any): Node => ({ meta: Meta.of(codec), isList: no, at: () => undefined })
const list = (item: (token: string) => Node | undefined, codec: t.Any): Node => ({
  meta: Meta.of(codec),
  isList: () => true,
  at: item,
})

/** Of several codecs for one place: the first that knows the way, and all facts. */
const oneOf = (members: ReadonlyArray<Node>, codec: t.Any): Node => ({
  meta: Object.assign({}, ...members.map(m => ({ ...m.meta })), Meta.of(codec)) as Meta.Meta,
  isList: () => members.some(m => m.isList()),
  at: token => members.map(m => m.at(token)).find(node => node !== undefined),
})

/** Whatever is in there, the codec expects it. */
const open = (codec: t.Any): Node => ({ ...leaf(codec), at: () => anything })
const anything: Node = { meta: {}, isList: no, at: () => anything }

const algebra: Shape.Algebra<Node> = {
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

const untitled = ({ meta }: Node): Meta.Meta => {
  const { title: _, ...rest } = meta
  return rest
}

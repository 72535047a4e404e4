import { Meta, Shape } from '@finetune-kit/codec'
import type * as t from 'io-ts'

/** The type of a column; `json` is a JSON text, for lists and records. */
export type ColumnType = 'text' | 'integer' | 'number' | 'boolean' | 'json'

/** One column of a table that is derived from a flat record: its key, its type and its facts. */
export interface Column {
  readonly key: string
  readonly type: ColumnType
  readonly meta: Meta.Meta
}

/**
 * The columns of a record, one for each field, in the order of the codec.
 *
 * @throws when the codec is not a record
 */
export const of = (codec: t.Any): ReadonlyArray<Column> => {
  const { columns } = Shape.fold(algebra)(codec)
  if (columns === undefined) throw new Error(`Columns cannot be derived from ${codec.name}: it is no record`)
  return columns
}

interface Node {
  readonly type: ColumnType | 'null'
  readonly meta: Meta.Meta
  readonly columns?: ReadonlyArray<Column>
}

const node =
  (type: Node['type']) =>
  (codec: t.Any): Node => ({ type, meta: Meta.of(codec) })

const json = node('json')

const algebra: Shape.Algebra<Node> = {
  unknown: json,
  undefined: node('null'),
  null: node('null'),
  boolean: node('boolean'),
  number: node('number'),
  string: node('text'),
  literal: (values, codec) => node(values.every(value => typeof value === 'string') ? 'text' : 'json')(codec),
  array: (_item, codec) => json(codec),
  tuple: (_items, codec) => json(codec),
  record: (_domain, _codomain, codec) => json(codec),
  struct: (fields, _unknownKeys, codec) => ({
    ...json(codec),
    columns: fields.map(({ key, value }) => ({
      key,
      type: value.type === 'null' ? 'json' : value.type,
      meta: value.meta,
    })),
  }),
  union: (members, codec) => {
    const types = new Set(members.flatMap(({ type }) => (type === 'null' ? [] : [type])))
    const [only] = types
    const meta = { ...members.find(({ type }) => type !== 'null')?.meta, ...Meta.of(codec) }
    return { type: types.size === 1 && only !== undefined ? only : 'json', meta }
  },
  intersection: (_members, codec) => json(codec),
  refine: (inner, _predicate, codec) => {
    const meta = { ...inner.meta, ...Meta.of(codec) }
    return {
      type: inner.type === 'number' && meta.constraints?.integer === true ? 'integer' : inner.type,
      meta,
    }
  },
  lazy: (_get, codec) => json(codec),
  opaque: json,
}

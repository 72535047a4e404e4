import { type Issue, Shape } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import type { Kind } from './cell.ts'

/** One column of a table. */
export interface Column {
  /** The keys from the record to the value, with dots: `hyperparams.n_epochs`. */
  readonly name: string
  /** Of the value; of the object, when the column holds its unknown keys. */
  readonly path: ReadonlyArray<string>
  readonly kind: Kind
  /** The keys that have columns of their own, when this one holds all the others of an object as JSON. */
  readonly known?: ReadonlyArray<string>
}

/**
 * The columns of a codec: a field each; the fields of a record that must be there each, named with dots; and for every
 * level a column `*` with the keys that the codec does not know, as a JSON object. Lists, and records that may be absent or
 * null, are one cell of JSON. What is no record at all is one column, `value`.
 *
 * @throws at the first use, when two fields come to have columns of one name
 */
export const columnsOf = (codec: t.Any): ReadonlyArray<Column> => {
  const node = Shape.fold(algebra)(codec)
  const columns: ReadonlyArray<Column> =
    typeof node === 'string' ? [{ name: 'value', path: [], kind: kindOf(node) }] : node
  const twice = columns.find((column, i) => columns.findIndex(({ name }) => name === column.name) < i)
  if (twice !== undefined)
    throw new Error(
      `Csv cannot be derived from ${codec.name}: two of its fields would have the column "${twice.name}"; rename one`,
    )
  return columns
}

/** A value of one column, or the columns of a record. */
type Node = Kind | 'null' | ReadonlyArray<Column>

const value = (): Node => 'value'

const algebra: Shape.Algebra<Node> = {
  unknown: value,
  undefined: value,
  null: () => 'null',
  boolean: value,
  number: value,
  string: () => 'text',
  literal: values => (values.every(v => typeof v === 'string') ? 'text' : 'value'),
  array: value,
  tuple: value,
  record: value,
  struct: fields => [
    ...fields.flatMap(
      ({ key, optional, value }): ReadonlyArray<Column> =>
        typeof value === 'string' || optional
          ? [{ name: key, path: [key], kind: kindOf(value) }]
          : value.map(column => prefixed(key, column)),
    ),
    { name: '*', path: [], kind: 'value', known: fields.map(({ key }) => key) },
  ],
  union: members =>
    members.includes('text') && members.every(m => m === 'text' || m === 'null') ? 'text' : 'value',
  intersection: value,
  refine: inner => inner,
  lazy: value,
  opaque: value,
}

const kindOf = (node: Node): Kind => (node === 'text' ? 'text' : 'value')

const prefixed = (key: string, column: Column): Column => ({
  ...column,
  name: `${key}.${column.name}`,
  path: [key, ...column.path],
})

/** The column in which the value of an issue stands. */
export const columnOf = (columns: ReadonlyArray<Column>, path: Issue['path']): number =>
  columns.reduce(
    (best, column, i) =>
      column.path.every((key, k) => key === path[k]) &&
      column.path.length >= (columns[best]?.path.length ?? -1)
        ? i
        : best,
    -1,
  )

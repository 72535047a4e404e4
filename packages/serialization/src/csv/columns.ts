import { type Issue, Shape } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import type { Kind } from './cell.ts'

/** One column of a table. */
export interface Column {
  /** The keys from the record to the value, with dots: `hyperparams.n_epochs`. */
  readonly name: string
  /** The path of the value, or of the object whose unknown keys the column holds. */
  readonly path: ReadonlyArray<string>
  readonly kind: Kind
  /**
   * The keys that have columns of their own, when this one holds all the others of an object as
   * JSON.
   */
  readonly known?: ReadonlyArray<string>
  /**
   * The columns of an item, when the value is a list of records: it may as well be a table of its
   * own.
   */
  readonly items?: ReadonlyArray<Column>
}

/**
 * The columns of a codec: a field each; the fields of a record that must be there each, named with
 * dots; and for every level a column `*` with the keys that the codec does not know, as a JSON
 * object. Lists, and records that may be absent or null, are one cell of JSON. What is no record at
 * all is one column, `value`.
 *
 * @throws at the first use, when two fields come to have columns of one name
 */
export const columnsOf = (codec: t.Any): ReadonlyArray<Column> => {
  const node = Shape.fold(algebra)(codec)
  const columns = isColumns(node) ? node : [columnOfValue('value', [], node)]
  const twice = twiceIn(columns)
  if (twice !== undefined)
    throw new Error(
      `Csv cannot be derived from ${codec.name}: two of its fields would have the column "${twice.name}"; rename one`,
    )
  return columns
}

/** The first column whose name another one has before it. */
export const twiceIn = (columns: ReadonlyArray<Column>): Column | undefined => {
  const names = new Set<string>()
  return columns.find(({ name }) => names.size === names.add(name).size)
}

/** A value of one column, a list of records that have these columns, or the columns of a record. */
type Node = Kind | 'null' | { readonly items: ReadonlyArray<Column> } | ReadonlyArray<Column>

const value = (): Node => 'value'

const algebra: Shape.Algebra<Node> = {
  unknown: value,
  undefined: value,
  null: () => 'null',
  boolean: value,
  number: value,
  string: () => 'text',
  literal: values => (values.every(v => typeof v === 'string') ? 'text' : 'value'),
  array: item => (isColumns(item) ? { items: item } : 'value'),
  tuple: value,
  record: value,
  struct: fields => [
    ...fields.flatMap(
      ({ key, optional, value }): ReadonlyArray<Column> =>
        isColumns(value) && !optional
          ? value.map(column => prefixed(key, column))
          : [columnOfValue(key, [key], value)],
    ),
    { name: '*', path: [], kind: 'value', known: fields.map(({ key }) => key) },
  ],
  union: members => {
    const [one = 'value', ...others] = new Set(members.filter(member => member !== 'null'))
    return others.length > 0 || isColumns(one) ? 'value' : one
  },
  intersection: value,
  refine: inner => inner,
  lazy: value,
  opaque: value,
}

const isColumns = (node: Node): node is ReadonlyArray<Column> => Array.isArray(node)

const columnOfValue = (name: string, path: ReadonlyArray<string>, node: Node): Column => ({
  name,
  path,
  kind: node === 'text' ? 'text' : 'value',
  ...(typeof node === 'object' && !isColumns(node) && { items: node.items }),
})

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

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
  /** The types of the values, as far as a cell can be ambiguous without them. */
  readonly types?: ReadonlySet<CellType>
  /** True for a field that the record must have. */
  readonly isRequired?: boolean
  /**
   * The number of leading keys whose objects are always there; the others may be absent or null.
   * Default: all.
   */
  readonly sure?: number
  /** True for the first column of a table without a name: pandas numbers the rows in it. */
  readonly isIndex?: true
}

/** True for the name of a first column in which pandas numbers the rows: none, or what it reads as. */
export const isRowNumbers = (name: string): boolean => name === '' || name === 'Unnamed: 0'

/** A type of values; `other` for those whose cells are never ambiguous. */
type CellType = 'null' | 'undefined' | 'boolean' | 'number' | 'text' | 'other'

/**
 * The columns of a codec: a field each; the fields of a record in it each, named with dots; and for
 * every level a column `*` with the keys that the codec does not know, as a JSON object. Where a
 * record may be absent or null, its `*` is `null` for null and `{}` for one without a value. Lists
 * are one cell of JSON. What is no record at all is one column, `value`.
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

/** The columns of a record, or a value of one column, maybe a list of records. */
type Node = Leaf | ReadonlyArray<Column>

interface Leaf {
  readonly kind: Kind | 'null'
  readonly types: ReadonlySet<CellType>
  readonly items?: ReadonlyArray<Column>
  /** The columns of a record that may be null. */
  readonly fields?: ReadonlyArray<Column>
}

const leaf = (kind: Leaf['kind'], ...types: ReadonlyArray<CellType>): Leaf => ({
  kind,
  types: new Set(types),
})

const value = (): Node => leaf('value', 'other', 'null', 'undefined')

const algebra: Shape.Algebra<Node> = {
  unknown: value,
  undefined: () => leaf('value', 'undefined'),
  null: () => leaf('null', 'null'),
  boolean: () => leaf('value', 'boolean'),
  number: () => leaf('value', 'number'),
  string: () => leaf('text', 'text'),
  literal: values =>
    leaf(
      values.every(v => typeof v === 'string') ? 'text' : 'value',
      ...values.map(v => (typeof v === 'string' ? 'text' : typeof v === 'boolean' ? 'boolean' : 'other')),
    ),
  array: item => ({ ...leaf('value', 'other'), ...(isColumns(item) && { items: item }) }),
  tuple: () => leaf('value', 'other'),
  record: () => leaf('value', 'other'),
  struct: fields => [
    ...fields.flatMap(({ key, optional, value }): ReadonlyArray<Column> => {
      const inner = isColumns(value) ? value : value.fields
      if (inner === undefined) return [{ ...columnOfValue(key, [key], value), isRequired: !optional }]
      const columns = inner.map(column => prefixed(key, column))
      return isColumns(value) && !optional ? columns : columns.map(unsure)
    }),
    { name: '*', path: [], kind: 'value', known: fields.map(({ key }) => key) },
  ],
  union: members => {
    const types = new Set(members.flatMap(member => [...typesOf(member)]))
    const others = members.filter(member => isColumns(member) || member.kind !== 'null')
    const kinds = new Set(others.map(other => (isColumns(other) || other.items ? other : other.kind)))
    const [one] = others
    if (others.length === 1 && one !== undefined && isColumns(one))
      return { kind: 'value', types, fields: one }
    return one === undefined || kinds.size > 1 || isColumns(one)
      ? { kind: 'value', types }
      : { ...one, types }
  },
  intersection: value,
  refine: inner => inner,
  lazy: value,
  opaque: value,
}

const typesOf = (node: Node): ReadonlySet<CellType> => (isColumns(node) ? new Set(['other']) : node.types)

const isColumns = (node: Node): node is ReadonlyArray<Column> => Array.isArray(node)

const columnOfValue = (name: string, path: ReadonlyArray<string>, node: Node): Column => ({
  name,
  path,
  kind: isColumns(node) || node.kind === 'null' ? 'value' : node.kind,
  types: typesOf(node),
  ...(!isColumns(node) && node.items && { items: node.items }),
})

const prefixed = (key: string, column: Column): Column => ({
  ...column,
  name: `${key}.${column.name}`,
  path: [key, ...column.path],
  ...(column.sure !== undefined && { sure: column.sure + 1 }),
})

/** A column of a record that may be absent: a list in it has no table of its own. */
const unsure = (column: Column): Column => {
  const { items: _, isRequired: __, ...others } = column
  return { ...others, sure: 0 }
}

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

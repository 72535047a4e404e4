import type { Field, View } from './View.ts'

/** One column of a table of records: a field, or a field of a nested record. */
export interface Column {
  readonly path: ReadonlyArray<string>
  readonly title: string
  readonly description: string | undefined
  readonly view: Exclude<View, { readonly kind: 'record' }>
}

/**
 * The columns of these fields: states first, then times, names, numbers, lists; records are
 * flattened.
 */
export const of = (fields: ReadonlyArray<Field>): ReadonlyArray<Column> =>
  fields.flatMap(field => flatten(field, [])).sort((a, b) => rank(a) - rank(b))

const flatten = (
  { key, title, description, view }: Field,
  parent: ReadonlyArray<string>,
): ReadonlyArray<Column> => {
  const path = [...parent, key]
  return view.kind === 'record'
    ? view.fields.flatMap(field => flatten(field, path))
    : [{ path, title, description, view }]
}

const kinds = ['time', 'text', 'number', 'list', 'any']

const rank = ({ path, view }: Column): number =>
  path.length * 10 + (view.kind === 'text' && view.known ? -1 : kinds.indexOf(view.kind))

/** The value of a record in a column; `undefined` where there is none. */
export const cell = (record: unknown, { path }: Column): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined,
    record,
  )

/**
 * Splits columns into those that differ between the records and those that are equal in all: equal
 * ones go into a note below the table. A single record keeps those in which it has a value. Of
 * columns that say the same, the first stays.
 */
export const split = (all: ReadonlyArray<Column>, records: ReadonlyArray<unknown>) => {
  const columns = all.filter((column, i) => !all.slice(0, i).some(saysTheSame(records, column)))
  if (records.length === 1)
    return { telling: columns.filter(column => (cell(records[0], column) ?? null) !== null), shared: [] }
  const isShared = (column: Column): boolean => {
    const first = JSON.stringify(cell(records[0], column))
    return records.every(record => JSON.stringify(cell(record, column)) === first)
  }
  return { telling: columns.filter(column => !isShared(column)), shared: columns.filter(isShared) }
}

/** True for a column with the same description and, in each of these records, the same value. */
const saysTheSame =
  (records: ReadonlyArray<unknown>, column: Column) =>
  (other: Column): boolean =>
    column.description !== undefined &&
    column.description === other.description &&
    records.every(record => JSON.stringify(cell(record, column)) === JSON.stringify(cell(record, other)))

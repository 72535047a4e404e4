import type { Field, View } from './View.ts'

/** One column of a table of records: a field, or a field of a record in it. */
export interface Column {
  readonly path: ReadonlyArray<string>
  readonly title: string
  readonly description: string | undefined
  readonly view: Exclude<View, { readonly kind: 'record' }>
}

/** The columns of these fields: states first, then moments, names, numbers, lists, and records flattened to their fields. */
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
 * The columns that tell these records apart, and those that say the same of each of them: for a table with a note
 * below it, instead of columns full of one word.
 */
export const split = (columns: ReadonlyArray<Column>, records: ReadonlyArray<unknown>) => {
  const isShared = (column: Column): boolean => {
    const first = JSON.stringify(cell(records[0], column))
    return records.length > 1 && records.every(record => JSON.stringify(cell(record, column)) === first)
  }
  return { telling: columns.filter(column => !isShared(column)), shared: columns.filter(isShared) }
}

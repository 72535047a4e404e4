import type * as t from 'io-ts'
import { columnsOf as csvColumns } from '../csv/columns.ts'
import { type Field, type Group, type Leaf, recordSchema } from './RecordSchema.ts'

/**
 * Returns a CREATE TABLE statement for a codec's records. Its columns are those of `Csv`, in the
 * same order: records are flattened, lists are JSON, and `*` holds unknown keys. The types are
 * those that PostgreSQL, DuckDB and SQLite share. An absent value is an empty cell and null the
 * word `null`: DuckDB loads the CSV by `COPY runs FROM 'runs.csv' (HEADER, NULLSTR ['', 'null'])`.
 *
 * @example
 * SqlTable.of(t.type({ id: t.string }))('runs').split('\n')[1] // => '  "id" TEXT NOT NULL,'
 */
const of = (codec: t.Any): ((name: string) => string) => {
  // a cell holds a text as it is, which is no JSON
  const texts = new Set(csvColumns(codec).flatMap(({ name, types }) => (types?.has('text') ? [name] : [])))
  const columns = columnsOf(recordSchema(codec), '', true).map(
    ({ name, type, isRequired }) =>
      `  ${quote(name)} ${texts.has(name) ? 'TEXT' : type}${isRequired ? ' NOT NULL' : ''}`,
  )
  return name => `CREATE TABLE ${quote(name)} (\n${columns.join(',\n')}\n);`
}

interface Column {
  readonly name: string
  readonly type: string
  readonly isRequired: boolean
}

const columnsOf = (
  { fields, isWrapped }: Group,
  prefix: string,
  isRequired: boolean,
): ReadonlyArray<Column> => [
  ...fields.flatMap(field => columnsOfField(field, prefix, isRequired)),
  ...(isWrapped === true ? [] : [{ name: `${prefix}*`, type: 'JSON', isRequired: false }]),
]

const columnsOfField = (
  { key, value, emptyMeans }: Field,
  prefix: string,
  isParentRequired: boolean,
): ReadonlyArray<Column> => {
  const name = `${prefix}${key}`
  const isRequired = isParentRequired && emptyMeans === 'never'
  if (value.kind === 'group') return columnsOf(value, `${name}.`, isRequired)
  const type = value.kind === 'list' ? 'JSON' : types[value.kind]
  return [{ name, type, isRequired }]
}

const types: Readonly<Record<Leaf['kind'], string>> = {
  boolean: 'BOOLEAN',
  long: 'BIGINT',
  double: 'DOUBLE PRECISION',
  string: 'TEXT',
  json: 'JSON',
}

/** An identifier of standard SQL. */
const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`

export const SqlTable = { of } as const

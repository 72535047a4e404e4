/** Records as other programs write them, whatever JSON has no value for included. */
import avsc from 'avsc'
import { stringify as csv } from 'csv-stringify/sync'
import { Packr } from 'msgpackr'
import { stringify as yaml } from 'yaml'
import type { duckdbOfTests } from './duckdb.ts'

export type Row = Readonly<Record<string, unknown>>

export interface OtherWriter {
  readonly name: string
  readonly extension: string
  /** @param choice - which of the writer's options: any integer from 0 */
  readonly write: (rows: ReadonlyArray<Row>, choice: number) => Promise<Uint8Array> | Uint8Array
}

const pick = <A>(all: ReadonlyArray<A>, choice: number): A => all[choice % all.length] as A

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Values of DuckDB's types, as SQL. */
const literals: ReadonlyArray<string> = [
  `timestamp '2024-02-29 12:34:56.123456'`,
  `timestamptz '2024-02-29 12:34:56+02'`,
  `date '1969-07-20'`,
  `time '01:02:03.5'`,
  `interval 3 days`,
  `'nan'::double`,
  `'-infinity'::float`,
  `9007199254740993::bigint`,
  `170141183460469231731687303715884105727::hugeint`,
  `0.35::decimal(9,2)`,
  `'\\xDE\\xAD'::blob`,
  `uuid '6b1d4b7c-52a0-4b6a-9c33-0d3d7f0b2c11'`,
  `map {'a': 1, 'b': null}`,
  `map {1: 'a'}`,
  `{a: date '2001-01-01', b: [1, null]}`,
  `[[timestamp '2001-01-01'], [], null]`,
  `'x'::enum('x', 'y')`,
  `'{"a":[1]}'::json`,
  `'0101'::bit`,
  `null`,
]

const jsonOf = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner))

/** Only what JSON has a value for: DuckDB reads the rows as JSON. */
const asJson = (rows: ReadonlyArray<Row>): string => rows.map(row => `${jsonOf(row)}\n`).join('')

/** Objects as columns named by their path, and lists as JSON, as tables are read here. */
const flat = (row: Row, prefix = ''): Row =>
  Object.fromEntries(
    Object.entries(row).flatMap(([key, value]) =>
      isPlain(value) && Object.keys(value).length > 0
        ? Object.entries(flat(value, `${prefix}${key}.`))
        : [[`${prefix}${key}`, Array.isArray(value) || isPlain(value) ? jsonOf(value) : value]],
    ),
  )

const isPlain = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

const byDuckdb = (
  { copy, stored }: ReturnType<typeof duckdbOfTests>,
  extension: string,
  options: ReadonlyArray<string>,
): OtherWriter => ({
  name: `DuckDB ${extension}`,
  extension,
  write: (rows, choice) => {
    const file = stored('rows.ndjson', asJson(extension === '.csv' ? rows.map(row => flat(row)) : rows))
    const columns = `${pick(literals, choice)} as odd, ${pick(literals, choice + 7)} as odder`
    return copy(`select *, ${columns} from read_ndjson('${file}')`, pick(options, choice))
  },
})

const byAvsc: OtherWriter = {
  name: 'avsc',
  extension: '.avro',
  write: (rows, choice) =>
    new Promise((resolve, reject) => {
      // a schema needs names of letters, and one type for each big integer, date and undefined
      const plain = rows.map(row => avroValue(row)) as ReadonlyArray<object>
      const list = avsc.Type.forValue([...plain, ...plain]) as avsc.Type & { readonly itemsType: avsc.Type }
      const schema = named(list.itemsType.schema({ exportAttrs: true })) as avsc.Schema
      const encoder = new avsc.streams.BlockEncoder(avsc.Type.forSchema(schema), {
        codec: pick(['null', 'deflate'], choice),
        blockSize: pick([1, 65_536], choice),
      })
      const parts: Array<Uint8Array> = []
      encoder.on('data', (part: Uint8Array) => parts.push(part))
      encoder.on('end', () => resolve(Buffer.concat(parts)))
      encoder.on('error', reject)
      for (const row of plain) encoder.write(row)
      encoder.end()
    }),
}

/** A schema whose records have the names that the standard asks for. */
const named = (schema: unknown, path = 'R'): unknown => {
  if (Array.isArray(schema)) return schema.map((branch, i) => named(branch, `${path}_${i}`))
  if (typeof schema !== 'object' || schema === null) return schema
  const inner = Object.entries(schema).map(([key, value]) => [key, named(value, `${path}_${key}`)])
  return { ...(Object.fromEntries(inner) as object), ...('fields' in schema ? { name: path } : {}) }
}

const avroValue = (value: unknown): unknown => {
  if (value === undefined) return null
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Date) return value.getTime()
  if (value instanceof Uint8Array) return Buffer.from(value)
  if (Array.isArray(value)) return value.map(avroValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.replace(/^(?![A-Za-z_])|\W/g, '_'), avroValue(inner)]),
  )
}

const byMsgpackr: OtherWriter = {
  name: 'msgpackr',
  extension: '.msgpack',
  write: (rows, choice) => {
    const options = pick([{ useRecords: false }, { useRecords: false, moreTypes: true }, {}], choice)
    const packer = new Packr(options)
    return Buffer.concat(rows.map(row => packer.pack(row)))
  },
}

const byYaml: OtherWriter = {
  name: 'yaml',
  extension: '.yaml',
  write: (rows, choice) => {
    const options = { schema: pick(['core', 'yaml-1.1'] as const, choice), aliasDuplicateObjects: true }
    const documents = rows.map(row => yaml(row, options))
    return bytesOf(choice % 3 === 0 ? yaml(rows, options) : documents.join('---\n'))
  },
}

const tableOf = (rows: ReadonlyArray<Row>, choice: number): Array<Row> =>
  choice % 4 === 0 ? [...rows] : rows.map(row => flat(row))

const byCsvStringify: OtherWriter = {
  name: 'csv-stringify',
  extension: '.csv',
  write: (rows, choice) =>
    bytesOf(
      csv(tableOf(rows, choice), {
        header: true,
        columns: [...new Set(tableOf(rows, choice).flatMap(row => Object.keys(row)))],
        delimiter: pick([',', ';', '\t'], choice),
        bom: choice % 2 === 0,
        quoted: choice % 5 === 0,
        record_delimiter: pick(['unix', 'windows'], choice),
        cast: { bigint: String, object: jsonOf, ...(choice % 4 > 1 ? { boolean: String } : {}) },
      }),
    ),
}

/** The program of the same name prints any value of JavaScript that JSON has. */
const byJavaScript: OtherWriter = {
  name: 'JSON.stringify',
  extension: '.ndjson',
  write: rows => bytesOf(asJson(rows)),
}

export const otherWriters = (duckdb: ReturnType<typeof duckdbOfTests>): ReadonlyArray<OtherWriter> => [
  byDuckdb(duckdb, '.parquet', [
    'format parquet',
    'format parquet, compression zstd, parquet_version v2',
    'format parquet, compression lz4_raw',
    'format parquet, compression gzip',
    'format parquet, compression uncompressed',
  ]),
  byDuckdb(duckdb, '.csv', [
    'format csv, header',
    `format csv, header, delimiter ';'`,
    `format csv, header, delimiter '\t'`,
    `format csv, header, nullstr 'null'`,
    `format csv, header, force_quote *`,
  ]),
  byDuckdb(duckdb, '.ndjson', ['format json']),
  byDuckdb(duckdb, '.json', ['format json, array true']),
  byAvsc,
  byMsgpackr,
  byYaml,
  byCsvStringify,
  byJavaScript,
]

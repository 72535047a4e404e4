/**
 * Files of every feature of Parquet, by writers that npm has: DuckDB, arrow-rs (parquet-wasm) and
 * hyparquet-writer; lists and maps of older writers, by parquetjs, are in `parquetjs.test.ts`. None
 * of them makes, so that nothing here reads: INT96 times (Impala, Spark), pages by LZO, levels by
 * BIT_PACKED, an encrypted footer without a native module, several files of one footer. None marks
 * a column as a VARIANT that is not shredded: these tests mark it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { draw, record } from '@finetune-kit/codec'
import { decodeAll } from '@finetune-kit/serialization'
import { Parquet } from '@finetune-kit/serialization/parquet'
import * as arrow from 'apache-arrow'
import { parquetMetadata } from 'hyparquet'
import * as t from 'io-ts'
import * as wasm from 'parquet-wasm/node'
import { describe, expect, test } from 'vitest'
import { withMetadata } from './withMetadata.ts'
import { duckdbOfTests } from '../../duckdbOfTests.ts'

const { folder, connection } = duckdbOfTests()

const byDuckdb = async (select: string, options: string): Promise<Uint8Array> => {
  const file = join(folder, 'file.parquet')
  await connection().run(`copy (${select}) to '${file}' (format parquet, ${options})`)
  return Uint8Array.from(readFileSync(file))
}

const read = (bytes: Uint8Array, codec: t.Mixed = t.unknown) =>
  decodeAll(Parquet.of(codec))(bytes).map(item => (item._tag === 'Record' ? item.value : draw(item.error)))

const encodingsOf = (bytes: Uint8Array) =>
  new Set(
    parquetMetadata(bytes.slice().buffer).row_groups.flatMap(({ columns }) =>
      columns.flatMap(column => column.meta_data?.encodings ?? []),
    ),
  )

const compressions = ['uncompressed', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4', 'lz4_raw']

const columns = `range::bigint as n, (range % 7)::integer as few, range / 7.0 as f, (range / 4.0)::float as g,
  'text ' || range as text, case when range % 3 = 0 then null else 'é' || (range % 2) end as maybe,
  range % 2 = 0 as b, [range, null] as list, [['a'], [], null] as lists, {a: range, b: {c: null::int}} as o,
  map {'k' || range: range} as m, (range % 100)::decimal(9,2) as cents, range::utinyint as tiny`

const rowOf = (n: number) => ({
  n,
  few: n % 7,
  f: n / 7,
  g: n / 4,
  text: `text ${n}`,
  maybe: n % 3 === 0 ? null : `é${n % 2}`,
  b: n % 2 === 0,
  list: [n, null],
  lists: [['a'], [], null],
  o: { a: n, b: { c: null } },
  m: { [`k${n}`]: n },
  cents: n % 100,
  tiny: n,
})

describe.each(['v1', 'v2'])('Parquet reads what DuckDB writes, version %s', version => {
  test.each(compressions)('by %s', async compression => {
    const options = `parquet_version ${version}, compression ${compression}, row_group_size 2048`
    const select = `select ${columns.replace('range::utinyint', '(range % 200)::utinyint')} from range(5000)`
    const rows = Array.from({ length: 5000 }, (_, n) => ({ ...rowOf(n), tiny: n % 200 }))
    expect(read(await byDuckdb(select, options))).toEqual(rows)
  })
})

test('Parquet reads each encoding that DuckDB has', async () => {
  const select = `select ${columns} from range(200)`
  const found = new Set<string>()
  for (const version of ['v1', 'v2'])
    for (const limit of ['', ', dictionary_size_limit 1'])
      for (const encoding of encodingsOf(await byDuckdb(select, `parquet_version ${version}${limit}`)))
        found.add(encoding)
  expect([...found].toSorted()).toEqual([
    'BYTE_STREAM_SPLIT',
    'DELTA_BINARY_PACKED',
    'DELTA_LENGTH_BYTE_ARRAY',
    'PLAIN',
    'PLAIN_DICTIONARY',
    'RLE_DICTIONARY',
  ])
})

const table = () => {
  const numbers = Array.from({ length: 3000 }, (_, n) => n)
  const struct = new arrow.Struct([new arrow.Field('a', new arrow.Int32(), true)])
  const items = new arrow.List(new arrow.Field('item', new arrow.Utf8(), true))
  const vectors = {
    n: arrow.vectorFromArray(numbers.map(BigInt), new arrow.Int64()),
    f: arrow.vectorFromArray(
      numbers.map(n => n / 7),
      new arrow.Float64(),
    ),
    text: arrow.vectorFromArray(
      numbers.map(n => (n % 5 === 0 ? null : `a long text ${n}`)),
      new arrow.Utf8(),
    ),
    b: arrow.vectorFromArray(
      numbers.map(n => n % 3 === 0),
      new arrow.Bool(),
    ),
    list: arrow.vectorFromArray(
      numbers.map(n => (n % 4 === 0 ? null : Array(n % 3).fill(`x${n}`))),
      items,
    ),
    o: arrow.vectorFromArray(
      numbers.map(n => ({ a: n % 2 === 0 ? null : n })),
      struct,
    ),
  }
  return {
    bytes: arrow.tableToIPC(new arrow.Table(vectors), 'stream'),
    rows: numbers.map(n => ({
      n,
      f: n / 7,
      text: n % 5 === 0 ? null : `a long text ${n}`,
      b: n % 3 === 0,
      list: n % 4 === 0 ? null : Array(n % 3).fill(`x${n}`),
      o: { a: n % 2 === 0 ? null : n },
    })),
  }
}

const byArrow = (
  ipc: Uint8Array,
  set: (builder: wasm.WriterPropertiesBuilder) => wasm.WriterPropertiesBuilder,
) =>
  Uint8Array.from(
    wasm.writeParquet(wasm.Table.fromIPCStream(ipc), set(new wasm.WriterPropertiesBuilder()).build()),
  )

describe('Parquet reads what arrow-rs writes', () => {
  const { bytes: ipc, rows } = table()
  const codecs = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'BROTLI', 'ZSTD', 'LZ4_RAW'] as const

  test.each(codecs.flatMap(codec => [[codec, 'V1'] as const, [codec, 'V2'] as const]))(
    'by %s, in pages of version %s',
    (codec, version) => {
      const file = byArrow(ipc, builder =>
        builder
          .setCompression(wasm.Compression[codec])
          .setWriterVersion(wasm.WriterVersion[version])
          .setDataPageSizeLimit(4096),
      )
      expect(read(file)).toEqual(rows)
    },
  )

  test.each([
    ['text', 'DELTA_BYTE_ARRAY'],
    ['text', 'DELTA_LENGTH_BYTE_ARRAY'],
    ['n', 'DELTA_BINARY_PACKED'],
    ['b', 'RLE'],
    ['f', 'BYTE_STREAM_SPLIT'],
  ] as const)('with the column %s by %s', (column, encoding) => {
    const file = byArrow(ipc, builder =>
      builder
        .setWriterVersion(wasm.WriterVersion.V2)
        .setColumnDictionaryEnabled(column, false)
        .setColumnEncoding(column, wasm.Encoding[encoding]),
    )
    expect(encodingsOf(file)).toContain(encoding)
    expect(read(file)).toEqual(rows)
  })
})

test('Parquet refuses the VARIANT of DuckDB by its name, which is shredded, and skips it where it is unknown', async () => {
  const bytes = await byDuckdb(`select 1 as id, {'a': 'x'}::variant as v`, 'compression zstd')
  const reason = 'a shredded VARIANT, which is not supported'
  expect(read(bytes)).toEqual([expect.stringContaining(`the column "v" is skipped: ${reason}`), { id: 1 }])
  expect(read(bytes, record('V', { v: t.unknown }))).toEqual([expect.stringContaining(reason)])
})

test('Parquet reads a VARIANT that is not shredded', async () => {
  // VariantEncoding.md: version 1, an empty dictionary; then an int8 of 7, a short text, true
  const bytes = withMetadata(
    await byDuckdb(
      `select {metadata: '\\x01\\x00\\x00'::blob, value: v} as v
       from (values ('\\x0C\\x07'::blob), ('\\x09ab'::blob), ('\\x04'::blob)) as t(v)`,
      'compression zstd',
    ),
    metadata => {
      for (const element of metadata.schema)
        if (element.name === 'v') element.logical_type = { type: 'VARIANT' }
    },
  )
  expect(read(bytes)).toEqual([{ v: 7 }, { v: 'ab' }, { v: true }])
})

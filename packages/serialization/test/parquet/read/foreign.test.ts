/** Files of other writers: DuckDB's, and files whose schema is made by hand. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { draw, Finite, Integer, record } from '@finetune-kit/codec'
import { decodeAll, encodeAll, Json } from '@finetune-kit/serialization'
import { Parquet } from '@finetune-kit/serialization/parquet'
import { parquetMetadata } from 'hyparquet'
import { ByteWriter, parquetWriteBuffer } from 'hyparquet-writer'
import { writePageHeader } from 'hyparquet-writer/src/datapage.js'
import { writeMetadata } from 'hyparquet-writer/src/metadata.js'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { folder, byDuckdb, read } from './foreignFile.ts'

test('Parquet reads what JSON has no value for as text: times, large integers, bytes, NaN', async () => {
  const bytes = await byDuckdb(`select timestamp '2024-02-29 12:34:56.123456' as micros,
    timestamptz '2024-02-29 12:34:56+00' as utc, timestamp_ns '2024-02-29 12:34:56.123456789' as nanos,
    timestamp_ms '1969-12-31 23:59:59.999' as millis, date '1969-07-20' as day, time '01:02:03.5' as clock,
    9007199254740993::bigint as large, 7::bigint as small, 18446744073709551615::ubigint as most,
    '\\xDE\\xAD'::blob as dead, 'plain'::blob as plain, 'nan'::double as none, '-infinity'::float as least,
    uuid '6b1d4b7c-52a0-4b6a-9c33-0d3d7f0b2c11' as id`)
  const [value] = read(bytes)
  expect(value).toEqual({
    micros: '2024-02-29T12:34:56.123456',
    utc: '2024-02-29T12:34:56.000Z',
    nanos: '2024-02-29T12:34:56.123456789',
    millis: '1969-12-31T23:59:59.999',
    day: '1969-07-20',
    clock: '01:02:03.500',
    large: '9007199254740993',
    small: 7,
    most: '18446744073709551615',
    dead: '3q0=',
    plain: 'cGxhaW4=',
    none: 'NaN',
    least: '-Infinity',
    id: '6b1d4b7c-52a0-4b6a-9c33-0d3d7f0b2c11',
  })
  expect(E.isRight(Json.of(t.unknown).encode(value))).toBe(true)
})

test('Parquet parses a column that is marked as JSON, also for a codec of other values than text', () => {
  const Wide = record('Wide', { n: t.union([t.string, t.number]), list: t.unknown })
  const bytes = encodeAll(Parquet.of(Wide))([{ n: 7, list: [1, 2] }])
  if (E.isLeft(bytes)) throw new Error(bytes.left.reason)
  const Narrow = record('Narrow', { n: Integer, list: t.array(Integer) })
  expect(read(bytes.right, Narrow)).toEqual([{ n: 7, list: [1, 2] }])
  expect(read(bytes.right, record('Text', { n: t.string, list: t.string }))).toEqual([
    { n: '7', list: '[1,2]' },
  ])
})

test('Parquet takes bytes without a type for the text of a field that is one, and refuses others with the path', () => {
  const column = [Uint8Array.of(0x61), Uint8Array.of(0xff)]
  const bytes = new Uint8Array(
    parquetWriteBuffer({
      columnData: [{ name: 'note', data: column }],
      schema: [
        { name: 'root', num_children: 1 },
        { name: 'note', type: 'BYTE_ARRAY', repetition_type: 'REQUIRED' },
      ],
    }),
  )
  expect(read(bytes, record('Note', { note: t.string }))).toEqual([
    { note: 'a' },
    'record 2 /note: expected text in UTF-8, found "/w=="',
  ])
  expect(read(bytes)).toEqual([{ note: 'YQ==' }, { note: '/w==' }])
})

test('Parquet reads a decimal as the double nearest to its digits, and refuses those of more digits if strict', async () => {
  const bytes = await byDuckdb(`select * from (values
    (0.35::decimal(9,2), 12345678901234567.89::decimal(38,2)), (-0.05::decimal(9,2), -0.50::decimal(38,2)),
    (null, 9007199254740992.00::decimal(38,2))) as t(cents, wide)`)
  const nearest = [
    { cents: 0.35, wide: Number('12345678901234567.89') },
    { cents: -0.05, wide: -0.5 },
    { cents: null, wide: 9007199254740992 },
  ]
  expect(read(bytes)).toEqual(nearest)
  expect(read(bytes, t.unknown, { strict: true })).toEqual([
    'record 1 /wide: expected a number that a double holds exactly, found "12345678901234567.89"',
    ...nearest.slice(1),
  ])
})

test('Parquet parses JSON where the writer marked it, and leaves other text as it is', async () => {
  const bytes = await byDuckdb(`select '101' as id, 'null' as none, '{"a":[1]}'::json as more, '[2]' as list`)
  const codec = record('Row', { id: t.union([t.string, Finite]) }, { none: t.unknown, more: t.unknown })
  expect(read(bytes, codec)).toEqual([{ id: '101', none: 'null', more: { a: [1] }, list: '[2]' }])
  const written = encodeAll(Parquet.of(codec))([
    { id: '101', none: 'null', more: 1 },
    { id: 101, none: null },
  ])
  expect(E.isRight(written) && read(written.right, codec)).toEqual([
    { id: '101', none: 'null', more: 1 },
    { id: 101, none: null },
  ])
})

test('Parquet gives back the records of a file that DuckDB saved again', async () => {
  const Row = record('Row', { n: Integer }, { more: t.unknown, text: t.string })
  const records = [{ n: 1, more: { a: null }, other: [1] }, { n: 2, more: 'x', text: '1' }, { n: 3 }]
  const written = encodeAll(Parquet.of(Row))(records)
  if (E.isLeft(written)) throw new Error(written.left.reason)
  const ours = join(folder, 'ours.parquet')
  writeFileSync(ours, written.right)
  expect(read(await byDuckdb(`from '${ours}'`), Row)).toEqual(records)
})

test('Parquet unwraps a column named value only where its writer marked it', async () => {
  const bytes = await byDuckdb(`select 1 as id, 2 as value`)
  expect(read(bytes)).toEqual([{ id: 1, value: 2 }])
})

test('Parquet skips a column that neither the codec nor it knows, with one warning', async () => {
  const bytes = await byDuckdb(
    `select range::bigint as n, interval 3 days as took from range(5000)`,
    ', row_group_size 2048',
  )
  const items = decodeAll(Parquet.of(record('Row', { n: Integer })))(bytes)
  expect(items.length).toBe(5001)
  const [first, ...rest] = items
  const column = parquetMetadata(bytes.slice().buffer).row_groups[0]?.columns[1]?.meta_data
  const start = Number(column?.dictionary_page_offset ?? column?.data_page_offset)
  expect(start).toBeGreaterThan(4)
  expect(first?._tag === 'Reject' && [draw(first.error), first.records, first.isFinal]).toEqual([
    `not Parquet: the column "took" is skipped: the type INTERVAL, which is not supported (byte ${start})`,
    0,
    undefined,
  ])
  expect(rest.every((item, n) => item._tag === 'Record' && item.value.n === n)).toBe(true)
  expect(read(bytes, record('Row', { took: t.unknown }))).toEqual([
    expect.stringContaining('the type INTERVAL, which is not supported'),
  ])
})

test.each(['lz4_raw', 'lz4'])('Parquet reads pages compressed by %s', async compression => {
  const bytes = await byDuckdb(
    `select range::bigint as n, 'text ' || (range % 3) as text from range(3000)`,
    `, compression ${compression}`,
  )
  expect(read(bytes)).toEqual(Array.from({ length: 3000 }, (_, n) => ({ n, text: `text ${n % 3}` })))
})

test('Parquet bounds the rows of a file by its bytes', async () => {
  const small = await byDuckdb(`select null::bigint as x from range(1500000)`, ', row_group_size 2000000')
  expect(small.length).toBeLessThan(2000)
  const items = decodeAll(Parquet.of(t.unknown))(small)
  expect(items).toMatchObject([{ _tag: 'Reject', records: 1_500_000, isFinal: true }])
  expect(read(small)).toEqual([expect.stringContaining('more rows than its bytes allow')])
})

test('Parquet asks for smaller row groups where one is larger than it reads', async () => {
  const remedy = 'Write it again in smaller row groups'
  const long = await byDuckdb('select range as n from range(4000001)', ', row_group_size 5000000')
  expect(read(long)).toEqual([
    `record 1: not Parquet: a row group of 4000001 rows, of which at most 4000000 are read (byte 4). ${remedy}`,
  ])
  const nulls = Array.from({ length: 16 }, (_, i) => `null as c${i}`).join(', ')
  const wide = await byDuckdb(`select range as n, ${nulls} from range(2000000)`, ', row_group_size 5000000')
  expect(read(wide, record('Row', { c15: t.unknown }))).toEqual([
    expect.stringMatching(
      `^record 1: not Parquet: the column "c15" cannot be read: more values than a row group may have .*${remedy}$`,
    ),
  ])
})

test('Parquet reads a page with repetition levels of a column that has none', () => {
  const file = encodeAll(Parquet.of(record('Row', { n: Finite })))([{ n: 1 }, { n: 2 }])
  if (E.isLeft(file)) throw new Error(file.left.reason)
  const out = new ByteWriter()
  out.appendBytes(file.right.subarray(0, 4))
  // two levels that are 0, which take two bytes, before two numbers
  const values = Uint8Array.of(4, 0, ...new Uint8Array(new Float64Array([1, 2]).buffer))
  writePageHeader(out, {
    type: 'DATA_PAGE_V2',
    uncompressed_page_size: values.length,
    compressed_page_size: values.length,
    data_page_header_v2: {
      num_values: 2,
      num_nulls: 0,
      num_rows: 2,
      encoding: 'PLAIN',
      repetition_levels_byte_length: 2,
      definition_levels_byte_length: 0,
      is_compressed: false,
    },
  })
  out.appendBytes(values)
  const page = out.getBytes().slice()
  const metadata = parquetMetadata(file.right.slice().buffer)
  metadata.schema = [
    { name: 'root', num_children: 1 },
    { name: 'n', type: 'DOUBLE', repetition_type: 'REQUIRED' },
  ]
  for (const rows of metadata.row_groups) {
    rows.columns.length = 1
    const [column] = rows.columns
    if (!column?.meta_data) throw new Error('no column')
    delete column.meta_data.dictionary_page_offset
    delete column.meta_data.statistics
    Object.assign(column.meta_data, {
      path_in_schema: ['n'],
      codec: 'UNCOMPRESSED',
      data_page_offset: 4n,
      total_compressed_size: BigInt(page.length - 4),
      total_uncompressed_size: BigInt(page.length - 4),
    })
  }
  const end = new ByteWriter()
  end.appendBytes(page)
  writeMetadata(end, metadata)
  end.appendBytes(file.right.subarray(0, 4))
  expect(read(end.getBytes().slice())).toEqual([{ n: 1 }, { n: 2 }])
})

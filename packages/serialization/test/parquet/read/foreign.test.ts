/** Files of other writers: DuckDB's, and files whose schema is made by hand. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { draw, Finite, Integer, record } from '@finetune-kit/codec'
import { decodeAll, encodeAll, Json, type ReaderOptions } from '@finetune-kit/serialization'
import { Parquet } from '@finetune-kit/serialization/parquet'
import { parquetMetadata, type SchemaElement } from 'hyparquet'
import { ByteWriter, parquetWriteBuffer } from 'hyparquet-writer'
import { writePageHeader } from 'hyparquet-writer/src/datapage.js'
import { writeMetadata } from 'hyparquet-writer/src/metadata.js'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { withMetadata } from './withMetadata.ts'
import { duckdbOfTests } from '../../duckdbOfTests.ts'

const { folder, connection } = duckdbOfTests()

const byDuckdb = async (select: string, options = ''): Promise<Uint8Array> => {
  const file = join(folder, 'file.parquet')
  await connection().run(`copy (${select}) to '${file}' (format parquet${options})`)
  return Uint8Array.from(readFileSync(file))
}

const read = (bytes: Uint8Array, codec: t.Mixed = t.unknown, options?: ReaderOptions) =>
  decodeAll(
    Parquet.of(codec),
    options,
  )(bytes).map(item => (item._tag === 'Record' ? item.value : draw(item.error)))

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
  expect(first?._tag === 'Reject' && [draw(first.error), first.records, first.isFinal]).toEqual([
    'not Parquet: the column "took" is skipped: the type INTERVAL, which is not supported (byte 4)',
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

const group = (
  name: string,
  num_children: number,
  repetition_type: 'REQUIRED' | 'OPTIONAL' | 'REPEATED',
  more: Partial<SchemaElement> = {},
): SchemaElement => ({ name, num_children, repetition_type, ...more })
const double = (name: string, repetition_type: 'REQUIRED' | 'REPEATED' = 'REQUIRED'): SchemaElement => ({
  name,
  type: 'DOUBLE',
  repetition_type,
})

/** Lists of one number for each item, whose levels are the same in all of these schemas. */
const lists = [[1, 2], [], null]

test.each([
  ['of three levels', [group('list', 1, 'REPEATED'), double('element')], (n: number) => n],
  ['of three levels by other names', [group('bag', 1, 'REPEATED'), double('item')], (n: number) => n],
  ['of a repeated value', [double('array', 'REPEATED')], (n: number) => n],
  ['of groups named array', [group('array', 1, 'REPEATED'), double('a')], (a: number) => ({ a })],
  ['of groups named after it', [group('x_tuple', 1, 'REPEATED'), double('a')], (a: number) => ({ a })],
] as const)('Parquet reads a list %s', (_, inner, itemOf) => {
  const list = group('x', 1, 'OPTIONAL', { converted_type: 'LIST' })
  const bytes = new Uint8Array(
    parquetWriteBuffer({
      schema: [{ name: 'root', num_children: 1 }, list, group('list', 1, 'REPEATED'), double('element')],
      columnData: [{ name: 'x', data: lists }],
    }),
  )
  const other = withMetadata(bytes, metadata => {
    metadata.schema = [{ name: 'root', num_children: 1 }, list, ...inner]
    for (const { columns } of metadata.row_groups)
      for (const { meta_data } of columns)
        if (meta_data) meta_data.path_in_schema = ['x', ...inner.map(({ name }) => name)]
  })
  expect(read(other)).toEqual(lists.map(x => ({ x: x === null ? null : x.map(n => itemOf(n)) })))
})

test.each([
  ['key_value', 'key', 'value', 'MAP'],
  ['map', 'k', 'v', 'MAP'],
  ['entries', 'value', 'key', 'MAP_KEY_VALUE'],
] as const)('Parquet reads a map whose fields are named %s, %s and %s', async (entries, key, value, type) => {
  const bytes = withMetadata(await byDuckdb(`select map {'a': 1, 'b': null} as x`), metadata => {
    const names = { key_value: entries, key, value } as Readonly<Record<string, string>>
    for (const element of metadata.schema) {
      if (element.converted_type === 'MAP') {
        element.converted_type = type
        delete element.logical_type
      }
      element.name = names[element.name] ?? element.name
    }
    for (const { columns } of metadata.row_groups)
      for (const { meta_data } of columns)
        if (meta_data) meta_data.path_in_schema = meta_data.path_in_schema.map(name => names[name] ?? name)
  })
  expect(read(bytes)).toEqual([{ x: { a: 1, b: null } }])
})

/** A file with a VARIANT column `v` of these values, in hexadecimal digits, each with its keys. */
const variants = async (...values: ReadonlyArray<readonly [metadata: string, value: string]>) =>
  withMetadata(
    await byDuckdb(
      values
        .map(([m, v]) => `select {metadata: from_hex('${m}'), value: from_hex('${v}')} as v`)
        .join(' union all '),
    ),
    metadata => {
      for (const element of metadata.schema)
        if (element.name === 'v') element.logical_type = { type: 'VARIANT' }
    },
  )
const noKeys = '010000'

test.each([
  ['null', '00', null],
  ['true', '04', true],
  ['an int8', '0cff', -1],
  ['an int64 beyond a double', '18ffffffffffffff7f', '9223372036854775807'],
  ['a double', '1c000000000000f83f', 1.5],
  ['a float that is no number', '380000c07f', 'NaN'],
  ['a decimal', '200223000000', 0.35],
  ['a wide decimal', `2802${'00'.repeat(8)}01${'00'.repeat(7)}`, 184467440737095520],
  ['a date', '2c01000000', '1970-01-02'],
  ['a timestamp', '300100000000000000', '1970-01-01T00:00:00.000001Z'],
  ['a timestamp of no zone in nanoseconds', '4c0100000000000000', '1970-01-01T00:00:00.000000001'],
  ['a time', '440100000000000000', '00:00:00.000001'],
  ['bytes', '3c02000000ffff', '//8='],
  ['a long text', '4002000000c3a4', 'ä'],
  ['a short text', '0561', 'a'],
  ['a UUID', '5000112233445566778899aabbccddeeff', '00112233-4455-6677-8899-aabbccddeeff'],
  ['a list', '0302000103040c07', [true, 7]],
])('Parquet reads a VARIANT: %s', async (_, value, expected) => {
  expect(read(await variants([noKeys, value]))).toEqual([{ v: expected }])
})

test('Parquet reads the keys of a VARIANT as data', async () => {
  const metadata = `010200010a${Buffer.from('a__proto__').toString('hex')}`
  const [item] = read(await variants([metadata, '02020001000103040c07'])) as [{ v: object }]
  expect(Object.entries(item.v)).toEqual([
    ['a', true],
    ['__proto__', 7],
  ])
})

test('Parquet rejects the record of an invalid VARIANT, and no other', async () => {
  const bytes = await variants(
    [noKeys, '04'],
    [noKeys, '18ff'],
    [noKeys, '0961'],
    [noKeys, '5c'],
    [noKeys, '08'],
  )
  expect(read(bytes)).toEqual([
    { v: true },
    ...Array.from({ length: 3 }, () => expect.stringContaining('/v: expected a VARIANT value') as string),
    { v: false },
  ])
})

test('Parquet counts the values of a VARIANT whose offsets share them', async () => {
  // each list holds the next one twice
  const doubled = (levels: number): string => (levels === 0 ? '04' : `0302000000${doubled(levels - 1)}`)
  const reader = (levels: number) =>
    variants([noKeys, doubled(levels)], [noKeys, '04']).then(bytes => read(bytes))
  expect(await reader(40)).toEqual([
    expect.stringContaining('more than 1000000 values in a record'),
    { v: true },
  ])
  expect(await reader(1500)).toEqual([
    expect.stringContaining('nested more than 1000 levels deep'),
    { v: true },
  ])
})

test('Parquet refuses a shredded VARIANT by its name, and skips it where the codec does not know it', async () => {
  const bytes = withMetadata(
    await byDuckdb(`select 1 as id, {metadata: ''::blob, value: ''::blob, typed_value: 7} as v`),
    metadata => {
      for (const element of metadata.schema)
        if (element.name === 'v') element.logical_type = { type: 'VARIANT' }
    },
  )
  const reason = 'a shredded VARIANT, which is not supported. Write it as JSON: CAST(column AS JSON)'
  expect(read(bytes)).toEqual([expect.stringContaining(`the column "v" is skipped: ${reason}`), { id: 1 }])
  expect(read(bytes, record('V', { v: t.unknown }))).toEqual([expect.stringContaining(reason)])
})

test('Parquet bounds the rows of a file by its bytes', async () => {
  const small = await byDuckdb(`select null::bigint as x from range(1500000)`, ', row_group_size 2000000')
  expect(small.length).toBeLessThan(2000)
  const items = decodeAll(Parquet.of(t.unknown))(small)
  expect(items).toMatchObject([{ _tag: 'Reject', records: 1_500_000, isFinal: true }])
  expect(read(small)).toEqual([expect.stringContaining('more rows than its bytes allow')])
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
  metadata.schema = [{ name: 'root', num_children: 1 }, double('n')]
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

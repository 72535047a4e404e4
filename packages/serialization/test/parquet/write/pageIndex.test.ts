/** The page index and the bounds of the footer, as hyparquet, DuckDB and arrow-rs read them. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Integer, nullable, record } from '@finetune-kit/codec'
import { encodeAll } from '@finetune-kit/serialization'
import { Parquet } from '@finetune-kit/serialization/parquet'
import * as arrow from 'apache-arrow'
import { type ColumnChunk, parquetMetadata, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { parquetHeader } from 'hyparquet/src/column.js'
import { readColumnIndex, readOffsetIndex } from 'hyparquet/src/indexes.js'
import * as t from 'io-ts'
import * as wasm from 'parquet-wasm/node'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { duckdbOfTests } from '../../duckdbOfTests.ts'

const { folder, connection } = duckdbOfTests()
const select = async (sql: string) => (await connection().runAndReadAll(sql)).getRowsJson()

const Row = record(
  'Row',
  { id: t.string, n: Integer, list: t.array(Integer) },
  { late: nullable(t.string), kind: t.string, more: t.unknown },
)

const long = 'x'.repeat(100)
const rows = Array.from({ length: 120_000 }, (_, n) => ({
  id: `run-${String(n).padStart(30, '0')}`,
  n,
  list: n % 2 === 0 ? [] : [n, -n],
  kind: n < 60_000 ? 'a' : `${long}${n % 3}`,
  ...(n >= 50_000 && { late: n === 70_000 ? null : `late ${n}` }),
  more: n,
}))
const written = encodeAll(Parquet.of(Row))(rows)
if (E.isLeft(written)) throw new Error(written.left.reason)
const file = Uint8Array.from(written.right)
const { row_groups, schema } = parquetMetadata(file.buffer)

const columnOf = (name: string): ColumnChunk =>
  row_groups[0]?.columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === name) as ColumnChunk

const at = (offset: bigint | undefined, length = 0) => ({
  view: new DataView(file.buffer, Number(offset), length === 0 ? file.length - Number(offset) : length),
  offset: 0,
})

/** The pages of a column in the first row group: first row, bounds, and nulls. */
const pagesOf = (name: string) => {
  const column = columnOf(name)
  const element = schema.find(each => each.name === name) as (typeof schema)[number]
  const index = readColumnIndex(at(column.column_index_offset, column.column_index_length), element)
  const { page_locations } = readOffsetIndex(at(column.offset_index_offset, column.offset_index_length))
  return page_locations.map(({ first_row_index, offset, compressed_page_size }, i) => {
    const reader = at(offset)
    const header = parquetHeader(reader)
    expect(header.type).toBe('DATA_PAGE')
    expect(reader.offset + header.compressed_page_size).toBe(compressed_page_size)
    return {
      first: Number(first_row_index),
      isNull: index.null_pages[i],
      min: index.min_values[i],
      max: index.max_values[i],
      nulls: Number(index.null_counts?.[i]),
    }
  })
}

test('the page index has the bounds of each page, exact for identifiers', () => {
  expect(row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([100_000, 20_000])
  const pages = pagesOf('id')
  expect(pages.length).toBeGreaterThan(4)
  for (const [i, { first, min, max, nulls }] of pages.entries()) {
    const next = pages[i + 1]?.first ?? 100_000
    expect([min, max, nulls]).toEqual([rows[first]?.id, rows[next - 1]?.id, 0])
  }
  expect(columnOf('id').meta_data?.statistics).toMatchObject({
    min_value: rows[0]?.id,
    max_value: rows[99_999]?.id,
  })
})

test('the page index says which pages are null, and bounds of long texts are rounded', () => {
  const late = pagesOf('late')
  expect(late.map(({ isNull }) => isNull)).toContain(true)
  for (const [i, { first, isNull, nulls }] of late.entries()) {
    const next = late[i + 1]?.first ?? 100_000
    if (next <= 50_000) expect([isNull, nulls]).toEqual([true, next - first])
  }
  const max = pagesOf('kind').at(-1)?.max as unknown as string
  expect(max.length).toBeLessThanOrEqual(64)
  expect(max > `${long}2`).toBe(true)
  expect(columnOf('kind').meta_data?.statistics?.is_max_value_exact).toBe(false)
  expect(columnOf('list').offset_index_offset).toBeDefined()
  expect(columnOf('more').column_index_offset).toBeUndefined()
})

const orderOf = (name: string, leaf = name) => {
  const { column_index_offset, column_index_length } = columnOf(name)
  const element = schema.find(each => each.name === leaf) as (typeof schema)[number]
  return readColumnIndex(at(column_index_offset, column_index_length), element).boundary_order
}

test('the page index says where bounds ascend, without pages that have no value', () => {
  expect(['id', 'n', 'late'].map(name => orderOf(name))).toEqual(['ASCENDING', 'ASCENDING', 'ASCENDING'])
  expect(orderOf('list', 'element')).toBe('UNORDERED')
})

const sortingOf = (sortedBy?: string) => {
  const writer = Parquet.of(Row).writer(sortedBy === undefined ? {} : { sortedBy })
  for (const row of rows.slice(0, 10)) writer.push(row)
  return parquetMetadata(Uint8Array.from(writer.end()).buffer).row_groups[0]?.sorting_columns
}

test('the footer says by which column the rows are sorted', () => {
  expect(sortingOf('n')).toEqual([{ column_idx: 1, descending: false, nulls_first: false }])
  expect([sortingOf(), sortingOf('list'), sortingOf('nothing')]).toEqual([undefined, undefined, undefined])
})

test('hyparquet reads a few rows through the offset index', async () => {
  const found = await parquetReadObjects({
    file: file.buffer,
    compressors,
    columns: ['n', 'list'],
    rowStart: 99_998,
    rowEnd: 100_002,
    useOffsetIndex: true,
  })
  expect(found.map(({ n }) => Number(n))).toEqual([99_998, 99_999, 100_000, 100_001])
})

/** The file with all bytes damaged but those of two columns of the last row group, and the footer. */
const damaged = (() => {
  const copy = file.slice()
  const footer = file.length - 8 - new DataView(file.buffer).getUint32(file.length - 8, true)
  copy.fill(0xff, 4, footer)
  for (const { meta_data } of row_groups[1]?.columns ?? []) {
    if (!['id', 'n'].includes(meta_data?.path_in_schema[0] ?? '')) continue
    const from = Number(meta_data?.dictionary_page_offset ?? meta_data?.data_page_offset)
    const to = from + Number(meta_data?.total_compressed_size)
    copy.set(file.subarray(from, to), from)
  }
  return copy
})()

test('DuckDB reads no row group that bounds exclude, and only the columns of a query; arrow-rs all', async () => {
  const path = join(folder, 'rows.parquet')
  writeFileSync(path, file)
  expect(
    await select(
      `select stats_min_value, stats_max_value from parquet_metadata('${path}') where path_in_schema = 'id' order by row_group_id`,
    ),
  ).toEqual([
    [rows[0]?.id, rows[99_999]?.id],
    [rows[100_000]?.id, rows[119_999]?.id],
  ])
  writeFileSync(path, damaged)
  expect(await select(`select n from '${path}' where id = '${rows[110_000]?.id}'`)).toEqual([['110000']])
  await expect(select(`select n from '${path}' where id = '${rows[90_000]?.id}'`)).rejects.toThrow()
  const table = arrow.tableFromIPC(wasm.readParquet(file).intoIPCStream())
  expect(table.numRows).toBe(120_000)
  expect(table.get(119_999)?.toJSON()['id']).toBe(rows[119_999]?.id)
})

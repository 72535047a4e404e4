import { createHash } from 'node:crypto'
import { Integer, record } from '@finetune-kit/codec'
import { Parquet } from '@finetune-kit/serialization/parquet'
import { parquetMetadata } from 'hyparquet'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { parquetWriter } from '../../src/parquet/write/parquetWriter.ts'
import { defaultGroupLimits } from '../../src/parquet/write/rowGroupWriter.ts'
import { recordSchema } from '../../src/schema/RecordSchema.ts'
import { Point, points } from './points.ts'
import { write, writeBy, fileOf, read } from './parquetBytes.ts'

test('Parquet reads the columns that are asked for, and a row group at a time', async () => {
  const many = Array.from({ length: 40_001 }, (_, x) => ({ x, list: [] }))
  const bytes = write(Parquet.of(Point), many)
  const found = await read(Parquet.of(record('X', { x: Integer })), bytes, { columns: ['x'] })
  expect(found).toEqual(many.map(({ x }) => ({ x })))
})

/** Every one of them another, and hardly to be compressed. */
const noise = (seed: number) =>
  createHash('shake256', { outputLength: 300_000 }).update(`${seed}`).digest('base64')

test('Parquet ends a row group and a page before they hold too many bytes', async () => {
  const Text = record('Text', { text: t.string, list: t.array(t.string) })
  const rows = Array.from({ length: 40 }, (_, i) => ({
    text: noise(i),
    list: Array.from({ length: i * 100 }, (_, j) => `${i % 3} ${j}`),
  }))
  const limits = { ...defaultGroupLimits, bytes: 8 << 20 }
  const bytes = writeBy(parquetWriter(Text, recordSchema(Text), limits)(), rows)
  const { row_groups } = parquetMetadata(bytes.slice().buffer)
  expect(row_groups.length).toBeGreaterThan(1)
  for (const { columns } of row_groups)
    for (const { meta_data } of columns)
      expect(Number(meta_data?.total_uncompressed_size)).toBeLessThan(16 << 20)
  const pages = row_groups[0]?.columns.map(({ meta_data }) =>
    meta_data?.encoding_stats?.reduce((n, { count }) => n + count, 0),
  )
  expect(pages?.[0]).toBeGreaterThan(4)
  expect(await read(Parquet.of(Text), bytes)).toEqual(rows)
})

test('Parquet ends a row group at 100,000 rows, or where its columns have very many entries', () => {
  const Row = record('Row', { x: Integer })
  const groups = (limits = defaultGroupLimits) =>
    parquetMetadata(
      writeBy(
        parquetWriter(Row, recordSchema(Row), limits)(),
        Array.from({ length: 100_001 }, (_, x) => ({ x })),
      ).slice().buffer,
    ).row_groups.map(({ num_rows }) => Number(num_rows))
  expect(groups()).toEqual([100_000, 1])
  expect(groups({ ...defaultGroupLimits, entries: 80_000 })).toEqual([40_000, 40_000, 20_001])
})

test('Parquet asks for parts of a footer that is long when it comes to them', async () => {
  const fields = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`field ${i}`, Integer]))
  const Wide = record('Wide', { x: Integer }, fields)
  const rows = Array.from({ length: 301 }, (_, x) => ({ x, [`field ${x % 100}`]: x }))
  const limits = { ...defaultGroupLimits, rows: 20 }
  const bytes = writeBy(parquetWriter(Wide, recordSchema(Wide), limits)(), rows)
  const size = new DataView(bytes.buffer).getUint32(bytes.length - 8, true)
  expect(size).toBeGreaterThan(65_536)
  const asked: Array<readonly [number, number]> = []
  let next = 0
  for await (const item of Parquet.of(Wide).readFrom(fileOf(bytes, asked)))
    expect(item).toMatchObject({ _tag: 'Record', value: rows[next++] })
  expect(next).toBe(rows.length)
  const inFooter = asked.filter(([from, to]) => from >= bytes.length - 8 - size && to <= bytes.length - 8)
  expect(inFooter.length).toBeGreaterThan(2)
  expect(await read(Parquet.of(Wide), bytes)).toEqual(rows)
})

test('Parquet never asks for the bytes of a column that is not wanted', async () => {
  const bytes = write(Parquet.of(Point), points)
  const asked: Array<readonly [number, number]> = []
  const { row_groups } = parquetMetadata(bytes.slice().buffer)
  const chunks = (row_groups[0]?.columns ?? []).map(({ meta_data: column }) => {
    const start = Number(column?.dictionary_page_offset ?? column?.data_page_offset)
    return { name: column?.path_in_schema[0], start, end: start + Number(column?.total_compressed_size) }
  })
  const X = record('X', { x: Integer })
  let read = 0
  for await (const item of Parquet.of(X).readFrom(fileOf(bytes, asked), { columns: ['x'] })) {
    expect(item._tag).toBe('Record')
    read++
  }
  expect([read, chunks.filter(({ name }) => name === 'x').length]).toEqual([points.length, 1])
  expect(chunks.length).toBeGreaterThan(1)
  for (const { name, start, end } of chunks)
    expect(asked.some(([from, to]) => from < end && to > start && to <= bytes.length - 8)).toBe(name === 'x')
})

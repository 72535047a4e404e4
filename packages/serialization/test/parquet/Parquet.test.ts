import { Finite, Integer, record } from '@finetune-kit/codec'
import { Parquet } from '@finetune-kit/serialization/parquet'
import { parquetMetadata } from 'hyparquet'
import * as t from 'io-ts'
import { expect, test, vi } from 'vitest'
import { Point, points } from './points.ts'
import { write, read } from './parquetBytes.ts'

test.each([false, true])(
  'Parquet keeps null, absent and empty apart, -0, unknown keys: compact %j',
  async compact => {
    const found = await read(Parquet.of(Point), write(Parquet.of(Point), points, compact))
    expect(found).toStrictEqual(points)
    expect(Object.is((found[0] as { y: number }).y, -0)).toBe(true)
    expect(Object.is((found[1] as { x: number }).x, -0)).toBe(true)
  },
)

test('Parquet gives the rows of any file as they are to a codec that knows none of its columns', async () => {
  const bytes = write(Parquet.of(record('Row', { a: Integer, b: t.array(t.string) })), [{ a: 1, b: ['x'] }])
  expect(await read(Parquet.of(t.unknown), bytes)).toEqual([{ a: 1, b: ['x'] }])
})

test('Parquet keeps apart what no codec but unknown can hold, and its own column', async () => {
  const values = [{ value: 1 }, [1], 'text', null]
  expect(await read(Parquet.of(t.unknown), write(Parquet.of(t.unknown), values))).toEqual(values)
})

test('Parquet keeps 0 and -0 apart, however often they come', async () => {
  const Signed = record('Signed', { x: Finite, all: t.array(Finite) })
  const zeros = [0, -0, 0, 0, -0, 0, 0, 0, 0, 0]
  const records = zeros.map(x => ({ x, all: zeros }))
  const found = await read(Parquet.of(Signed), write(Parquet.of(Signed), records))
  expect(found).toStrictEqual(records)
})

const codecs = (file: Uint8Array) =>
  parquetMetadata(file.slice().buffer).row_groups[0]?.columns.map(column => column.meta_data?.codec)

test('Parquet is written by Snappy where there is no Zstandard', async () => {
  vi.resetModules()
  vi.doMock('../../src/bytes/zlib.ts', () => ({ zlib: undefined, zstd: undefined, chunkSize: 1 }))
  const { Parquet: Plain } = await import('../../src/parquet/Parquet.ts')
  vi.doUnmock('../../src/bytes/zlib.ts')
  const bytes = write(Plain.of(Point), points, true)
  expect(new Set(codecs(bytes))).toEqual(new Set(['SNAPPY']))
  expect(new Set(codecs(write(Parquet.of(Point), points)))).toEqual(new Set(['ZSTD']))
  expect(await read(Plain.of(Point), bytes)).toStrictEqual(points)
})

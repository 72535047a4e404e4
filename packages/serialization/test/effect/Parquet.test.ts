import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { DuckDBInstance } from '@duckdb/node-api'
import { draw, Finite, Integer, nullable, record } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'
import { FineTuneSnapshot, FineTuningJobSnapshot, OpenAIFile } from '@finetune-kit/model'
import { Parquet, type ParquetOptions, type ParquetRows } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import * as fc from 'fast-check'
import { parquetMetadata } from 'hyparquet'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

const write = <A>(format: ParquetRows<A>, records: ReadonlyArray<A>, compact = false): Uint8Array => {
  const writer = format.writer({ compact })
  const parts = records.map(value => right(writer.push(value)))
  return Uint8Array.from(Buffer.concat([...parts, writer.end()]))
}

const read = async (
  format: Pick<ParquetRows<unknown>, 'rows'>,
  bytes: Uint8Array,
  options?: ParquetOptions,
) => {
  const file = {
    byteLength: bytes.length,
    slice: (from: number, to?: number) => bytes.slice(from, to).buffer,
  }
  const items = await Effect.runPromise(Stream.runCollect(format.rows(file, options)))
  return items.map(item => (item._tag === 'Record' ? item.value : draw(item.error)))
}

const Point = record(
  'Point',
  { x: Integer, list: t.array(nullable(Integer)) },
  { label: nullable(t.string), y: Finite, 'a.b': t.unknown, at: nullable(record('At', { z: t.boolean })) },
)
const points = [
  { x: 2 ** 53 - 1, list: [], label: 'a', y: -0, 'a.b': [null], at: { z: true } },
  { x: -0, list: [1, null, -3], label: null, other: { n: 1 } },
  { x: 3, list: [null], at: null },
  { x: 4, list: [-0], at: { z: false, more: '\ud800' } },
] as ReadonlyArray<t.TypeOf<typeof Point>>

test.each([false, true])(
  'Parquet keeps null, absent and empty apart, -0, unknown keys: compact %j',
  async compact => {
    const found = await read(Parquet.of(Point), write(Parquet.of(Point), points, compact))
    expect(found).toStrictEqual(points)
    expect(Object.is((found[0] as { y: number }).y, -0)).toBe(true)
    expect(Object.is((found[1] as { x: number }).x, -0)).toBe(true)
  },
)

test.each([FineTuneSnapshot, FineTuningJobSnapshot, OpenAIFile, t.unknown, t.string] as ReadonlyArray<t.Any>)(
  'Parquet gives back every record that it wrote: $name',
  async codec => {
    const format = Parquet.of<unknown, unknown>(codec)
    await fc.assert(
      fc.asyncProperty(fc.array(Arbitrary.of<unknown>(codec), { maxLength: 5 }), async records => {
        const found = await read(format, write(format, records))
        if (!isDeepStrictEqual(found, records)) expect(found).toStrictEqual(records)
      }),
      { numRuns: 40, interruptAfterTimeLimit: 5000 },
    )
  },
  20_000,
)

test('Parquet is read by DuckDB, and reads what DuckDB writes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-parquet-'))
  try {
    const ours = join(folder, 'ours.parquet')
    const theirs = join(folder, 'theirs.parquet')
    writeFileSync(ours, write(Parquet.of(Point), points, true))
    const duckdb = await (await DuckDBInstance.create(':memory:')).connect()
    const rows = await duckdb.runAndReadAll(
      `select x, len(list), list[2], label, y, "at".z, _unknown from '${ours}'`,
    )
    expect(rows.getRowsJson()).toEqual([
      ['9007199254740991', '0', null, 'a', -0, true, null],
      ['0', '3', null, null, null, null, '{"other":{"n":1},"x":-0,"label":null}'],
      ['3', '1', null, null, null, null, '{"at":null}'],
      ['4', '0', null, null, null, false, '{"list":[-0]}'],
    ])
    await duckdb.run(
      `copy (select 7 as x, [1, null] as list, 'b' as label, {z: true} as "at", null::double as y, 'c' as new)
       to '${theirs}' (format parquet, compression zstd)`,
    )
    expect(await read(Parquet.of(Point), Uint8Array.from(readFileSync(theirs)))).toEqual([
      { x: 7, list: [1, null], label: 'b', at: { z: true }, new: 'c' },
    ])
    duckdb.closeSync()
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 30_000)

test('Parquet reads the columns that are asked for, and a row group at a time', async () => {
  const many = Array.from({ length: 20_001 }, (_, x) => ({ x, list: [] }))
  const bytes = write(Parquet.of(Point), many)
  const found = await read(Parquet.of(record('X', { x: Integer })), bytes, { columns: ['x'] })
  expect(found).toEqual(many.map(({ x }) => ({ x })))
})

test('Parquet rejects what it cannot read', async () => {
  const good = write(Parquet.of(Point), points)
  const lie = good.slice()
  new DataView(lie.buffer).setUint32(lie.length - 8, 0xffffffff, true)
  expect(await read(Parquet.of(Point), new Uint8Array(3))).toEqual([
    '1:1 not Parquet: it is too short (byte 0)',
  ])
  for (const bad of [new Uint8Array(100), good.subarray(0, -1), good.subarray(good.length / 2), lie])
    expect(await read(Parquet.of(Point), bad)).toEqual([expect.stringContaining('not Parquet')])
})

test('Parquet rejects a column of unknown keys that is no JSON object, with its path', async () => {
  const Twin = record('Twin', { x: Integer, at: record('At', { z: t.boolean }) }, { _unknown: t.string })
  const rows = [
    { x: 1, at: { z: true } },
    { x: 2, at: { z: true, more: 1 } },
  ]
  const bytes = write(Parquet.of(Twin), rows)
  const text = Buffer.from(bytes)
  const place = text.indexOf('{"more":1}')
  expect(place).toBeGreaterThan(0)
  for (let at = place; at !== -1; at = text.indexOf('{"more":1}', at + 1)) text.write('{"more":1,', at)
  expect(await read(Parquet.of(Twin), Uint8Array.from(text))).toEqual([
    rows[0],
    expect.stringContaining('/at/_unknown: expected the text of a JSON object'),
  ])
})

test('Parquet never asks for the bytes of a column that is not wanted', async () => {
  const bytes = write(Parquet.of(Point), points)
  const asked: Array<readonly [number, number]> = []
  const file = {
    byteLength: bytes.length,
    slice: (from: number, to = bytes.length) => {
      asked.push([from, to])
      return bytes.slice(from, to).buffer
    },
  }
  const { row_groups } = parquetMetadata(bytes.slice().buffer)
  const chunks = (row_groups[0]?.columns ?? []).map(({ meta_data: column }) => {
    const start = Number(column?.dictionary_page_offset ?? column?.data_page_offset)
    return { name: column?.path_in_schema[0], start, end: start + Number(column?.total_compressed_size) }
  })
  const X = record('X', { x: Integer })
  await Effect.runPromise(Stream.runCollect(Parquet.of(X).rows(file, { columns: ['x'] })))
  // the footer of so small a file is asked for with all the rest of it
  const data = asked.filter(([, to]) => to < bytes.length - 8)
  expect(data.length).toBeGreaterThan(0)
  for (const { name, start, end } of chunks)
    expect(data.some(([from, to]) => from < end && to > start)).toBe(name === 'x')
})

test.each([false, true])(
  'Parquet gives records and rejects for a file with any byte damaged: compact %j',
  async compact => {
    const good = write(Parquet.of(Point), points, compact)
    const damage = (at: number, byte: number) => good.map((old, i) => (i === at ? byte : old))
    for (let i = 0; i < good.length; i++)
      for (const byte of [0, 1, 0x7f, 0x80, 0xff, (good[i] as number) ^ 1]) {
        const found = await read(Parquet.of(Point), damage(i, byte))
        expect(Array.isArray(found)).toBe(true)
      }
    for (let i = 0; i < good.length; i++)
      expect(await read(Parquet.of(Point), good.subarray(0, i))).toEqual([
        expect.stringContaining('not Parquet'),
      ])
    expect(Object.keys(Object.prototype)).toEqual([])
  },
  60_000,
)

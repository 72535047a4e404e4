import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { draw, Finite, Integer, record } from '@finetune-kit/codec'
import {
  encodeAll,
  type RandomAccessFile,
  type ReadResult,
  type RecordFormat,
  type Writer,
} from '@finetune-kit/serialization'
import { Parquet, type ParquetOptions, type ParquetRecords } from '@finetune-kit/serialization/parquet'
import { parquetMetadata } from 'hyparquet'
import * as t from 'io-ts'
import { expect, test, vi } from 'vitest'
import * as E from '#fp-ts/Either'
import { parquetWriter } from '../../src/parquet/write/parquetWriter.ts'
import { defaultGroupLimits } from '../../src/parquet/write/rowGroupWriter.ts'
import { recordSchema } from '../../src/schema/RecordSchema.ts'
import { Point, points } from './points.ts'

const write = <A>(format: RecordFormat<A>, records: ReadonlyArray<A>, compact = false): Uint8Array => {
  const written = encodeAll(format, { compact })(records)
  if (E.isLeft(written)) throw new Error(written.left.reason)
  return Uint8Array.from(written.right)
}

const writeBy = <A>(writer: Writer<A>, records: ReadonlyArray<A>): Uint8Array => {
  const parts = records.map(record => {
    const part = writer.push(record)
    if (E.isLeft(part)) throw new Error(part.left.reason)
    return part.right
  })
  return Uint8Array.from(Buffer.concat([...parts, writer.end()]))
}

const shown = (items: ReadonlyArray<ReadResult<unknown>>): ReadonlyArray<unknown> =>
  items.map(item => (item._tag === 'Record' ? item.value : draw(item.error)))

const remedy = 'Fetch the file again, or write it again'

/** A file in memory, read at any place. */
const fileOf = (bytes: Uint8Array, asked: Array<readonly [number, number]> = []): RandomAccessFile => ({
  byteLength: bytes.length,
  slice: (from, to) => {
    asked.push([from, to])
    return bytes.slice(from, to).buffer
  },
})

/** The records of the bytes, which are the same from a file and from a stream. */
const read = async (
  format: Pick<ParquetRecords<unknown>, 'reader' | 'readFrom'>,
  bytes: Uint8Array,
  options?: ParquetOptions,
): Promise<ReadonlyArray<unknown>> => {
  const items: Array<ReadResult<unknown>> = []
  for await (const item of format.readFrom(fileOf(bytes), options)) items.push(item)
  const reader = format.reader(options)
  expect([...reader.push(bytes), ...reader.end()]).toEqual(items)
  return shown(items)
}

test.each([false, true])(
  'Parquet keeps null, absent and empty apart, -0, unknown keys: compact %j',
  async compact => {
    const found = await read(Parquet.of(Point), write(Parquet.of(Point), points, compact))
    expect(found).toStrictEqual(points)
    expect(Object.is((found[0] as { y: number }).y, -0)).toBe(true)
    expect(Object.is((found[1] as { x: number }).x, -0)).toBe(true)
  },
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
})

test.each(['uncompressed', 'snappy', 'gzip', 'zstd', 'brotli'])(
  'Parquet reads what DuckDB compressed with %s, in pages of both versions',
  async compression => {
    const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-parquet-'))
    const duckdb = await (await DuckDBInstance.create(':memory:')).connect()
    const many = Array.from({ length: 3000 }, (_, x) => ({
      x,
      list: x % 3 === 0 ? [] : [x, null],
      ...(x % 5 === 0 ? {} : { label: `run ${x % 7}` }), // by its column it could be null as well
      y: x / 3,
      at: { z: x % 2 === 0 },
    }))
    try {
      for (const version of ['V1', 'V2']) {
        const file = join(folder, `${version}.parquet`)
        await duckdb.run(
          `copy (select range::bigint as x, case when range % 3 = 0 then []::bigint[] else [range, null] end as list,
             case when range % 5 = 0 then null else 'run ' || (range % 7) end as label,
             range / 3 as y, {z: range % 2 = 0} as "at" from range(3000))
           to '${file}' (format parquet, compression ${compression}, parquet_version ${version}, row_group_size 2048)`,
        )
        expect(await read(Parquet.of(Point), Uint8Array.from(readFileSync(file)))).toEqual(many)
      }
    } finally {
      duckdb.closeSync()
      rmSync(folder, { recursive: true })
    }
  },
)

test('Parquet puts together what DuckDB nested: lists of lists, of records, of nothing, and maps', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-parquet-'))
  const duckdb = await (await DuckDBInstance.create(':memory:')).connect()
  try {
    const file = join(folder, 'nested.parquet')
    await duckdb.run(
      `copy (select * from (values
        ([[1, null], [], null], [{a: [{b: 1}, null], c: 'x'}, null], map {'k': 1, '__proto__': null}, {d: {e: null}}),
        ([], [], map {}, {d: null}),
        (null, null, null, null),
        ([null], [{a: [], c: null}, {a: null, c: 'y'}], map {'': 2}, {d: {e: [0]}})
       ) as t(lists, records, map, deep)) to '${file}' (format parquet)`,
    )
    expect(await read(Parquet.of(t.unknown), Uint8Array.from(readFileSync(file)))).toEqual([
      {
        lists: [[1, null], [], null],
        records: [{ a: [{ b: 1 }, null], c: 'x' }, null],
        map: JSON.parse('{"k":1,"__proto__":null}'),
        deep: { d: { e: null } },
      },
      { lists: [], records: [], map: {}, deep: { d: null } },
      { lists: null, records: null, map: null, deep: null },
      {
        lists: [null],
        records: [
          { a: [], c: null },
          { a: null, c: 'y' },
        ],
        map: { '': 2 },
        deep: { d: { e: [0] } },
      },
    ])
  } finally {
    duckdb.closeSync()
    rmSync(folder, { recursive: true })
  }
})

test('Parquet accepts the rows before one whose columns disagree, and believes no row group with a column of other length', async () => {
  const List = record('List', { list: t.array(record('Item', { z: Integer })) })
  const rows = [1, 2, 3].map(z => ({ list: [{ z }, { z: -z }] }))
  const good = write(Parquet.of(List), rows)
  const { row_groups } = parquetMetadata(good.slice().buffer)
  const place = Number(row_groups[0]?.columns[0]?.meta_data?.data_page_offset)
  // where in each row an item is not the first: 0 1 0 1 0 1, as a byte, the first one last
  const at = good.indexOf(0b101010, place)
  expect(at - place).toBeLessThan(60)
  const damaged = async (levels: number) => {
    const items: Array<ReadResult<unknown>> = []
    for await (const item of Parquet.of(List).readFrom(fileOf(good.with(at, levels)))) items.push(item)
    return items
  }
  const uneven = await damaged(0b110010)
  expect(shown(uneven)).toEqual([rows[0], expect.stringContaining('columns that do not agree about a list')])
  expect(uneven[1]).toMatchObject({ _tag: 'Reject', records: 2, isFinal: true })
  const longer = await damaged(0b001010)
  expect(shown(longer)).toEqual([expect.stringContaining('cannot be read: expected 3 rows, found 4')])
  expect(longer).toMatchObject([{ records: 3, isFinal: true }])
})

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

test('Parquet rejects what it cannot read', async () => {
  const good = write(Parquet.of(Point), points)
  const lie = good.slice()
  new DataView(lie.buffer).setUint32(lie.length - 8, 0xffffffff, true)
  expect(await read(Parquet.of(Point), new Uint8Array(3))).toEqual([
    `not Parquet: expected at least 12 bytes, found 3 (byte 0). ${remedy}`,
  ])
  const encrypted = good.slice()
  encrypted.set(Buffer.from('PARE'), good.length - 4)
  const most = good.length - 12
  for (const [bad, reason] of [
    [new Uint8Array(100), 'expected "PAR1" at its beginning, found 00 00 00 00 (byte 0)'],
    [good.subarray(good.length / 2), 'expected "PAR1" at its beginning'],
    [good.subarray(0, -4), `(byte ${good.length - 8})`],
    [encrypted, `expected "PAR1" at its end, found "PARE" (byte ${good.length - 4})`],
    [lie, `expected a footer of at most ${most} bytes, found 4294967295 (byte ${good.length - 8})`],
  ] as const) {
    const [text, ...more] = await read(Parquet.of(Point), bad)
    expect(more).toEqual([])
    expect(text).toMatch(/^not Parquet: .*\(byte \d+\)\. Fetch the file again, or write it again$/u)
    expect(text).toContain(reason)
  }
})

test('Parquet names the column that is unreadable and the byte of its pages', async () => {
  const bytes = write(Parquet.of(Point), points)
  const { row_groups } = parquetMetadata(bytes.slice().buffer)
  const column = row_groups[0]?.columns[1]?.meta_data
  const start = Number(column?.dictionary_page_offset ?? column?.data_page_offset)
  expect(start).toBeGreaterThan(4)
  const name = column?.path_in_schema.join('.')
  const bad = bytes.slice().fill(0xff, start, start + Number(column?.total_compressed_size))
  const [text, ...more] = await read(Parquet.of(Point), bad)
  expect(more).toEqual([])
  expect(text).toMatch(/^record 1: not Parquet: the column .* cannot be read: .*\. Fetch/u)
  expect(text).toContain(`the column "${name}" cannot be read`)
  expect(text).toContain(`(byte ${start})`)
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
  const { row_groups } = parquetMetadata(bytes.slice().buffer)
  const chunks = (row_groups[0]?.columns ?? []).map(({ meta_data: column }) => {
    const start = Number(column?.dictionary_page_offset ?? column?.data_page_offset)
    return { name: column?.path_in_schema[0], start, end: start + Number(column?.total_compressed_size) }
  })
  const X = record('X', { x: Integer })
  for await (const item of Parquet.of(X).readFrom(fileOf(bytes, asked), { columns: ['x'] }))
    expect(item._tag).toBe('Record')
  for (const { name, start, end } of chunks)
    expect(asked.some(([from, to]) => from < end && to > start && to <= bytes.length - 8)).toBe(name === 'x')
})

test('Parquet gives the rows of any file as they are to a codec that knows none of its columns', async () => {
  const bytes = write(Parquet.of(record('Row', { a: Integer, b: t.array(t.string) })), [{ a: 1, b: ['x'] }])
  expect(await read(Parquet.of(t.unknown), bytes)).toEqual([{ a: 1, b: ['x'] }])
})

test('Parquet keeps apart what no codec but unknown can hold, and its own column', async () => {
  const values = [{ value: 1 }, [1], 'text', null]
  expect(await read(Parquet.of(t.unknown), write(Parquet.of(t.unknown), values))).toEqual(values)
})

test('Parquet says where a part of the file cannot be had', async () => {
  const bytes = write(Parquet.of(Point), points)
  const broken: RandomAccessFile = {
    byteLength: bytes.length,
    slice: async (from, to) => {
      if (from > 4 && to < bytes.length - 8) throw new Error('the disk is gone')
      return bytes.slice(from, to).buffer
    },
  }
  const items: Array<ReadResult<unknown>> = []
  for await (const item of Parquet.of(record('X', { x: Integer })).readFrom(broken)) items.push(item)
  expect(items).toMatchObject([{ _tag: 'Reject', records: points.length, isFinal: true }])
  expect(shown(items)).toEqual([`record 1: not Parquet: the disk is gone (byte 4). ${remedy}`])
})

test('Parquet keeps no more of a stream that is no Parquet than shows it', () => {
  const reader = Parquet.of(Point).reader()
  const piece = new Uint8Array(1 << 20)
  const before = process.memoryUsage().arrayBuffers
  for (let i = 0; i < 100; i++) expect([...reader.push(piece)]).toEqual([])
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 << 20)
  expect(shown([...reader.end()])).toEqual([
    `not Parquet: expected "PAR1" at its beginning, found 00 00 00 00 (byte 0). ${remedy}`,
  ])
})

test.each([false, true])(
  'Parquet gives records and rejects for a file with a byte damaged, wherever it is: compact %j',
  async compact => {
    const good = write(Parquet.of(Point), points, compact)
    const damage = (at: number, byte: number) => good.map((old, i) => (i === at ? byte : old))
    for (let i = compact ? 3 : 0; i < good.length; i += 7)
      for (const byte of [0, 0xff, (good[i] as number) ^ 1]) {
        const found = await read(Parquet.of(Point), damage(i, byte))
        expect(Array.isArray(found)).toBe(true)
      }
    for (let i = 0; i < good.length; i += 11)
      expect(await read(Parquet.of(Point), good.subarray(0, i))).toEqual([
        expect.stringContaining('not Parquet'),
      ])
    expect(Object.keys(Object.prototype)).toEqual([])
  },
)

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

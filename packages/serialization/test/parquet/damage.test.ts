import { Integer, record } from '@finetune-kit/codec'
import { decodeAll, type RandomAccessFile, type ReadResult } from '@finetune-kit/serialization'
import { Parquet } from '@finetune-kit/serialization/parquet'
import { parquetMetadata } from 'hyparquet'
import * as t from 'io-ts'
import { expect, test, vi } from 'vitest'
import { Point, points } from './points.ts'
import { write, shown, remedy, fileOf, read } from './parquetBytes.ts'

// a checksum would hide the later checks; files of other writers often have none
vi.mock('../../src/bytes/crc32.ts', () => ({ crc32: () => 0 }))

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
    [new Uint8Array(5), 'expected "PAR1" at its beginning, found 00 00 00 00 (byte 0)'],
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

test('Parquet says where a part of the file cannot be had', async () => {
  const bytes = write(Parquet.of(Point), points)
  const broken: RandomAccessFile = {
    byteLength: bytes.length,
    slice: async (from, to) => {
      if (from > 4 && to < bytes.length - 8) throw new TypeError('the disk is gone')
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
        const bad = damage(i, byte)
        const offsets = decodeAll(Parquet.of(Point))(bad).map(({ offset }) => offset)
        expect(offsets.every(offset => offset >= 0 && offset < bad.length)).toBe(true)
        const found = await read(Parquet.of(Point), bad)
        expect(found.length).toBeGreaterThan(0)
        for (const item of found)
          if (typeof item === 'string') {
            expect(item).toMatch(/^(?:record \d+:? |not Parquet: )/u)
            // in the words of the format, not in those of the engine
            expect(item).not.toMatch(
              /of undefined|is undefined|not a function|not iterable|argument must|NaN/u,
            )
          } else expect(Point.is(item)).toBe(true)
      }
    for (let i = 0; i < good.length; i += 11)
      expect(await read(Parquet.of(Point), good.subarray(0, i))).toEqual([
        expect.stringContaining('not Parquet'),
      ])
    expect(Object.keys(Object.prototype)).toEqual([])
  },
)

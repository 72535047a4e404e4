/** Checksums of pages: `crc` of a page header in parquet.thrift. */
import { crc32 } from 'node:zlib'
import { Integer, nullable, record } from '@finetune-kit/codec'
import { Parquet } from '@finetune-kit/serialization/parquet'
import { parquetMetadata } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { portableCrc32 } from '../../src/bytes/crc32.ts'
import { Point, points } from './points.ts'
import { read, remedy, write } from './parquetBytes.ts'

interface FoundPage {
  readonly offset: number
  /** The first byte after the header. */
  readonly start: number
  readonly end: number
  readonly crc: number | undefined
}

/** The pages of a file. */
const pagesOf = (file: Uint8Array): ReadonlyArray<FoundPage> => {
  const bytes = file.slice().buffer
  return parquetMetadata(bytes).row_groups.flatMap(({ columns }) =>
    columns.flatMap(({ meta_data: chunk }) => {
      const first = Number(chunk?.dictionary_page_offset ?? chunk?.data_page_offset)
      const found: Array<FoundPage> = []
      for (let offset = first; offset < first + Number(chunk?.total_compressed_size); ) {
        const reader = { view: new DataView(bytes), offset }
        const { crc, compressed_page_size } = parquetHeader(reader)
        const end = reader.offset + compressed_page_size
        found.push({ offset, start: reader.offset, end, crc })
        offset = end
      }
      return found
    }),
  )
}

test.each([false, true])('Parquet writes the checksum of each page: compact %j', compact => {
  const file = write(Parquet.of(Point), points, compact)
  const pages = pagesOf(file)
  expect(pages.length).toBeGreaterThan(5)
  for (const { crc, start, end } of pages) expect(crc).toBe(crc32(file.subarray(start, end)) | 0)
})

/**
 * Two files of pyarrow 25.0.1, with uncompressed pages of both versions:
 * `write_table(pa.table({'x': [1, 2, 3], 'l': [['a'], [], ['b', None]]}), write_page_checksum=True,
 * compression='none', use_dictionary=False, write_statistics=False, store_schema=False)`
 */
const foreign = {
  '1.0':
    'UEFSMRUAFTwVPBX6ytepDRwVBhUAFQYVBhwAAAACAAAABgEBAAAAAAAAAAIAAAAAAAAAAwAAAAAAAAAVABUuFS4V2JiO+g4cFQgVABUGFQYc' +
    'AAAAAgAAAAMIAwAAAAO3AAEAAABhAQAAAGIVBBlcNQAYBnNjaGVtYRUEABUEJQIYAXgANQIYAWwVAhUGTDwAAAA1BBgEbGlzdBUCABUMJQIY' +
    'B2VsZW1lbnQlAEwcAAAAFgYZHBksJgAcFQQZJQYAGRgBeBUAFgYWbhZuJghJHBUAFQAVAgA8KQYZJgAGAAAAJgAcFQwZJQYAGTgBbARsaXN0' +
    'B2VsZW1lbnQVABYIFmAWYCZ2SRwVABUAFQIAPBYEGSYGAhlGAAICBAAAABbOARYGJggWzgEAKCBwYXJxdWV0LWNwcC1hcnJvdyB2ZXJzaW9u' +
    'IDI1LjAuMRksHAAAHAAAAOkAAABQQVIx',
  '2.0':
    'UEFSMRUGFTQVNBWrr+KkCEwVBhUAFQYVABUEFQASHAAAAAYBAQAAAAAAAAACAAAAAAAAAAMAAAAAAAAAFQYVHhUeFe+rllBMFQgVBBUGFQAV' +
    'BhUEEhwAAAADCAO3AAEAAABhAQAAAGIVBBlcNQAYBnNjaGVtYRUEABUEJQIYAXgANQIYAWwVAhUGTDwAAAA1BBgEbGlzdBUCABUMJQIYB2Vs' +
    'ZW1lbnQlAEwcAAAAFgYZHBksJgAcFQQZJQYAGRgBeBUAFgYWcBZwJghJHBUAFQAVAgA8KQYZJgAGAAAAJgAcFQwZJQYAGTgBbARsaXN0B2Vs' +
    'ZW1lbnQVABYIFlgWWCZ4SRwVABUAFQIAPBYEGSYGAhlGAAICBAAAABbIARYGJggWyAEAKCBwYXJxdWV0LWNwcC1hcnJvdyB2ZXJzaW9uIDI1' +
    'LjAuMRksHAAAHAAAAOkAAABQQVIx',
}

const Row = record('Row', { x: Integer, l: t.array(nullable(t.string)) })
const rows = [
  { x: 1, l: ['a'] },
  { x: 2, l: [] },
  { x: 3, l: ['b', null] },
]

test.each(['1.0', '2.0'] as const)(
  'Parquet believes no damaged byte of a page with a checksum: pages of version %s',
  async version => {
    const file = Uint8Array.from(Buffer.from(foreign[version], 'base64'))
    expect(await read(Parquet.of(Row), file)).toEqual(rows)
    const pages = pagesOf(file)
    expect(pages).toHaveLength(2)
    for (const [i, { offset, start, end }] of pages.entries())
      for (let at = start; at < end; at++) {
        const bad = file.with(at, (file[at] as number) ^ 1)
        const column = i === 0 ? 'x' : 'l.list.element'
        expect(await read(Parquet.of(Row), bad)).toEqual([
          `record 1: not Parquet: the column "${column}" cannot be read: a page whose bytes do not match its checksum (byte ${offset}). ${remedy}`,
        ])
      }
  },
)

test.each([false, true])(
  'Parquet gives no wrong value, whichever byte of its own pages is damaged: compact %j',
  async compact => {
    const file = write(Parquet.of(Point), points, compact)
    for (const { start, end } of pagesOf(file))
      for (let at = start; at < end; at += 3) {
        const bad = file.with(at, (file[at] as number) ^ 0x10)
        const found = await read(Parquet.of(Point), bad)
        expect(found).toEqual([...points.slice(0, found.length - 1), expect.stringContaining('its checksum')])
      }
  },
)

test('The CRC-32 of browsers is that of Node', () => {
  for (const text of ['', 'a', '123456789', '\u0000\u00ff'.repeat(999)]) {
    const bytes = Buffer.from(text, 'latin1')
    expect(portableCrc32(bytes)).toBe(crc32(bytes))
  }
})

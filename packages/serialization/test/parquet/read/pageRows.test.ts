import { draw } from '@finetune-kit/codec'
import { decodeAll, encodeAll } from '@finetune-kit/serialization'
import { Parquet } from '@finetune-kit/serialization/parquet'
import * as E from '#fp-ts/Either'
import { parquetMetadata } from 'hyparquet'
import * as t from 'io-ts'
import { expect, test } from 'vitest'

const format = Parquet.of(t.type({ list: t.array(t.number) }))
const records = Array.from({ length: 20_000 }, (_, n) => ({ list: [n] }))
const written = encodeAll(format)(records)
const file = E.isRight(written) ? written.right : new Uint8Array(0)

const index = (bytes: Uint8Array): Uint8Array => {
  const [column] = parquetMetadata(bytes.slice().buffer).row_groups[0]?.columns ?? []
  const start = Number(column?.offset_index_offset)
  return bytes.subarray(start, start + Number(column?.offset_index_length))
}

const read = (bytes: Uint8Array) =>
  decodeAll(format)(bytes).map(item => (item._tag === 'Record' ? item.value : draw(item.error)))

test('lists are read by the rows of their pages, and without an index that can be read', () => {
  expect(read(file)).toEqual(records)
  const damaged = file.slice()
  index(damaged).fill(0xff)
  expect(read(damaged)).toEqual(records)
})

test('a page has as many rows as its index tells', () => {
  const damaged = file.slice()
  const bytes = index(damaged)
  // 8192, the first row of the second page: a zigzag number in three bytes
  const at = Buffer.from(bytes).indexOf(Uint8Array.of(0x80, 0x80, 0x01))
  expect(at).toBeGreaterThan(0)
  bytes[at] = 0x82
  expect(read(damaged)).toEqual([expect.stringContaining('a page of 8192 rows that says 8193')])
})

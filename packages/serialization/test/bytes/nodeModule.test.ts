import { zstdCompressSync } from 'node:zlib'
import { draw } from '@finetune-kit/codec'
import { decodeAll, encodeAll } from '@finetune-kit/serialization'
import { Avro } from '@finetune-kit/serialization/avro'
import { Parquet } from '@finetune-kit/serialization/parquet'
import { UnknownRecord } from 'io-ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

beforeEach(() => {
  vi.resetModules()
  vi.spyOn(process, 'getBuiltinModule').mockImplementation(() => {
    throw new Error('A Node.js API is used (process.getBuiltinModule) which is not supported')
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.resetModules()
})

test('formats read and write where the runtime refuses to give modules of Node', async () => {
  const there = await import('../../src/index.ts')
  for (const { name, load } of there.formats) {
    const format = (await load()).of(UnknownRecord)
    const encoded = there.encodeAll(format)([{ text: 'Küche' }])
    expect([name, encoded._tag]).toEqual([name, 'Right'])
    const items = encoded._tag === 'Right' ? there.decodeAll(format)(encoded.right) : []
    expect(items).toMatchObject([{ _tag: 'Record', value: { text: 'Küche' } }])
  }
})

test.skipIf(zstdCompressSync === undefined)(
  'Parquet whose compression the runtime lacks is refused, with a way to write it',
  async () => {
    const encoded = encodeAll(Parquet.of(UnknownRecord))([{ text: 'Küche'.repeat(100) }])
    const there = await import('../../src/parquet/Parquet.ts')
    const items = encoded._tag === 'Right' ? decodeAll(there.Parquet.of(UnknownRecord))(encoded.right) : []
    expect(items.map(item => (item._tag === 'Reject' ? draw(item.error) : item.value))).toEqual([
      'record 1: not Parquet: the column "value" cannot be read: parquet unsupported compression codec: ZSTD (byte 4). Write it again with Snappy',
    ])
  },
)

test('Avro whose compression the runtime lacks is refused, with one that it reads', async () => {
  const encoded = encodeAll(Avro.of(UnknownRecord))([{ text: 'Küche' }])
  const there = await import('../../src/avro/Avro.ts')
  const items = encoded._tag === 'Right' ? decodeAll(there.Avro.of(UnknownRecord))(encoded.right) : []
  expect(items.map(item => (item._tag === 'Reject' ? draw(item.error) : item.value))).toEqual([
    'record 1: not Avro: blocks compressed with "deflate", which is not supported here (byte 332). Write the file again with Snappy',
  ])
})

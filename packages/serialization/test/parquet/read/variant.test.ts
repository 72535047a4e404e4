import { record } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { withMetadata } from './withMetadata.ts'
import { byDuckdb, read } from './foreignFile.ts'

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

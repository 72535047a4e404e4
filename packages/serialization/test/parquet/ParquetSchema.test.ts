import { parquetMetadata } from 'hyparquet'
import { draw } from '@finetune-kit/codec'
import { FineTuneSnapshot, FineTuningJobSnapshot } from '@finetune-kit/model'
import { decodeAll, encodeAll } from '@finetune-kit/serialization'
import { Parquet, ParquetSchema } from '@finetune-kit/serialization/parquet'
import * as t from 'io-ts'
import { expect, test } from 'vitest'

test.each<t.Mixed>([FineTuneSnapshot, FineTuningJobSnapshot, t.array(t.number), t.type({ a: t.unknown })])(
  'ParquetSchema prints the columns of a file',
  codec => {
    const encoded = encodeAll(Parquet.of(codec))([])
    const bytes = encoded._tag === 'Right' ? Uint8Array.from(encoded.right) : new Uint8Array(0)
    const elements = parquetMetadata(bytes.buffer).schema.slice(1)
    const lines = ParquetSchema.of(codec).split('\n')
    const printed = lines.filter(line => !/^ *\}$/.test(line)).slice(1)
    expect(printed.map(line => /(\w+)(?: \((\w+)\))?(?:;| \{)$/.exec(line)?.slice(1, 3))).toEqual(
      elements.map(({ name, converted_type }) => [name, converted_type]),
    )
    expect(printed.map(line => line.trim().split(' ', 1)[0]?.toUpperCase())).toEqual(
      elements.map(({ repetition_type }) => repetition_type),
    )
  },
)

test('ParquetSchema indents groups and lists', () => {
  expect(ParquetSchema.of(t.type({ id: t.string, sizes: t.array(t.number) }))).toBe(
    `message root {
  required binary id (UTF8);
  required group sizes (LIST) {
    repeated group list {
      required double element;
    }
  }
  optional binary _unknown (JSON);
}`,
  )
})

test('ParquetSchema has a column of integers for those of io-ts', () => {
  expect(ParquetSchema.of(t.type({ count: t.Int, other: t.Integer }))).toMatch(
    /required int64 count[^;]*;\n  required int64 other/,
  )
})

test('a column of integers of io-ts keeps those beyond 2^53', () => {
  const format = Parquet.of(t.type({ count: t.Int }))
  const records = [3, 2 ** 60, -0].map(count => ({ count: count as t.Int }))
  const file = encodeAll(format)(records)
  const read = file._tag === 'Right' ? decodeAll(format)(file.right) : []
  expect(read.map(item => (item._tag === 'Record' ? item.value : draw(item.error)))).toStrictEqual(records)
})

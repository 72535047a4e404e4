import { parquetMetadata } from 'hyparquet'
import { FineTuneSnapshot, FineTuningJobSnapshot } from '@finetune-kit/model'
import { encodeAll } from '@finetune-kit/serialization'
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

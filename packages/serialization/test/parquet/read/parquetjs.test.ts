/** Lists of two levels and lists and maps of other names, as parquetjs writes them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { draw } from '@finetune-kit/codec'
import { decodeAll } from '@finetune-kit/serialization'
import { Parquet } from '@finetune-kit/serialization/parquet'
import * as t from 'io-ts'
import { type Fields, ParquetSchema, ParquetWriter } from 'parquetjs-lite'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-parquetjs-'))
afterAll(() => rmSync(folder, { recursive: true }))

const write = async (fields: Fields, rows: ReadonlyArray<object>, useDataPageV2: boolean) => {
  const file = join(folder, 'file.parquet')
  const writer = await ParquetWriter.openFile(new ParquetSchema(fields), file, { useDataPageV2 })
  for (const row of rows) await writer.appendRow(row)
  await writer.close()
  return Uint8Array.from(readFileSync(file))
}

const read = (bytes: Uint8Array) =>
  decodeAll(Parquet.of(t.unknown))(bytes).map(item =>
    item._tag === 'Record' ? item.value : draw(item.error),
  )

const number = { type: 'INT64', compression: 'SNAPPY' } as const
const list = { type: 'LIST', optional: true } as const

const cases: ReadonlyArray<
  readonly [name: string, fields: Fields, rows: ReadonlyArray<object>, expected: ReadonlyArray<unknown>]
> = [
  [
    'a list of two levels',
    { x: { ...list, fields: { array: { ...number, repeated: true } } } },
    [{ x: { array: [1, 2] } }, { x: { array: [] } }, {}],
    [{ x: [1, 2] }, { x: [] }, { x: null }],
  ],
  [
    'a list of two levels of groups named after it',
    { x: { ...list, fields: { x_tuple: { repeated: true, fields: { a: { type: 'UTF8' } } } } } },
    [{ x: { x_tuple: [{ a: 'é' }, { a: '' }] } }, {}],
    [{ x: [{ a: 'é' }, { a: '' }] }, { x: null }],
  ],
  [
    'a list of two levels of groups with two fields',
    {
      x: {
        ...list,
        fields: { item: { repeated: true, fields: { a: number, b: { ...number, optional: true } } } },
      },
    },
    [{ x: { item: [{ a: 1 }, { a: 2, b: 3 }] } }],
    [
      {
        x: [
          { a: 1, b: null },
          { a: 2, b: 3 },
        ],
      },
    ],
  ],
  [
    'a list of three levels by the names of Hive',
    {
      x: {
        ...list,
        fields: { bag: { repeated: true, fields: { array_element: { ...number, optional: true } } } },
      },
    },
    [{ x: { bag: [{ array_element: 1 }, {}] } }, {}, { x: { bag: [{ array_element: 2 }] } }],
    [{ x: [1, null] }, { x: null }, { x: [2] }],
  ],
  [
    'a repeated field without a list',
    { x: { ...number, repeated: true } },
    [{ x: [1, 2] }, {}, { x: [3] }],
    [{ x: [1, 2] }, { x: [] }, { x: [3] }],
  ],
  [
    'a map of other names',
    {
      x: {
        type: 'MAP',
        fields: {
          map: { repeated: true, fields: { k: { type: 'UTF8' }, v: { ...number, optional: true } } },
        },
      },
    },
    [{ x: { map: [{ k: 'a', v: 1 }, { k: 'b' }] } }, { x: { map: [] } }],
    [{ x: { a: 1, b: null } }, { x: {} }],
  ],
]

test.each(cases)('Parquet reads %s by parquetjs', async (_, fields, rows, expected) => {
  expect(read(await write(fields, rows, true))).toEqual(expected)
  expect(read(await write(fields, rows, false))).toEqual(expected)
})

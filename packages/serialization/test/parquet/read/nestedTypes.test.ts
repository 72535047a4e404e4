import { nullable, record } from '@finetune-kit/codec'
import { type SchemaElement } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { withMetadata } from './withMetadata.ts'
import { byDuckdb, read } from './foreignFile.ts'

const group = (
  name: string,
  num_children: number,
  repetition_type: 'REQUIRED' | 'OPTIONAL' | 'REPEATED',
  more: Partial<SchemaElement> = {},
): SchemaElement => ({ name, num_children, repetition_type, ...more })

const double = (name: string, repetition_type: 'REQUIRED' | 'REPEATED' = 'REQUIRED'): SchemaElement => ({
  name,
  type: 'DOUBLE',
  repetition_type,
})

/** Lists of one number for each item, whose levels are the same in all of these schemas. */
const lists = [[1, 2], [], null]

test.each([
  ['of three levels', [group('list', 1, 'REPEATED'), double('element')], (n: number) => n],
  ['of three levels by other names', [group('bag', 1, 'REPEATED'), double('item')], (n: number) => n],
  ['of a repeated value', [double('array', 'REPEATED')], (n: number) => n],
  ['of groups named array', [group('array', 1, 'REPEATED'), double('a')], (a: number) => ({ a })],
  ['of groups named after it', [group('x_tuple', 1, 'REPEATED'), double('a')], (a: number) => ({ a })],
] as const)('Parquet reads a list %s', (_, inner, itemOf) => {
  const list = group('x', 1, 'OPTIONAL', { converted_type: 'LIST' })
  const bytes = new Uint8Array(
    parquetWriteBuffer({
      schema: [{ name: 'root', num_children: 1 }, list, group('list', 1, 'REPEATED'), double('element')],
      columnData: [{ name: 'x', data: lists }],
    }),
  )
  const other = withMetadata(bytes, metadata => {
    metadata.schema = [{ name: 'root', num_children: 1 }, list, ...inner]
    for (const { columns } of metadata.row_groups)
      for (const { meta_data } of columns)
        if (meta_data) meta_data.path_in_schema = ['x', ...inner.map(({ name }) => name)]
  })
  expect(read(other)).toEqual(lists.map(x => ({ x: x === null ? null : x.map(n => itemOf(n)) })))
})

test.each([
  ['key_value', 'key', 'value', 'MAP'],
  ['map', 'k', 'v', 'MAP'],
  ['entries', 'value', 'key', 'MAP_KEY_VALUE'],
] as const)('Parquet reads a map whose fields are named %s, %s and %s', async (entries, key, value, type) => {
  const bytes = withMetadata(await byDuckdb(`select map {'a': 1, 'b': null} as x`), metadata => {
    const names = { key_value: entries, key, value } as Readonly<Record<string, string>>
    for (const element of metadata.schema) {
      if (element.converted_type === 'MAP') {
        element.converted_type = type
        delete element.logical_type
      }
      element.name = names[element.name] ?? element.name
    }
    for (const { columns } of metadata.row_groups)
      for (const { meta_data } of columns)
        if (meta_data) meta_data.path_in_schema = meta_data.path_in_schema.map(name => names[name] ?? name)
  })
  expect(read(bytes)).toEqual([{ x: { a: 1, b: null } }])
})

test('Parquet reads a dictionary from columns for the keys of all rows', async () => {
  const Row = record('Row', {
    tags: nullable(t.record(t.string, t.string)),
    more: t.union([t.record(t.string, t.string), t.record(t.string, t.union([t.string, t.null]))]),
  })
  // as DuckDB, pyarrow and Polars store the objects of JSON
  const bytes = await byDuckdb(`select tags, tags as more
    from (values ({ 'a': 'x', '_unknown': null }), ({ 'a': null, '_unknown': 'y' })) as t(tags)`)
  expect(read(bytes, Row)).toEqual([
    { tags: { a: 'x' }, more: { a: 'x', _unknown: null } },
    { tags: { _unknown: 'y' }, more: { a: null, _unknown: 'y' } },
  ])
  expect(read(bytes)).toEqual([
    { tags: { a: 'x', _unknown: null }, more: { a: 'x', _unknown: null } },
    { tags: { a: null, _unknown: 'y' }, more: { a: null, _unknown: 'y' } },
  ])
})

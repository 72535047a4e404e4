/** Bloom filters of the columns that identify records, as hyparquet and DuckDB use them. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { annotate, Integer, nullable, record } from '@finetune-kit/codec'
import { encodeAll } from '@finetune-kit/serialization'
import { Parquet } from '@finetune-kit/serialization/parquet'
import * as arrow from 'apache-arrow'
import { parquetMetadata } from 'hyparquet'
import { hashParquetValue, readBloomFilter, sbbfContains } from 'hyparquet/src/bloom.js'
import type * as t from 'io-ts'
import { string, array } from 'io-ts'
import * as wasm from 'parquet-wasm/node'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { duckdbOfTests } from '../../duckdbOfTests.ts'

const { folder, connection } = duckdbOfTests()

const Part = annotate(record('Part', { id: string }), { identity: { key: 'id' } })
const Row = annotate(record('Row', { id: nullable(string), n: Integer, other: string, parts: array(Part) }), {
  identity: { key: 'id' },
})
type Row = t.TypeOf<typeof Row>

const write = <A>(codec: t.Type<A>, rows: ReadonlyArray<A>): Uint8Array<ArrayBuffer> => {
  const written = encodeAll(Parquet.of(codec))(rows)
  if (E.isLeft(written)) throw new Error(written.left.reason)
  return Uint8Array.from(written.right)
}

/** Names of the columns with a filter, and a function for each that looks a text up. */
const filtersOf = (file: Uint8Array<ArrayBuffer>, rowGroup = 0) => {
  const { row_groups, schema } = parquetMetadata(file.buffer)
  const found = new Map<string, { readonly bytes: number; readonly has: (text: string) => boolean }>()
  for (const { meta_data } of row_groups[rowGroup]?.columns ?? []) {
    if (meta_data?.bloom_filter_offset === undefined) continue
    const [start, length] = [Number(meta_data.bloom_filter_offset), meta_data.bloom_filter_length ?? 0]
    const reader = { view: new DataView(file.buffer, start, length), offset: 0 }
    const filter = readBloomFilter(reader)
    expect(reader.offset).toBe(length)
    const name = meta_data.path_in_schema.join('.')
    const element = schema.find(each => each.name === name)
    if (filter === undefined || element === undefined) throw new Error(`no filter of ${name}`)
    found.set(name, {
      bytes: filter.numBytes,
      has: text => sbbfContains(filter.blocks, hashParquetValue(text, element) ?? 0n),
    })
  }
  return found
}

const row = (id: string | null, n = 0): Row => ({ id, n, other: `other ${n}`, parts: [{ id: `part ${n}` }] })

/** An identifier whose order says nothing about its number. */
const idOf = (n: number): string => `ft-${((n * 2_654_435_761) % 2 ** 32).toString(36)}-é-${n}`

const count = 120_000
const file = write(
  Row,
  Array.from({ length: count }, (_, n) => row(idOf(n), n)),
)

test('only the column that identifies the records has a filter, with every text in it', () => {
  const filters = filtersOf(file)
  expect([...filters.keys()]).toEqual(['id'])
  const filter = filters.get('id')
  for (let n = 0; n < 100_000; n += 7) expect(filter?.has(idOf(n))).toBe(true)
  let wrong = 0
  for (let n = 0; n < 20_000; n++) if (filter?.has(idOf(count + n)) === true) wrong++
  expect(wrong / 20_000).toBeLessThan(0.015)
})

test('a filter is sized by distinct texts, of the dictionary or not; nulls have none', () => {
  const repeated = Array.from({ length: 50_000 }, (_, n) => row(n % 3 === 0 ? null : `id-${n % 1000}`, n))
  const small = filtersOf(write(Row, repeated)).get('id')
  expect(small?.bytes).toBe(2048)
  expect([1, 2, 998].map(n => small?.has(`id-${n}`))).toEqual([true, true, true])
  // a dictionary that is given up, of texts that repeat later
  const mixed = Array.from({ length: 60_000 }, (_, n) =>
    row(n < 30_000 ? `${n % 300}` : `long id ${n % 25_000}`, n),
  )
  const filter = filtersOf(write(Row, mixed)).get('id')
  expect(filter?.bytes).toBe(32_768)
  for (let n = 0; n < 60_000; n += 11) expect(filter?.has(mixed[n]?.id ?? '')).toBe(true)
  expect(filtersOf(write(Row, [row('one')])).get('id')?.bytes).toBe(32)
  expect(filtersOf(write(Row, [row(null)])).size).toBe(0)
  expect(filtersOf(write(Row, [])).size).toBe(0)
})

test('the next row group has a filter of its own', () => {
  const filter = filtersOf(file, 1).get('id')
  expect([filter?.has(idOf(100_000)), filter?.has(idOf(count - 1))]).toEqual([true, true])
  expect(filter?.bytes).toBe(32_768)
})

const select = async (sql: string) => (await connection().runAndReadAll(sql)).getRowsJson()

/** The row groups, and whether the filter of each excludes the identifier of this number. */
const groupOf = (n: number) => [
  ['0', n >= 100_000],
  ['1', n < 100_000],
]

test('DuckDB skips row groups by the filter, and arrow-rs reads the file', async () => {
  const path = join(folder, 'rows.parquet')
  writeFileSync(path, file)
  const probe = (id: string) =>
    select(
      `select row_group_id, bloom_filter_excludes from parquet_bloom_probe('${path}', 'id', '${id}') order by 1`,
    )
  // one identifier in a hundred may be in both, so several are tried
  const tried = await Promise.all(
    [5, 99_999, 100_000, 110_000].map(async n => [await probe(idOf(n)), groupOf(n)]),
  )
  expect(
    tried.filter(([found, wanted]) => JSON.stringify(found) === JSON.stringify(wanted)).length,
  ).toBeGreaterThan(2)

  // the pages of the first row group are damaged: what the filter excludes is never read
  const damaged = file.slice()
  const [first] = parquetMetadata(file.buffer).row_groups
  const columns = first?.columns ?? []
  const start = Number(columns[0]?.meta_data?.data_page_offset)
  damaged.fill(0xff, start, start + Number(first?.total_compressed_size) - 64)
  writeFileSync(path, damaged)
  const excluded = [110_000, 110_001, 110_002].map(idOf)
  const n = excluded.findIndex(id => filtersOf(file).get('id')?.has(id) === false)
  expect(await select(`select n from '${path}' where id = '${excluded[n]}'`)).toEqual([[String(110_000 + n)]])
  await expect(select(`select n from '${path}' where id = '${idOf(5)}'`)).rejects.toThrow()

  const table = arrow.tableFromIPC(wasm.readParquet(file).intoIPCStream())
  expect(table.numRows).toBe(count)
  expect(table.get(count - 1)?.toJSON()['id']).toBe(idOf(count - 1))
})

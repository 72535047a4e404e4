/** DuckDB reads our files, and its files are read here: Parquet of many row groups, CSV, NDJSON. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { draw, Finite, Integer, nullable, record } from '@finetune-kit/codec'
import { Csv, decodeAll, encodeAll, Ndjson, type RecordFormat } from '@finetune-kit/serialization'
import { Parquet } from '@finetune-kit/serialization/parquet'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { duckdbOfTests } from '../duckdbOfTests.ts'

const { folder, connection } = duckdbOfTests()

const file = (name: string) => join(folder, name)
const select = async (sql: string) => (await connection().runAndReadAll(sql)).getRowObjectsJson()
const write = <A>(name: string, format: RecordFormat<A>, records: ReadonlyArray<A>): string => {
  const written = encodeAll(format)(records)
  if (E.isLeft(written)) throw new Error(written.left.reason)
  writeFileSync(file(name), written.right)
  return file(name)
}
const read = <A>(name: string, format: RecordFormat<A>): ReadonlyArray<unknown> =>
  decodeAll(format)(readFileSync(file(name))).map(item =>
    item._tag === 'Record' ? item.value : draw(item.error),
  )

const At = record('At', { z: t.boolean }, { names: t.array(t.string) })
const Row = record(
  'Row',
  { n: Integer, list: t.array(nullable(Integer)), at: At },
  { f: Finite, text: nullable(t.string), more: t.unknown },
)

test('Parquet is read by DuckDB row group by row group: nested columns, lists and nulls', async () => {
  const rows = Array.from({ length: 120_000 }, (_, n) => ({
    n,
    list: n % 3 === 0 ? [] : [n, null],
    at: { z: n % 2 === 0, ...(n % 5 === 0 ? {} : { names: n % 7 === 0 ? [] : [`a${n}`, ''] }) },
    ...(n % 4 === 0 ? {} : { f: n / 7 }),
    ...(n % 6 === 0 ? {} : { text: n % 11 === 0 ? '' : `text ${n}` }),
  }))
  const path = write('rows.parquet', Parquet.of(Row), rows)
  expect(
    await select(
      `select row_group_id as id, row_group_num_rows as n from parquet_metadata('${path}') group by all order by 1`,
    ),
  ).toEqual([
    { id: '0', n: '100000' },
    { id: '1', n: '20000' },
  ])
  expect(
    await select(
      `select stats_min_value::double as least, stats_max_value::double as most, stats_null_count as nulls from parquet_metadata('${path}')
       where path_in_schema = 'f' and row_group_id = 0`,
    ),
  ).toEqual([{ least: 1 / 7, most: 99_999 / 7, nulls: '25000' }])
  expect(await select(`select count(*) as n from '${path}' where text = 'text 119997' or f < 0.5`)).toEqual([
    { n: '4' },
  ])
  const found = await select(
    `select n, list, "at".z as z, "at".names as names, f, text from '${path}' order by n`,
  )
  expect(found).toEqual(
    rows.map(({ n, list, at, f = null, text = null }) => ({
      n: String(n),
      list: list.map(item => (item === null ? null : String(item))),
      z: at.z,
      names: at.names ?? null,
      f,
      text,
    })),
  )
})

const texts: ReadonlyArray<string> = [
  'plain',
  '',
  ' spaces ',
  'a "quoted" word, and a comma; a semicolon',
  'two\nlines',
  'two\r\nlines',
  "it's",
  'null',
  'é 😀 \u2028',
]
/** Formulas of spreadsheets: other readers get them with the `'` that disarms them. */
const guarded: ReadonlyArray<string> = ['=1+1', '+1', '-1', '@a', '\t=1', '＝1']

test('Csv is read by DuckDB: numbers, nulls, quotes, line ends in cells, and guarded formulas', async () => {
  const numbers = [0, -1, 2 ** 53 - 1, -(2 ** 53 - 1)]
  const floats = [8e-5, 0.1, 5e-324, 1.7976931348623157e308, -1.5]
  const all = [...texts, ...guarded]
  const rows = all.map((text, i) => ({
    n: numbers[i % numbers.length] as number,
    list: [i, null],
    at: { z: i % 2 === 0 },
    f: floats[i % floats.length] as number,
    text,
  }))
  const last = { n: 7, list: [null], at: { z: true } }
  const path = write('rows.csv', Csv.of(Row), [...rows, last])
  const found = await select(
    `select n, f, "at.z" as z, list, text from read_csv('${path}', header = true, delim = ',', quote = '"', escape = '"',
       columns = {n: 'bigint', list: 'varchar', 'at.z': 'boolean', 'at.names': 'varchar', 'at.*': 'varchar',
                  f: 'double', text: 'varchar', more: 'varchar', '*': 'varchar'})`,
  )
  // strings that look empty, null or like a formula have a `'`
  const marked = (text: string) => (['', 'null', ...guarded].includes(text) ? `'${text}` : text)
  expect(found).toEqual([
    ...rows.map(({ n, list, at, f, text }) => ({
      n: String(n),
      f,
      z: at.z,
      list: JSON.stringify(list),
      text: marked(text),
    })),
    { n: '7', f: null, z: true, list: '[null]', text: null },
  ])
  expect(read('rows.csv', Csv.of(Row))).toEqual([...rows, last])
})

test('Csv reads what DuckDB writes', async () => {
  const values = texts.filter(text => !['', 'null'].includes(text))
  await connection().run(`create table told (n bigint, f double, b boolean, text varchar)`)
  for (const [i, text] of values.entries()) {
    const insert = await connection().prepare('insert into told values ($1, $2, $3, $4)')
    insert.bindBigInt(1, BigInt(2 ** 53 - 1 - i))
    insert.bindDouble(2, [8e-5, 0.1, 5e-324, 1.7976931348623157e308, -0][i % 5] as number)
    insert.bindBoolean(3, i % 2 === 0)
    insert.bindVarchar(4, text)
    await insert.run()
  }
  await connection().run(`insert into told values (0, null, false, null)`)
  await connection().run(`copy told to '${file('told.csv')}' (format csv, header, nullstr 'null')`)
  await connection().run(`copy (select * exclude f from told) to '${file('plain.csv')}' (format csv, header)`)
  const wanted = values.map((text, i) => ({
    n: 2 ** 53 - 1 - i,
    f: [8e-5, 0.1, 5e-324, 1.7976931348623157e308, -0][i % 5] as number,
    b: i % 2 === 0,
    text,
  }))
  const Null = record('Null', { n: Integer, f: nullable(Finite), b: t.boolean, text: nullable(t.string) })
  expect(read('told.csv', Csv.of(Null))).toStrictEqual([...wanted, { n: 0, f: null, b: false, text: null }])
  const Plain = record('Plain', { n: Integer, b: t.boolean }, { text: t.string })
  expect(read('plain.csv', Csv.of(Plain))).toStrictEqual([
    ...wanted.map(({ n, b, text }) => ({ n, b, text })),
    { n: 0, b: false }, // a null of DuckDB is an empty cell, and so an absent key here
  ])
})

const lines = [
  { n: 2 ** 53 - 1, list: [1, null], at: { z: true, names: ['a', ''] }, f: 8e-5, text: 'a "b"\n\u2028😀' },
  { n: -1, list: [], at: { z: false }, f: 5e-324, text: null },
  { n: 0, list: [null], at: { z: false, names: [] }, f: 1.7976931348623157e308, text: '' },
]

test('Ndjson is read by DuckDB', async () => {
  const path = write('lines.ndjson', Ndjson.of(Row), lines)
  const columns = `columns = {n: 'bigint', list: 'bigint[]', 'at': 'struct(z boolean, names varchar[])', f: 'double', text: 'varchar'}`
  for (const reader of ['read_ndjson', 'read_json'])
    expect(await select(`select * from ${reader}('${path}', ${columns})`)).toEqual(
      lines.map(({ n, list, at, f, text }) => ({
        n: String(n),
        list: list.map(item => (item === null ? null : String(item))),
        at: { z: at.z, names: at.names ?? null },
        f,
        text,
      })),
    )
})

test('Ndjson reads what DuckDB writes', async () => {
  const path = write('again.ndjson', Ndjson.of(Row), lines)
  const columns = `columns = {n: 'bigint', list: 'bigint[]', 'at': 'struct(z boolean, names varchar[])', f: 'double', text: 'varchar'}`
  await connection().run(
    `copy (from read_ndjson('${path}', ${columns})) to '${file('back.ndjson')}' (format json)`,
  )
  const Back = record(
    'Back',
    { n: Integer, list: t.array(nullable(Integer)) },
    {
      at: record('At', { z: t.boolean }, { names: nullable(t.array(t.string)) }),
      f: Finite,
      text: nullable(t.string),
    },
  )
  expect(read('back.ndjson', Ndjson.of(Back))).toEqual(
    lines.map(({ n, list, at, f, text }) => ({
      n,
      list,
      at: { z: at.z, names: at.names ?? null },
      f,
      text,
    })),
  )
})

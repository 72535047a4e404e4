import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Parquet } from '@finetune-kit/serialization/parquet'
import { Integer, JsonValue, record } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { Point, points } from './points.ts'
import { write, read } from './parquetBytes.ts'
import { duckdbOfTests } from '../duckdbOfTests.ts'

const { folder, connection } = duckdbOfTests()

test('Parquet is read by DuckDB, and reads what DuckDB writes', async () => {
  const ours = join(folder, 'ours.parquet')
  const theirs = join(folder, 'theirs.parquet')
  writeFileSync(ours, write(Parquet.of(Point), points, true))
  const rows = await connection().runAndReadAll(
    `select x, len(list), list[2], label, y, "at".z, _unknown from '${ours}'`,
  )
  expect(rows.getRowsJson()).toEqual([
    ['9007199254740991', '0', null, 'a', -0, true, null],
    ['0', '3', null, null, null, null, '{"other":{"n":1},"x":-0,"label":null}'],
    ['3', '1', null, null, null, null, '{"at":null}'],
    ['4', '0', null, null, null, false, '{"list":[-0]}'],
  ])
  await connection().run(
    `copy (select 7 as x, [1, null] as list, 'b' as label, {z: true} as "at", null::double as y, 'c' as new)
     to '${theirs}' (format parquet, compression zstd)`,
  )
  expect(await read(Parquet.of(Point), Uint8Array.from(readFileSync(theirs)))).toEqual([
    { x: 7, list: [1, null], label: 'b', at: { z: true }, new: 'c' },
  ])
})

test('Parquet with halves of surrogate pairs is read by DuckDB, and read back', async () => {
  const Event = record('Event', { message: t.string, data: JsonValue, note: t.union([JsonValue, t.null]) })
  const half = '\ud800'
  const few = [
    { message: 'whole', data: { a: '\\\\ud800 \\ud800' }, note: null },
    { message: `a ${half}`, data: [half], note: { [half]: 1 }, more: { b: half } },
    { message: 'text', data: half, note: '{"data":1}', [half]: '"' },
  ]
  // more than the writer takes without generated code
  const many = Array.from({ length: 200 }, () => few).flat()
  for (const events of [few, many]) {
    const file = join(folder, 'halves.parquet')
    writeFileSync(file, write(Parquet.of(Event), events, true))
    expect(await read(Parquet.of(Event), Uint8Array.from(readFileSync(file)))).toEqual(events)
    const rows = await connection().runAndReadAll(`select * from '${file}' limit 3`)
    expect(rows.getRowsJson()).toEqual([
      ['whole', JSON.stringify(few[0]?.data), 'null', null],
      ['', null, null, expect.stringContaining('ud800')],
      ['text', null, '"{\\"data\\":1}"', expect.stringContaining('ud800')],
    ])
  }
})

test('Parquet reads flat columns whose names are the paths of fields', async () => {
  const file = join(folder, 'flat.parquet')
  await connection().run(
    `copy (select * from (values
       ('ft-1', 4, 0.1, 3, 'a', 'x'), ('ft-2', 4, 0.2, null, null, null)
     ) v(id, "params.n_epochs", "params.rate.start", "inner.deep.n", "inner.deep.note", "other.key"))
     to '${file}' (format parquet)`,
  )
  const Deep = t.type({ deep: t.union([record('Deep', { n: Integer, note: t.string }), t.null]) })
  const Run = record('Run', {
    id: t.string,
    params: record('Params', { n_epochs: Integer, rate: record('Rate', { start: t.number }) }),
    inner: t.union([Deep, t.null]),
  })
  expect(await read(Parquet.of(Run), Uint8Array.from(readFileSync(file)))).toEqual([
    {
      id: 'ft-1',
      params: { n_epochs: 4, rate: { start: 0.1 } },
      inner: { deep: { n: 3, note: 'a' } },
      'other.key': 'x',
    },
    { id: 'ft-2', params: { n_epochs: 4, rate: { start: 0.2 } }, inner: null, 'other.key': null },
  ])
})

test.each(['uncompressed', 'snappy', 'gzip', 'zstd', 'brotli'])(
  'Parquet reads what DuckDB compressed with %s, in pages of both versions',
  async compression => {
    const many = Array.from({ length: 3000 }, (_, x) => ({
      x,
      list: x % 3 === 0 ? [] : [x, null],
      ...(x % 5 === 0 ? {} : { label: `run ${x % 7}` }), // by its column it could be null as well
      y: x / 3,
      at: { z: x % 2 === 0 },
    }))
    for (const version of ['V1', 'V2']) {
      const file = join(folder, `${version}.parquet`)
      await connection().run(
        `copy (select range::bigint as x, case when range % 3 = 0 then []::bigint[] else [range, null] end as list,
           case when range % 5 = 0 then null else 'run ' || (range % 7) end as label,
           range / 3 as y, {z: range % 2 = 0} as "at" from range(3000))
         to '${file}' (format parquet, compression ${compression}, parquet_version ${version}, row_group_size 2048)`,
      )
      expect(await read(Parquet.of(Point), Uint8Array.from(readFileSync(file)))).toEqual(many)
    }
  },
)

test('Parquet puts together what DuckDB nested: lists of lists, of records, of nothing, and maps', async () => {
  const file = join(folder, 'nested.parquet')
  await connection().run(
    `copy (select * from (values
      ([[1, null], [], null], [{a: [{b: 1}, null], c: 'x'}, null], map {'k': 1, '__proto__': null}, {d: {e: null}}),
      ([], [], map {}, {d: null}),
      (null, null, null, null),
      ([null], [{a: [], c: null}, {a: null, c: 'y'}], map {'': 2}, {d: {e: [0]}})
     ) as t(lists, records, map, deep)) to '${file}' (format parquet)`,
  )
  expect(await read(Parquet.of(t.unknown), Uint8Array.from(readFileSync(file)))).toEqual([
    {
      lists: [[1, null], [], null],
      records: [{ a: [{ b: 1 }, null], c: 'x' }, null],
      map: JSON.parse('{"k":1,"__proto__":null}'),
      deep: { d: { e: null } },
    },
    { lists: [], records: [], map: {}, deep: { d: null } },
    { lists: null, records: null, map: null, deep: null },
    {
      lists: [null],
      records: [
        { a: [], c: null },
        { a: null, c: 'y' },
      ],
      map: { '': 2 },
      deep: { d: { e: [0] } },
    },
  ])
})

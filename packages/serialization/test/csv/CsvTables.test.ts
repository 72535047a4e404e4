import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { annotate, decode, draw, Integer, record } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'
import * as model from '@finetune-kit/model'
import { Csv, CsvTables, decodeAll, type ReadResult } from '@finetune-kit/serialization'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { decodeTables } from '../decodeTables.ts'
import { encodeTables } from '../encodeTables.ts'
import { bytes } from './csvText.ts'
import { Event, runs, textsOf, read } from './runTables.ts'
import { duckdbOfTests } from '../duckdbOfTests.ts'

const { folder, connection } = duckdbOfTests()

const codecs = Object.values(model).filter(
  (value): value is t.Any & typeof value => value instanceof t.Type,
) as ReadonlyArray<t.Type<unknown, unknown>>

const values = (items: ReadonlyArray<ReadResult<unknown>>): ReadonlyArray<unknown> =>
  items.map(item => (item._tag === 'Record' ? item.value : new Error(draw(item.error))))

describe('what was written is read back, cut anywhere', () => {
  test.each(codecs.map(codec => [codec.name, codec] as const))('%s', (_, codec) => {
    const of = CsvTables.of(codec)
    const kept = (value: unknown) =>
      E.getOrElse((): unknown => 'not decoded')(decode(codec)(codec.encode(value)))
    fc.assert(
      fc.property(
        fc.array(Arbitrary.of(codec, { loneSurrogates: true }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 200 }),
        (records, size) => {
          const inputs = encodeTables(of)(records)
          const whole = decodeTables(of)(inputs)
          const wanted = records.map(kept)
          if (!isDeepStrictEqual(values(whole), wanted)) expect(values(whole)).toStrictEqual(wanted)
          if (!isDeepStrictEqual(decodeTables(of, size)(inputs), whole))
            expect.fail(`cut in ${size}, it is another`)
        },
      ),
      { numRuns: 25, interruptAfterTimeLimit: 4000 },
    )
  })
})

const head = 'id,inner.events,inner.*,files,*\r\n'

const headOfItems = 'parent_id,at,text,*\r\n'

test('CsvTables gives each list of records a table, and the main one its number of rows', () => {
  expect(runs.tables).toEqual(['', 'inner.events', 'files'])
  expect(
    textsOf(
      encodeTables(runs)([
        { id: 'a', inner: { events: [{ at: 1 }, { at: -0, text: '=1' }] } },
        { id: 'null', inner: { events: [] }, files: null },
        JSON.parse('{"id":"a","inner":{"events":[{"at":3,"__proto__":{}}],"z":1},"files":[]}'),
      ]),
    ),
  ).toEqual([
    `${head}a,2,,,\r\n'null,0,,null,\r\na,1,"{""z"":1}",0,\r\n`,
    `${headOfItems}a,1,,\r\na,-0,'=1,\r\na,3,,"{""__proto__"":{}}"\r\n`,
    headOfItems,
  ])
})

test('CsvTables leaves in its cell what is no list of records, and a number there is no count', () => {
  const lists = [5, '5', [{ at: 1 }, null], [[]], { at: 1 }]
  const written = textsOf(
    encodeTables(runs)(lists.map(files => ({ id: 'a', inner: { events: [] }, files })) as never),
  )
  expect(written[0]?.split('\r\n').slice(1, -1)).toEqual([
    'a,0,,5.0,',
    "a,0,,'5,",
    'a,0,,"[{""at"":1},null]",',
    'a,0,,[[]],',
    'a,0,,"{""at"":1}",',
  ])
  expect(written.slice(1)).toEqual([headOfItems, headOfItems])
  expect(read(written)).toEqual([
    'in.csv:2:6 /files: expected list of Event or null, found 5',
    'in.csv:3:6 /files: expected list of Event or null, found "5"',
    'in.csv:4:6 /files/1: expected Event, found null',
    'in.csv:5:6 /files/0: expected Event, found an empty list',
    'in.csv:6:6 /files: expected list of Event or null, found an object',
  ])
})

test('CsvTables refuses a record whole, with its path', () => {
  const writer = runs.writer()
  const bad = { id: 'a', inner: { events: [{ at: 1 }, { at: Number.NaN }] }, files: [{ at: 1 }] }
  expect(writer.push(bad)).toEqual(
    E.left({
      _tag: 'Unencodable',
      path: ['inner', 'events', 1, 'at'],
      reason: 'NaN is not a number of JSON',
    }),
  )
  expect(textsOf(writer.end())).toEqual([head, headOfItems, headOfItems])
})

test('CsvTables calls the records by their number where their codec names no key', () => {
  const Plain = CsvTables.of(record('Plain', { events: t.array(Event) }))
  const texts = textsOf(encodeTables(Plain)([{ events: [{ at: 1 }] }, { events: [{ at: 2 }] }]))
  expect(texts).toEqual(['events,*\r\n1,\r\n1,\r\n', 'parent_row,at,text,*\r\n1,1,,\r\n2,2,,\r\n'])
  expect(
    values(decodeTables(Plain)([bytes('events\n1\nx"\n1\n'), bytes('parent_row,at\n1,1\n2,2\n3,3\n')])),
  ).toEqual([
    { events: [{ at: 1 }] },
    new Error('3:2 not CSV: a quote inside a cell. Quote the whole cell, and double the quote'),
    { events: [{ at: 3 }] },
  ])
})

const Of = (item: t.Mixed) =>
  annotate(record('Of', { id: t.string, list: t.array(item) }), { identity: { key: 'id' } })

test('CsvTables refuses a codec two of whose columns would have one name', () => {
  expect(() => CsvTables.of(Of(record('Item', { parent_id: Integer })))).toThrow(
    'CsvTables cannot be derived from Of: its table "list" would have the column "parent_id" twice; rename the field',
  )
  expect(() => CsvTables.of(record('Nameless', { '': t.array(Event) }))).toThrow(
    'CsvTables cannot be derived from Nameless: the table of a list needs a name, and the key of one is empty',
  )
})

test('CsvTables reads tables of others: columns in any order, other line ends, ids quoted anew', () => {
  expect(
    read([
      '\ufefffiles,id,inner.events\n,a,"[{""at"":0}]"\n1,"7",1\n,7,0',
      'at,more,parent_id\r1,x,"7"',
      '\n\nparent_id,at\n\n"7",2',
    ]),
  ).toEqual([
    '2@25 {"id":"a","inner":{"events":[{"at":0}]}}',
    '3@43 {"files":[{"at":2}],"id":"7","inner":{"events":[{"at":1,"more":"x"}]}}',
    '4@51 {"id":"7","inner":{"events":[]}}',
  ])
})

test('CsvTables keeps nothing of a piece: who reads into one buffer may use it again', () => {
  const inputs = encodeTables(runs)([
    { id: 'a', inner: { events: [{ at: 1, text: 'x\n"y"' }, { at: 2 }] }, files: [{ at: 2 }] },
    { id: 'b', inner: { events: [] }, files: [{ at: 3 }] },
  ])
  const whole = decodeTables(runs)(inputs)
  const reader = runs.reader()
  const items: Array<ReadResult<unknown>> = []
  const buffer = Buffer.alloc(5)
  for (const [table, input] of inputs.entries()) {
    for (let at = 0; at < input.length; at += buffer.length) {
      const size = Buffer.from(input.subarray(at, at + buffer.length)).copy(buffer)
      items.push(...reader.push(table, buffer.subarray(0, size)))
      buffer.fill(0)
    }
    items.push(...reader.end(table))
  }
  expect(items).toEqual(whole)
})

test('no bytes make CsvTables throw, and every row of the main table has an item', () => {
  const table = fc.oneof(
    fc.uint8Array(),
    fc
      .array(
        fc.constantFrom(...Array.from('",\n\r1 ax\'['), 'parent_id', 'id,inner.events\n', 'a,1\n', 'at\n'),
      )
      .map(parts => bytes(parts.join(''))),
  )
  fc.assert(
    fc.property(table, table, table, fc.integer({ min: 1, max: 40 }), (main, events, files, size) => {
      const items = decodeTables(runs)([main, events, files])
      const counted = items.filter(item => item._tag === 'Record' || item.records !== 0)
      const rows = decodeAll(Csv.of(t.unknown))(main)
      expect(counted.length).toBe(rows.filter(item => item._tag === 'Record' || item.records !== 0).length)
      for (const item of items) if (item._tag === 'Reject') expect(draw(item.error)).not.toBe('')
      expect(decodeTables(runs, size)([main, events, files])).toEqual(items)
    }),
    { numRuns: 500 },
  )
})

test('CsvTables reads the same in whatever order the tables come, and wants the next that it needs', () => {
  const texts = textsOf(
    encodeTables(runs)([
      { id: 'a', inner: { events: [{ at: 1 }] }, files: [{ at: 2 }] },
      { id: 'b', inner: { events: [] }, files: [{ at: 3 }] },
    ]),
  ).map(bytes)
  const whole = decodeTables(runs)(texts)
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
  ]) {
    const reader = runs.reader()
    const items: Array<ReadResult<unknown>> = []
    for (const table of order)
      items.push(...reader.push(table, texts[table] as Uint8Array), ...reader.end(table))
    expect(items).toEqual(whole)
    expect(reader.wants()).toBeUndefined()
  }
})

/** A table of the folder, for `from` in SQL. */
const from = (name: string) =>
  `read_csv('${join(folder, name)}', header = true, all_varchar = true, strict_mode = false, quote = '"', escape = '"')`

test('CsvTables makes tables that DuckDB joins and counts', async () => {
  const of = CsvTables.of(model.FineTuneSnapshot)
  const records = fc
    .sample(Arbitrary.of(model.FineTuneSnapshot), { numRuns: 200, seed: 11 })
    .map((run, i) => Object.assign(run, { id: `ft-${i % 150}` }))
  for (const [i, table] of encodeTables(of)(records).entries())
    writeFileSync(join(folder, `runs${of.tables[i] === '' ? '' : `.${of.tables[i]}`}.csv`), table)
  const joined = await connection().runAndReadAll(
    `select r.id, count(e.parent_id) from (select distinct id from ${from('runs.csv')}) r
       left join ${from('runs.events.csv')} e on e.parent_id = r.id group by all`,
  )
  const counted = new Map<string, number>()
  for (const { id, events } of records) counted.set(id, (counted.get(id) ?? 0) + (events?.length ?? 0))
  expect(new Map(joined.getRowsJson().map(([id, n]) => [id, Number(n)]))).toEqual(counted)
})

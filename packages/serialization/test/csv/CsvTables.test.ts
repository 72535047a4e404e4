import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { DuckDBInstance } from '@duckdb/node-api'
import { annotate, decode, draw, Integer, nullable, record } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'
import * as model from '@finetune-kit/model'
import { Csv, CsvTables, decodeAll, type ReadResult, type ReaderOptions } from '@finetune-kit/serialization'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { decodeTables } from '../decodeTables.ts'
import { encodeTables } from '../encodeTables.ts'

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
          if (!isDeepStrictEqual(values(whole), records.map(kept)))
            expect(values(whole)).toStrictEqual(records)
          if (!isDeepStrictEqual(decodeTables(of, size)(inputs), whole))
            expect.fail(`cut in ${size}, it is another`)
        },
      ),
      { numRuns: 25, interruptAfterTimeLimit: 4000 },
    )
  })
})

const Event = record('Event', { at: Integer }, { text: t.string })
const Run = annotate(
  record(
    'Run',
    { id: t.string, inner: record('Inner', { events: t.array(Event) }) },
    { files: nullable(t.array(Event)) },
  ),
  { identity: { key: 'id' } },
)
const runs = CsvTables.of(Run)
const bytes = (text: string) => new TextEncoder().encode(text)
const textsOf = (tables: ReadonlyArray<Uint8Array>) =>
  tables.map(table => new TextDecoder('utf-8', { ignoreBOM: true }).decode(table))
const show = (item: ReadResult<unknown>) =>
  item._tag === 'Record'
    ? `${item.line}@${item.offset} ${JSON.stringify(item.value)}`
    : `${item.isFinal ? 'rest: ' : ''}${item.records === 0 ? `${item.table}:${item.line}@${item.offset}: ` : ''}${draw(item.error, table => `in.${table ?? 'csv'}`)}`
const read = (texts: ReadonlyArray<string>, options?: ReaderOptions) =>
  decodeTables(runs, 3, options)(texts.map(bytes)).map(show)

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
    'in.csv:5:6 /files/0: expected Event, found a list of 0',
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

const main = (...rows: ReadonlyArray<string>) => ['id,inner.events,files', ...rows].join('\n')
const items = (...rows: ReadonlyArray<string>) => ['parent_id,at', ...rows].join('\n')
const of = (id: string, ...events: ReadonlyArray<number>) =>
  JSON.stringify({ id, inner: { events: events.map(at => ({ at })) } })
const found = (texts: ReadonlyArray<string>) => read(texts).map(line => line.replace(/^\d+@\d+ (?=\{)/, ''))

describe('CsvTables rejects what does not fit together, with its place and what to do', () => {
  test.each<readonly [string, ReadonlyArray<string>, ReadonlyArray<string>]>([
    [
      'a missing row, at the end and before those of another',
      [main('a,2,', 'b,1,', 'c,2,'), items('a,1', 'b,3', 'c,4'), items()],
      [
        'in.csv:2:3 /inner/events: table "inner.events" has 1 of the 2 rows that are counted for "a", and then one of "b" in line 3. Add the missing rows, or correct the count',
        of('b', 3),
        'in.csv:4:3 /inner/events: table "inner.events" has 1 of the 2 rows that are counted for "c", and then it ends. Add the missing rows, or correct the count',
      ],
    ],
    [
      'a row too many',
      [main('a,1,', 'b,1,'), items('a,1', 'a,2', 'b,3'), items()],
      [
        'in.csv:2:3 /inner/events: table "inner.events" has more rows of "a" than are counted, the first in line 3. Remove it, or correct the count',
        of('b', 3),
      ],
    ],
    [
      'a row of another, of one that has none, and behind all',
      [main('a,2,', 'b,0,', 'c,1,'), items('a,1', 'z,9', 'a,2', 'b,3', 'c,4', 'z,8'), items()],
      [
        'in.csv:2:3 /inner/events: table "inner.events" has 1 of the 2 rows that are counted for "a", and then one of "z" in line 3. Add the missing rows, or correct the count',
        of('b'),
        'inner.events:3@17: in.inner.events:3:1 not CSV: no record at this position counts a row of "z". Remove the row, move it, or correct its parent_id',
        'inner.events:5@25: in.inner.events:5:1 not CSV: no record at this position counts a row of "b". Remove the row, move it, or correct its parent_id',
        of('c', 4),
        'inner.events:7@33: in.inner.events:7:1 not CSV: no record at this position counts a row of "z". Remove the row, move it, or correct its parent_id',
      ],
    ],
    [
      'a bad row',
      [main('a,2,', 'b,1,', 'c,1,'), items('a,1', 'a,x', 'b,2,3', 'c,4'), items()],
      [
        'in.inner.events:3:3 /inner/events/1/at: expected integer, found "x"',
        'in.inner.events:4:1 not CSV: expected 2 cells, found 3. Quote each cell that holds a comma',
        of('c', 4),
      ],
    ],
    [
      'records of one name below a damaged row',
      [main('a,1,', 'a,1,', 'b,1,', 'a,1,'), items('a"x,1', 'a,2', 'b,3', 'a,4'), items()],
      [
        'in.inner.events:2:2 not CSV: a quote inside a cell. Quote the whole cell, and double the quote',
        of('a', 2),
        of('b', 3),
        of('a', 4),
      ],
    ],
    [
      'records of one name whose rows do not add up',
      [
        main('a,1,', 'a,2,', 'b,1,', 'c,1,', 'c,1,', 'd,1,'),
        items('a,1', 'a,2', 'b,3', 'c,4', 'c,5', 'c,6', 'd,7'),
        items(),
      ],
      [
        'in.csv:2:3 /inner/events: table "inner.events" has 2 of the 3 rows that are counted for "a", and then one of "b" in line 4. Add the missing rows, or correct the count',
        'in.csv:3:3 /inner/events: table "inner.events" has 2 of the 3 rows that are counted for "a", and then one of "b" in line 4. Add the missing rows, or correct the count',
        of('b', 3),
        'in.csv:5:3 /inner/events: table "inner.events" has more rows of "c" than are counted, the first in line 7. Remove it, or correct the count',
        'in.csv:6:3 /inner/events: table "inner.events" has more rows of "c" than are counted, the first in line 7. Remove it, or correct the count',
        of('d', 7),
      ],
    ],
    [
      'a row that is one too many, or before which one is missing',
      [main('a,1,', 'b,1,', 'a,1,', 'c,1,'), items('a,1', 'a,2', 'c,3'), items()],
      [
        'in.csv:2:3 /inner/events: table "inner.events" has more rows of "a" than are counted, the first in line 3. Remove it, or correct the count',
        'in.csv:3:3 /inner/events: the rows of "b" in table "inner.events" cannot be told from those of the rejected record above. Correct that one first',
        'in.csv:4:3 /inner/events: the rows of "a" in table "inner.events" cannot be told from those of the rejected record above. Correct that one first',
        of('c', 3),
      ],
    ],
    [
      'a count that is none',
      [main('a,-1,', 'a,1,', 'b,1,'), items('a,1', 'a,2', 'b,3'), items()],
      [
        'in.csv:2:3 /inner/events: expected list of Event, found -1',
        'in.csv:3:3 /inner/events: the rows of "a" in table "inner.events" cannot be told from those of the rejected record above. Correct that one first',
        of('b', 3),
      ],
    ],
    [
      'a bad row of the main table',
      [main('a,1', 'b,1,', 'c"d,2,', 'c,1,'), items('a,1', 'b,2', 'c,3', 'c,4', 'c,5'), items()],
      [
        'in.csv:2:1 not CSV: expected 3 cells, found 2. Write an empty cell for each missing value',
        of('b', 2),
        'in.csv:4:2 not CSV: a quote inside a cell. Quote the whole cell, and double the quote',
        'in.csv:5:3 /inner/events: table "inner.events" has more rows of "c" than are counted, the first in line 5. Remove it, or correct the count',
      ],
    ],
    [
      'a quote that is never closed: in a child table',
      [main('a,1,', 'b,1,', 'c,0,'), items('a,"1', 'b,2'), items()],
      [
        'in.inner.events:3:4 not CSV: a quote that is never closed. Close it, or double each quote inside the cell',
        'in.csv:3:3 /inner/events: table "inner.events" has 0 of the 1 rows that are counted for "b", and then it ends. Add the missing rows, or correct the count',
        of('c'),
      ],
    ],
    [
      'a quote that is never closed: in the main one',
      [main('a,1,', '"b,1,'), items('a,1', 'b,2'), items()],
      [
        of('a', 1),
        'rest: in.csv:3:6 not CSV: a quote that is never closed. Close it, or double each quote inside the cell',
      ],
    ],
    [
      'a header that names a column twice, or not the one of the parent',
      [main('a,1,', 'b,0,', 'c,0,1'), 'parent_id,at,at\na,1,1\n', 'at\n3\n'],
      [
        'in.inner.events:1:1 not CSV: the column "at" is there twice. Rename one',
        of('b'),
        'in.files:1:1 not CSV: the column "parent_id" is missing: it says of whom each row is',
      ],
    ],
    [
      'a main table that is not there',
      ['', items('a,1'), items()],
      [
        'inner.events:2@13: in.inner.events:2:1 not CSV: no record at this position counts a row of "a". Remove the row, move it, or correct its parent_id',
      ],
    ],
  ])('%s', (_, texts, expected) => {
    expect(found(texts)).toEqual(expected)
  })
})

test('CsvTables bounds what a record may cost, with its rows, and how many are accepted', () => {
  const many = `parent_id,at\n${'a,1\n'.repeat(50)}b,2\n`
  const counted = 'id,inner.events\na,50\nb,1\n'
  expect(read([counted, many, ''], { maxRecordBytes: 100 })).toEqual([
    'in.csv:2:1 not CSV: a record longer than 100 bytes, with its rows',
    '3@21 {"id":"b","inner":{"events":[{"at":2}]}}',
  ])
  expect(read([counted.replace('50', '999999999999999'), many, ''], { maxRecordBytes: 100 })[0]).toBe(
    'in.csv:2:3 /inner/events: table "inner.events" has 50 of the 999999999999999 rows that are counted for "a", and then one of "b" in line 52. Add the missing rows, or correct the count',
  )
  expect(read([counted, many, ''], { maxRecords: 1 })[1]).toBe('in.csv:3:1 not CSV: more than 1 records')
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

test('CsvTables makes tables that DuckDB joins and counts', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-tables-'))
  const duckdb = await (await DuckDBInstance.create(':memory:')).connect()
  try {
    const of = CsvTables.of(model.FineTuneSnapshot)
    const records = fc
      .sample(Arbitrary.of(model.FineTuneSnapshot), { numRuns: 200, seed: 11 })
      .map((run, i) => Object.assign(run, { id: `ft-${i % 150}` }))
    for (const [i, table] of encodeTables(of)(records).entries())
      writeFileSync(join(folder, `runs${of.tables[i] === '' ? '' : `.${of.tables[i]}`}.csv`), table)
    const from = (name: string) =>
      `read_csv('${join(folder, name)}', header = true, all_varchar = true, strict_mode = false, quote = '"', escape = '"')`
    const joined = await duckdb.runAndReadAll(
      `select r.id, count(e.parent_id) from (select distinct id from ${from('runs.csv')}) r
         left join ${from('runs.events.csv')} e on e.parent_id = r.id group by all`,
    )
    const counted = new Map<string, number>()
    for (const { id, events } of records) counted.set(id, (counted.get(id) ?? 0) + (events?.length ?? 0))
    expect(new Map(joined.getRowsJson().map(([id, n]) => [id, Number(n)]))).toEqual(counted)
  } finally {
    duckdb.closeSync()
    rmSync(folder, { recursive: true })
  }
})

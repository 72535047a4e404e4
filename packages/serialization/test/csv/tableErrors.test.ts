import { draw } from '@finetune-kit/codec'
import { describe, expect, test } from 'vitest'
import { decodeTables } from '../decodeTables.ts'
import { bytes } from './csvText.ts'
import { read, runs } from './runTables.ts'

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
        'in.inner.events:2:3 not CSV: a quote that is never closed. Close it, or double each quote inside the cell',
        'in.csv:3:3 /inner/events: table "inner.events" has 0 of the 1 rows that are counted for "b", and then it ends. Add the missing rows, or correct the count',
        of('c'),
      ],
    ],
    [
      'a quote that is never closed: in the main one',
      [main('a,1,', '"b,1,'), items('a,1', 'b,2'), items()],
      [
        of('a', 1),
        'rest: in.csv:3:1 not CSV: a quote that is never closed. Close it, or double each quote inside the cell',
      ],
    ],
    [
      'a header that names a column twice, or not the one of the parent',
      [main('a,1,', 'b,0,', 'd,2,', 'c,0,1'), 'parent_id,at,at\na,1,1\nd,2,2\nd,3,3\n', 'at\n3\n'],
      [
        'in.inner.events:1:1 not CSV: the column "at" is there twice. Rename one',
        of('b'),
        'in.inner.events:1:1 not CSV: the column "at" is there twice. Rename one',
        'in.files:1:1 not CSV: the column "parent_id" is missing: it names the record that each row belongs to',
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

test('CsvTables names a child table in UTF-16 for each record with rows in it', () => {
  const utf16 = new Uint8Array(Buffer.from(`\ufeff${items('a,1', 'a,2', 'c,3')}`, 'utf16le'))
  const results = decodeTables(runs)([bytes(main('a,2,', 'b,0,', 'c,1,')), utf16, bytes(items())])
  const reason = 'inner.events:1:1 not CSV: the table is encoded as UTF-16. Save it as UTF-8'
  expect(
    results.map(item => (item._tag === 'Reject' ? draw(item.error, table => table ?? '') : 'read')),
  ).toEqual([reason, 'read', reason])
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

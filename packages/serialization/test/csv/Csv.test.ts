import { draw, Finite, Integer, nullable, record } from '@finetune-kit/codec'
import { Csv, decodeAll, encodeAll, type ReaderOptions } from '@finetune-kit/serialization'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { decodeParts } from '../decodeParts.ts'
import { bytes, show, values } from './csvText.ts'

const Inner = record('Inner', { n: Integer }, { f: Finite })

const Row = record(
  'Row',
  { id: t.string, inner: Inner, tags: t.array(t.string) },
  { note: nullable(t.string), more: Inner },
)

const written = (records: ReadonlyArray<t.TypeOf<typeof Row>>) =>
  E.map((b: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(b))(
    encodeAll(Csv.of(Row))(records),
  )

const read = (text: string, options?: ReaderOptions) => decodeAll(Csv.of(Row), options)(bytes(text)).map(show)

/** A record in one cell of JSON, as other programs write it. */
const header = 'id,inner.n,inner.f,inner.*,tags,note,more,*'

test('Csv spreads records over columns, and keeps null, absent and empty apart', () => {
  expect(
    written([
      { id: 'a', inner: { n: -1, f: -0 }, tags: [] },
      { id: '', inner: { n: 2 }, tags: ['x', ''], note: null, more: { n: 3 } },
      JSON.parse('{"id":"null","inner":{"n":3,"z":null},"tags":["b"],"note":"","__proto__":1}'),
    ]),
  ).toEqual(
    E.right(
      [
        'id,inner.n,inner.f,inner.*,tags,note,more.n,more.f,more.*,*',
        'a,-1,-0,,[],,,,,',
        '\',2,,,"[""x"",""""]",null,3,,,',
        '\'null,3,,"{""z"":null}","[""b""]",\',,,,"{""__proto__"":1}"',
        '',
      ].join('\r\n'),
    ),
  )
})

describe('Csv writes no cell that a spreadsheet would run, and reads it back as it was', () => {
  test.each([
    "=cmd|'/C calc'!A0",
    '+1',
    '-1+1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '=1+1\nnote',
    ' =1',
    '\u00a0=1',
    '\ufeff=1',
    '＝1',
    '＋1',
    '－1',
    '＠1',
    '=HYPERLINK("http://a","b")',
    "'=1",
    "'",
  ])('%j', text => {
    const record = { id: text, inner: { n: -5, [text]: text }, tags: [text], note: text, [text]: text }
    const table = written([record])
    const cells = (E.isRight(table) ? table.right : '').split(/\r\n/)[1] ?? ''
    expect(cells).toMatch(/^"?'/)
    expect(cells).not.toMatch(/(^|,)"?[\s\p{C}]*[=+@＝＋－＠]/u)
    expect(E.map((text: string) => decodeAll(Csv.of(Row))(bytes(text)))(table)).toMatchObject({
      right: [{ value: record }],
    })
  })
})

test('Csv reads tables of others: columns in any order, unknown ones, texts that look like numbers', () => {
  expect(read('\ufeff"extra",tags,id,inner.n\n007,[],007,1\n\n1.50,[],true,2\r')).toEqual([
    '2@27 {"extra":"007","tags":[],"id":"007","inner":{"n":1}}',
    '4@41 {"extra":1.5,"tags":[],"id":"true","inner":{"n":2}}',
  ])
})

test('Csv rejects bad rows with their place and reads on', () => {
  expect(
    read(
      [
        header,
        'a,1,,,[],,,',
        'b,1,,,[],,',
        'c,1,,,[],,,,9',
        'd,x,,,"[1,\n]",,,',
        'é"e,1,,,[],,,',
        '"f" ,1,,,[],,,',
        ',1,,,[],,,',
        'g,1e400,,,[],,,',
        'h,1,,,[],,,',
      ].join('\n'),
    ),
  ).toEqual([
    '2@44 {"id":"a","inner":{"n":1},"tags":[]}',
    'in:3:1 not CSV: expected 8 cells, found 7. Write an empty cell for each missing value',
    'in:4:1 not CSV: expected 8 cells, found 9. Quote each cell that holds a comma',
    'in:5:3 /inner/n: expected integer, found "x"\nin:5:7 /tags: expected list of string, found "[1,\\n]"',
    'in:7:2 not CSV: a quote inside a cell. Quote the whole cell, and double the quote',
    'in:8:4 not CSV: a quote inside a cell. Quote the whole cell, and double the quote',
    'in:9:1 /id: missing, expected string',
    'in:10:3 /inner/n: expected integer, found "1e400"',
    '11@155 {"id":"h","inner":{"n":1},"tags":[]}',
  ])
})

test('Csv reads nothing below a header that is wrong, and tells of every row', () => {
  expect(read('id,id\na,b\n')).toEqual([
    'in:1:1 not CSV: the column "id" is there twice. Rename one',
    'in:1:1 not CSV: the column "id" is there twice. Rename one',
  ])
  expect(read('tags,inner.n\n[],1\n')).toEqual(['in:2:1 /id: missing, expected string'])
  expect(read(`${header}\na,1,,"x""\ny,[],,,\nb,1,,,[],,,\n`)).toEqual([
    'rest: in:2:6 not CSV: a quote that is never closed. Close it, or double each quote inside the cell',
  ])
  expect(read(`${header}\n"a,1,,,[],,,\nb,1,,,[],,,\n`)).toEqual([
    'rest: in:2:1 not CSV: a quote that is never closed. Close it, or double each quote inside the cell',
  ])
})

test('Csv keeps only the beginning of a row that is too long', () => {
  expect(read(`id,inner.n,tags\na,1,"${'x\n'.repeat(3000)}"\nb,1,[]\n`, { maxRecordBytes: 2000 })).toEqual([
    'in:2:1 not CSV: a record longer than 2000 bytes',
    '3003@6023 {"id":"b","inner":{"n":1},"tags":[]}',
  ])
})

test('Csv gives the same items wherever its input is cut', () => {
  const input = bytes('\ufeff"id",inner.n,tags\r\n"a""\r\n,😀",1,[]\r\r\nb"",1\n"",2,"[""x""]"\nc,"2')
  const whole = decodeAll(Csv.of(Row))(input)
  expect(whole.map(item => item._tag)).toEqual(['Record', 'Reject', 'Reject', 'Reject'])
  for (let a = 0; a <= input.length; a++)
    expect(decodeParts(Csv.of(Row))([input.slice(0, a), input.slice(a)])).toEqual(whole)
  expect(decodeParts(Csv.of(Row))(Array.from(input, byte => new Uint8Array([byte])))).toEqual(whole)
})

test('Csv refuses a codec two of whose fields have one column', () => {
  expect(() => Csv.of(record('Twice', { inner: Inner, 'inner.n': Integer }))).toThrow(
    'Csv cannot be derived from Twice: two of its fields would have the column "inner.n"; rename one',
  )
})

const utf16 = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))

describe('Csv names a table that is no CSV, and what to do', () => {
  test('UTF-16, with one reject for the whole table', () => {
    const reason = 'the table is encoded as UTF-16. Save it as UTF-8'
    const items = decodeAll(Csv.of(record('Note', { id: t.string, note: t.string })))(
      utf16('id,note\r\n1,"a\nb"\r\n2,c\r\n'),
    )
    expect(items).toMatchObject([{ _tag: 'Reject', line: 1, isFinal: true, error: { reason } }])
    expect(items[0]).not.toHaveProperty('records')
  })

  test('but not one whose only column has such a name', () => {
    const items = decodeAll(Csv.of(record('Odd', { 'a;b': t.string })))(bytes('a;b\nx\n'))
    expect(items).toMatchObject([{ value: { 'a;b': 'x' } }])
  })
})

test('Csv counts no record for an invalid header', () => {
  const items = decodeAll(Csv.of(Row))(bytes('a,a\n1,2\n'))
  expect(items.map(item => item._tag === 'Reject' && (item.records ?? 1))).toEqual([0, 1])
})

test('Csv unwraps a column value only if it is the only one', () => {
  expect(values('id,value\n1,2\n')).toEqual([{ id: 1, value: 2 }])
  expect(values('value\n2\n')).toEqual([2])
})

test('Csv limits the values of a record over all its cells', () => {
  const three = '"[1,{""a"":2},""x,y""]"' // five values
  const text = `a,b,c\n${three},1,\n${three},1,2\n${three},text,\n`
  const items = decodeAll(Csv.of(t.unknown), { maxValues: 7 })(bytes(text))
  expect(items.map(item => (item._tag === 'Record' ? item.value : draw(item.error)))).toEqual([
    { a: [1, { a: 2 }, 'x,y'], b: 1 },
    '3:27 not CSV: more than 7 values in a record',
    { a: [1, { a: 2 }, 'x,y'], b: 'text' },
  ])
})

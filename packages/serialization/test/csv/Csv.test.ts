import { draw, Finite, Integer, nullable, record } from '@finetune-kit/codec'
import { Csv, decodeAll, encodeAll, type ReadResult, type ReaderOptions } from '@finetune-kit/serialization'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { decodeParts } from '../decodeParts.ts'

const Inner = record('Inner', { n: Integer }, { f: Finite })
const Row = record(
  'Row',
  { id: t.string, inner: Inner, tags: t.array(t.string) },
  { note: nullable(t.string), more: Inner },
)
const bytes = (text: string) => new TextEncoder().encode(text)
const written = (records: ReadonlyArray<t.TypeOf<typeof Row>>) =>
  E.map((b: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(b))(
    encodeAll(Csv.of(Row))(records),
  )
const show = (item: ReadResult<unknown>) =>
  item._tag === 'Record'
    ? `${item.line}@${item.offset} ${JSON.stringify(item.value)}`
    : `${item.isFinal ? 'rest: ' : ''}${draw(item.error, 'in')}`
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
    'in:9:1 /id: expected string, found nothing',
    'in:10:3 /inner/n: expected integer, found "1e400"',
    '11@155 {"id":"h","inner":{"n":1},"tags":[]}',
  ])
})

test('Csv reads nothing below a header that is wrong, and tells of every row', () => {
  expect(read('id,id\na,b\n')).toEqual([
    'in:1:1 not CSV: the column "id" is there twice. Rename one',
    'in:1:1 not CSV: the column "id" is there twice. Rename one',
  ])
  expect(read('tags,inner.n\n[],1\n')).toEqual(['in:2:1 /id: expected string, found nothing'])
  expect(read(`${header}\n"a,1,,,[],,,\nb,1,,,[],,,\n`)).toEqual([
    'rest: in:4:1 not CSV: a quote that is never closed. Close it, or double each quote inside the cell',
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

describe('Csv reads cells that other programs have written again', () => {
  const Job = record(
    'Job',
    { id: t.string, model: nullable(t.string), n: nullable(Integer), files: nullable(t.array(t.string)) },
    { note: nullable(t.string), ok: nullable(t.boolean), is_final: t.boolean },
  )
  const readJobs = (...lines: ReadonlyArray<string>) =>
    decodeAll(Csv.of(Job))(bytes(lines.join('\n'))).map(item =>
      item._tag === 'Record' ? item.value : draw(item.error, 'in'),
    )

  test('an empty cell of a required nullable field is null, of an optional one absent', () => {
    expect(readJobs('id,model,n,files,note,ok', 'a,,,,,')).toEqual([
      { id: 'a', model: null, n: null, files: null },
    ])
    expect(readJobs('id,model,n,files', ',,,')).toEqual(['in:2:1 /id: expected string, found nothing'])
  })

  test.each([
    ['TRUE', true],
    ['True', true],
    ['FALSE', false],
    ['false', false],
  ])('%s is a boolean in a column of booleans', (cell, ok) => {
    expect(readJobs('id,model,n,files,ok,is_final', `${cell},${cell},,,${cell},${cell}`)).toEqual([
      { id: cell, model: cell, n: null, files: null, ok, is_final: ok },
    ])
  })

  test.each(['NULL', 'None', 'NA', 'N/A', '#N/A', '<NA>', 'NaT', '\\N'])(
    '%s is an empty cell in a column of numbers or booleans, and text elsewhere',
    cell => {
      expect(
        readJobs('id,model,n,files,note,ok,is_final', `${cell},${cell},${cell},,${cell},${cell},${cell}`),
      ).toEqual([{ id: cell, model: cell, n: null, files: null, note: cell }])
    },
  )

  test('NaN is no null: it may have been measured', () => {
    expect(readJobs('id,model,n,files', 'a,,NaN,')).toEqual([
      'in:2:4 /n: expected integer or null, found "NaN"',
    ])
  })

  test.each([
    ["'tis done", "'tis done"],
    ["'=1", '=1'],
    ["''=1", "'=1"],
    ["'null", 'null'],
    ["'", ''],
    ["''", "'"],
    ['"all of it"', '"all of it"'],
    ['"\\ud800"', '\ud800'],
  ])('the text %s keeps all that the writer has not put there', (cell, note) => {
    const quoted = `"${cell.replaceAll('"', '""')}"`
    expect(readJobs('id,model,n,files,note', `a,,,,${quoted}`)).toEqual([
      { id: 'a', model: null, n: null, files: null, note },
    ])
    const written = encodeAll(Csv.of(Job))([{ id: 'a', model: null, n: null, files: null, note }])
    expect(E.map((all: Uint8Array) => decodeAll(Csv.of(Job))(all))(written)).toMatchObject({
      right: [{ value: { note } }],
    })
  })

  test('null is text in a required column of strings', () => {
    expect(readJobs('id,model,n,files', 'null,null,,')).toEqual([
      { id: 'null', model: null, n: null, files: null },
    ])
  })

  test('a number of an unknown column stays text if a double does not hold it', () => {
    expect(readJobs('id,model,n,files,key,size', 'a,,,,12345678901234567890,12')).toEqual([
      { id: 'a', model: null, n: null, files: null, key: '12345678901234567890', size: 12 },
    ])
  })

  test('a cell of very many apostrophes is read in linear time', () => {
    const cell = "'".repeat(1_000_000)
    expect(readJobs('id,model,n,files', `${cell},,,`)).toEqual([
      { id: cell.slice(1), model: null, n: null, files: null },
    ])
  })
})

const utf16 = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))

describe('Csv names a table that is no CSV, and what to do', () => {
  test.each([['UTF-16', utf16('id,note\n'), 'the table is encoded as UTF-16. Save it as UTF-8']])(
    '%s',
    (_, input, reason) => {
      const [header, row] = decodeAll(Csv.of(record('Note', { id: t.string, note: t.string })))(input)
      expect(header).toMatchObject({ _tag: 'Reject', records: 0, line: 1, error: { reason } })
      expect(row).toMatchObject({ _tag: 'Reject', line: 2, error: { reason } })
      expect(row).not.toHaveProperty('records')
    },
  )

  test('but not one whose only column has such a name', () => {
    const items = decodeAll(Csv.of(record('Odd', { 'a;b': t.string })))(bytes('a;b\nx\n'))
    expect(items).toMatchObject([{ value: { 'a;b': 'x' } }])
  })
})

test('Csv counts no record for an invalid header', () => {
  const items = decodeAll(Csv.of(Row))(bytes('a,a\n1,2\n'))
  expect(items.map(item => item._tag === 'Reject' && (item.records ?? 1))).toEqual([0, 1])
})

const values = (text: string) =>
  decodeAll(Csv.of(t.unknown))(bytes(text)).map(item => item._tag === 'Record' && item.value)

test('Csv unwraps a column value only if it is the only one', () => {
  expect(values('id,value\n1,2\n')).toEqual([{ id: 1, value: 2 }])
  expect(values('value\n2\n')).toEqual([2])
})

describe('Csv reads other separators, as a header or a line of Excel tells them', () => {
  const Note = record('Note', { id: t.string, note: t.string }, { n: t.number })
  const read = (text: string) => decodeAll(Csv.of(Note))(bytes(text)).map(show)

  test.each([
    ['semicolons', 'id;note\na;"b;c"\n'],
    ['quoted names', '\ufeff"id";"note"\na;"b;c"\n'],
    ['tabs', 'id\tnote\na\tb;c\n'],
    ['vertical bars', 'id|note\na|b;c\n'],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual([`2@${bytes(text).indexOf(0x0a) + 1} {"id":"a","note":"b;c"}`])
  })

  test.each([';', ',', '\t'])('a line sep=%s', separator => {
    const text = `sep=${separator}\r\nid${separator}note\r\na${separator}b\r\n`
    expect(read(text)).toEqual(['3@16 {"id":"a","note":"b"}'])
  })

  test('a comma is then that of a decimal in a column of numbers, and of no other', () => {
    expect(read('id;note;n\n1,5;2,5;3,5\na;b;1,5E+3\n')).toEqual([
      '2@10 {"id":"1,5","note":"2,5","n":3.5}',
      '3@22 {"id":"a","note":"b","n":1500}',
    ])
    expect(read('id,note,n\na,b,"3,5"\n')).toEqual(['in:2:5 /n: expected number, found "3,5"'])
  })

  test('where it knows no column', () => {
    expect(values('\ufeffid;at.n;*\n1;2;\n')).toEqual([{ id: 1, 'at.n': 2 }])
  })

  test('but a table with a known column between commas is one of commas', () => {
    expect(read('id,note;x,note\na,b,c\n')).toEqual(['2@15 {"id":"a","note;x":"b","note":"c"}'])
  })

  test('wherever it is cut', () => {
    const text = bytes('id;note;n\na;"b;\nc";1,5\nd;e;\n')
    const whole = decodeAll(Csv.of(Note))(text)
    for (let at = 1; at < text.length; at++)
      expect(decodeParts(Csv.of(Note))([text.subarray(0, at), text.subarray(at)])).toEqual(whole)
  })
})

describe('Csv of another program', () => {
  const Row = record('Row', { id: t.string, n: nullable(t.number) }, { note: nullable(t.string) })
  const read = (text: string) => {
    const reader = Csv.of(Row).reader()
    const results = [...reader.push(bytes(text)), ...reader.end()]
    const values = results.map(result => result._tag === 'Record' && result.value)
    return { values, notes: reader.notes?.().length }
  }

  test.each(['', 'Unnamed: 0'])('has the row numbers of pandas in a first column named %j', name => {
    const { values } = read(`${name},id,n\n0,a,1.0\n7,b,\nx,c,2\n`)
    expect(values).toEqual([
      { id: 'a', n: 1 },
      { id: 'b', n: null },
      { [name]: 'x', id: 'c', n: 2 },
    ])
    expect(read(`id,n,${name}\na,1,0\n`).values).toEqual([{ id: 'a', n: 1, [name]: 0 }])
  })

  test.each([
    ['LF', 'id,n,note\na,1,\nb,2,x\n', 1],
    ['null as an empty cell', 'id,n,note\r\na,,\r\n', 1],
    ['no empty cell', 'id,n,note\na,1,x\n', 0],
    ['null by name', 'id,n,note\na,null,\n', 0],
    ['CR LF, as the writer', 'id,n,note\r\na,1,\r\nb,2,\r\n', 0],
  ])('has a note where null and absent are one cell: %s', (_, text, count) => {
    expect(read(text).notes).toBe(count)
  })
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

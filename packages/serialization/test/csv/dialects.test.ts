import { nullable, record } from '@finetune-kit/codec'
import { Csv, decodeAll, detect } from '@finetune-kit/serialization'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { decodeParts } from '../decodeParts.ts'
import { bytes, show, values } from './csvText.ts'

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

  test.each(['', 'Unnamed: 0'])('has row numbers before any separator: %j', name => {
    for (const separator of [',', ';', '\t', '|']) {
      const text = `${name},id,at.n\n0,a,1\n`.replaceAll(',', separator)
      expect(detect(bytes(text)).format?.name).toBe('CSV')
      expect(values(text)).toEqual([{ id: 'a', 'at.n': 1 }])
    }
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

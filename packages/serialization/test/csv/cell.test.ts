import { draw, Integer, nullable, record } from '@finetune-kit/codec'
import { Csv, decodeAll, encodeAll } from '@finetune-kit/serialization'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { bytes } from './csvText.ts'

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
    expect(readJobs('id,model,n,files', ',,,')).toEqual(['in:2:1 /id: missing, expected string'])
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

/** csv-parse is the oracle: what it reads is read alike, what it refuses is refused. */
import { type Options, parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { cellsOf, rowOf, rows } from '../../src/csv/rows.ts'

const options: Options = { relax_column_count: true, record_delimiter: ['\r\n', '\n', '\r'] }

type Table = ReadonlyArray<ReadonlyArray<string>> | 'refused'

const byOracle = (text: string): Table => {
  try {
    return parse(text, options)
  } catch {
    return 'refused'
  }
}

const byUs = (text: string, cut: number): Table => {
  const frame = rows(1_000_000)
  const bytes = new TextEncoder().encode(text)
  const found = [...frame.push(bytes.slice(0, cut)), ...frame.push(bytes.slice(cut)), ...frame.end()]
  const table: Array<ReadonlyArray<string>> = []
  for (const row of found) {
    const cells = cellsOf(new TextDecoder('utf-8', { ignoreBOM: true }).decode(row.bytes), 1000)
    if (row.open || E.isLeft(cells)) return 'refused'
    table.push(cells.right.map(({ text }) => text))
  }
  return table
}

/** Without NUL: after a closing quote csv-parse takes it for the end of its input. */
const hostile = fc.string({
  unit: fc.constantFrom(
    '"',
    '"',
    ',',
    ',',
    '\r',
    '\n',
    '\r\n',
    ' ',
    'a',
    "'",
    '\\',
    ';',
    '\t',

    'é',
    '😀',
  ),
  maxLength: 24,
})

test('rows and cellsOf read hostile tables as csv-parse does, wherever they are cut', () => {
  fc.assert(
    fc.property(hostile, fc.nat(40), (text, cut) => {
      expect(byUs(text, cut)).toEqual(byOracle(text))
    }),
    { numRuns: 3000, interruptAfterTimeLimit: 10_000 },
  )
})

test('rows and cellsOf read tables that were written well as csv-parse does', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(hostile, { minLength: 1, maxLength: 4 }), { maxLength: 4 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.nat(200),
      (table, end, cut) => {
        const text = table.map(row => rowOf(row).slice(0, -2) + end).join('')
        expect(byUs(text, cut)).toEqual(table)
        expect(byOracle(text)).toEqual(table)
      },
    ),
    { numRuns: 500, interruptAfterTimeLimit: 10_000 },
  )
})

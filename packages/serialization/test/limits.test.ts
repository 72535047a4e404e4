/** The limits of a record, which are the same in all formats. */
import { draw, Finite, Integer, record } from '@finetune-kit/codec'
import { CsvTables, decodeAll, encodeAll, type ReaderOptions } from '@finetune-kit/serialization'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { decodeTables } from './decodeTables.ts'
import { encodeTables } from './encodeTables.ts'
import { formats } from './loadedFormats.ts'

const Item = record('Item', { at: Integer })
const Run = record('Run', { id: t.string, items: t.array(Item) }, { numbers: t.array(t.array(Finite)) })
const items = Array.from({ length: 10 }, (_, at) => ({ at }))
const numbers = [[1, 2, 3], [], [4, 5]]
/** The record, its id, its items; its numbers; and the value of the unknown key. */
const large = { id: 'large', items, numbers, more: { a: [7] } }
const values = 1 + 1 + (1 + 20) + (1 + 3 + 5) + 3
const small = { id: 'small', items: [] }

describe.each(formats)('$name', format => {
  const written = encodeAll(format.of(Run))([small, large, small])
  const read = (options: ReaderOptions) =>
    decodeAll(
      format.of(Run),
      options,
    )(E.isRight(written) ? Uint8Array.from(written.right) : new Uint8Array()).map(item =>
      item._tag === 'Record' ? item.value : draw(item.error),
    )

  test('takes a record of as many values as are allowed', () => {
    expect(read({ maxValues: values })).toEqual([small, large, small])
  })

  test('rejects a record of one more, and no other', () => {
    expect(read({ maxValues: values - 1 })).toEqual([
      small,
      expect.stringContaining(`more than ${values - 1} values in a record`),
      small,
    ])
  })
})

test('CsvTables counts the rows of its child tables', () => {
  const tables = CsvTables.of(Run)
  const read = (maxValues: number) =>
    decodeTables(tables, undefined, { maxValues })(encodeTables(tables)([small, large])).map(
      item => item._tag,
    )
  expect([read(values), read(values - 1)]).toEqual([
    ['Record', 'Record'],
    ['Record', 'Reject'],
  ])
})

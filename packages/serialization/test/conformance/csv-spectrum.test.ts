import { readdirSync, readFileSync } from 'node:fs'
import { draw, record } from '@finetune-kit/codec'
import { Csv, decodeAll } from '@finetune-kit/serialization'
import * as t from 'io-ts'
import { expect, test } from 'vitest'

const folder = new URL('./', import.meta.resolve('csv-spectrum/package.json'))

/** Rows of the suite that are not CSV by RFC 4180, and their errors. */
const refused: Readonly<Record<string, ReadonlyArray<string>>> = {
  // §2.5: "If fields are not enclosed with double quotes, then double quotes may not appear inside
  // the fields."
  location_coordinates: ['2:22 not CSV: a quote inside a cell. Quote the whole cell, and double the quote'],
}

const names = readdirSync(new URL('csvs/', folder)).map(name => name.slice(0, -'.csv'.length))

test('csv-spectrum is there', () => {
  expect(names.length).toBe(12)
  expect(names).toEqual(expect.arrayContaining(Object.keys(refused)))
})

test.each(names)('Csv reads csv-spectrum: %s', name => {
  const input = readFileSync(new URL(`csvs/${name}.csv`, folder))
  const wanted = JSON.parse(readFileSync(new URL(`json/${name}.json`, folder), 'utf8')) as ReadonlyArray<
    Record<string, string>
  >
  const header = (input.toString('utf8').split(/\r?\n/)[0] as string).split(',')
  const Texts = record('Texts', {}, Object.fromEntries(header.map(column => [column, t.string])))
  const items = decodeAll(Csv.of(Texts))(input)
  const rejects = items.flatMap(item => (item._tag === 'Reject' ? [draw(item.error)] : []))
  expect(rejects).toEqual(refused[name] ?? [])
  if (name in refused) return
  // an empty cell is an absent key: an empty string is written as `'`
  const present = wanted.map(row => Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== '')))
  expect(items.map(item => (item._tag === 'Record' ? item.value : item))).toEqual(present)
})

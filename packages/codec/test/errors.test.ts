import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import {
  decode,
  draw,
  Finite,
  Integer,
  invalid,
  malformed,
  nullable,
  positionOf,
  record,
} from '@finetune-kit/codec'

const Address = record('Address', { street: t.string, zip: nullable(t.string) })
const Line = record('Line', { sku: t.string, count: Integer }, { price: nullable(Finite) })
const Order = record(
  'Order',
  {
    id: t.string,
    placed: Integer,
    lines: t.array(Line),
    ship_to: Address,
    state: t.keyof({ open: 0, shipped: 0 }),
  },
  { bill_to: nullable(Address), note: t.string },
)

const Supervised = record('Supervised', {
  type: t.literal('supervised'),
  epochs: t.union([Integer, t.literal('auto')]),
})
const Dpo = record('Dpo', { type: t.literal('dpo'), beta: Finite })
const Reinforcement = record('Reinforcement', { type: t.literal('reinforcement'), grader: t.string })
const Method = record('Job', { method: t.union([Supervised, Dpo, Reinforcement]) })

/**
 * Members told apart by fields that io-ts ignores: optional ones, and several values for one
 * member.
 */
const Payment = t.union(
  [
    record('Card', { kind: t.keyof({ credit: 0, debit: 0 }), number: t.string }),
    record('Transfer', { kind: t.literal('transfer'), iban: t.string }, { note: t.string }),
    t.refinement(record('Cash', { amount: Finite }), ({ amount }) => amount > 0, 'Cash of more than 0'),
    t.string,
  ],
  'Payment',
)

interface Tree {
  readonly value: number
  readonly children: ReadonlyArray<Tree>
}
const Tree: t.Type<Tree> = t.recursion('Tree', () =>
  t.intersection([t.type({ value: t.number }), t.readonly(t.type({ children: t.readonlyArray(Tree) }))]),
)

const codecs: Readonly<Record<string, t.Mixed>> = {
  order: Order,
  method: Method,
  payment: Payment,
  list: t.array(t.union([t.tuple([t.string, Integer]), t.record(t.string, t.boolean), t.null])),
  tree: Tree,
}

const folder = join(import.meta.dirname, 'fixtures/errors')

/** A case is two files: CODEC/NAME.json is decoded, CODEC/NAME.txt is the expected error. */
test.each(globSync('*/*.json', { cwd: folder }).toSorted())('draw says what is wrong with %s', file => {
  const codec = codecs[dirname(file)] as t.Mixed
  const value: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const result = decode(codec)(value)
  const text = result._tag === 'Left' ? `${draw(result.left)}\n` : 'nothing is wrong\n'
  expect(text).toBe(readFileSync(join(folder, dirname(file), `${basename(file, '.json')}.txt`), 'utf8'))
})

const fileOf = (table?: string) => (table === undefined ? 'runs.csv' : `runs.${table}.csv`)

test('draw names the table that a place is in, or its file', () => {
  const position = { offset: 9, line: 2, column: 3, table: 'events' }
  const error = invalid([
    { path: ['at'], expected: 'integer', actual: 'x', position },
    { path: ['id'], expected: 'string', actual: undefined, position: { offset: 0, line: 2, column: 1 } },
  ])
  expect(draw(error, 'runs.csv')).toBe(
    'runs.csv:events:2:3 /at: expected integer, found "x"\nruns.csv:2:1 /id: missing, expected string',
  )
  expect(draw(error, fileOf)).toBe(
    'runs.events.csv:2:3 /at: expected integer, found "x"\nruns.csv:2:1 /id: missing, expected string',
  )
  expect(draw(malformed('CSV', 'odd', position), fileOf)).toBe('runs.events.csv:2:3 not CSV: odd')
})

test('draw names a record of an input without lines by its number', () => {
  const error = invalid([
    { path: ['at'], expected: 'integer', actual: 'x' },
    { path: [], expected: 'string', actual: 1 },
  ])
  const numbered = { ...error, record: 3 }
  expect(draw(numbered, 'runs.avro')).toBe(
    'runs.avro: record 3 /at: expected integer, found "x"\nruns.avro: record 3: expected string, found 1',
  )
  expect(draw(numbered)).toBe('record 3 /at: expected integer, found "x"\nrecord 3: expected string, found 1')
  const broken = { ...malformed('Avro', 'cut (byte 7)', { offset: 7, line: 1, column: 8 }), record: 3 }
  expect(draw(broken, 'runs.avro')).toBe('runs.avro: record 3: not Avro: cut (byte 7)')
})

test('positionOf is the position of an error in a text', () => {
  const at = { offset: 7, line: 1, column: 8, table: 'events' }
  const broken = malformed('CSV', 'cut', at)
  expect(positionOf(broken)).toEqual(at)
  expect(positionOf({ ...broken, record: 3 })).toBeUndefined()
  expect(positionOf({ ...broken, isBinary: true })).toBeUndefined()
})

test('draw leaves the byte of binary data to the reason', () => {
  const broken = {
    ...malformed('Avro', 'cut (byte 7)', { offset: 7, line: 1, column: 8 }),
    isBinary: true,
  } as const
  expect(draw(broken, 'runs.avro')).toBe('runs.avro: not Avro: cut (byte 7)')
  expect(draw(broken)).toBe('not Avro: cut (byte 7)')
})

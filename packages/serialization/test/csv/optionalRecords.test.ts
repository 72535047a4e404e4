import { Integer, nullable, record } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'
import * as model from '@finetune-kit/model'
import { Csv, decodeAll, encodeAll, SqlTable } from '@finetune-kit/serialization'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'

const Leaf = record('Leaf', {}, { n: nullable(Integer), all: t.array(record('Item', { i: Integer })) })
const Inner = record('Inner', { leaf: Leaf }, { maybe: nullable(Leaf), n: Integer })
const Row = record('Row', { id: t.string, inner: nullable(Inner) }, { maybe: Inner, both: nullable(Inner) })

const table = (codec: t.Mixed, ...records: ReadonlyArray<unknown>): string => {
  const bytes = encodeAll(Csv.of(codec))(records)
  if (bytes._tag === 'Left') throw new Error(bytes.left.reason)
  return new TextDecoder().decode(bytes.right)
}
const readBack = (codec: t.Mixed, text: string) =>
  decodeAll(Csv.of(codec))(new TextEncoder().encode(text)).map(item =>
    item._tag === 'Record' ? (item.value as unknown) : item,
  )

const Small = record('Small', { id: t.string }, { a: nullable(record('A', {}, { n: nullable(Integer) })) })

test('Csv spreads a record that may be absent or null over columns of its own', () => {
  const records = [
    { id: 'absent' },
    { id: 'nothing', a: null },
    { id: 'empty', a: {} },
    { id: 'field', a: { n: 1 } },
    { id: 'null field', a: { n: null } },
    { id: 'unknown', a: { x: 1 } },
  ]
  const text = table(Small, ...records)
  expect(text.split('\r\n')).toEqual([
    'id,a.n,a.*,*',
    'absent,,,',
    'nothing,,null,',
    'empty,,{},',
    'field,1,,',
    'null field,null,{},',
    'unknown,,"{""x"":1}",',
    '',
  ])
  expect(readBack(Small, text)).toEqual(records)
})

test('Csv reads a record that is one cell of JSON, as other programs write it', () => {
  expect(readBack(Small, 'id,a\r\nx,"{""n"":1}"\r\ny,null\r\nz,\r\n')).toEqual([
    { id: 'x', a: { n: 1 } },
    { id: 'y', a: null },
    { id: 'z' },
  ])
})

test('Csv takes a record for one that is there if one cell says null and another has a field', () => {
  expect(readBack(Small, 'a.*,id,a.n\r\nnull,x,1\r\n')).toEqual([{ id: 'x', a: { n: 1, '*': null } }])
})

test('Csv of a job has columns for its hyperparameters and the settings of its method', () => {
  const [header = ''] = table(model.FineTuningJobSnapshot).split('\r\n')
  expect(header.split(',')).toEqual(
    expect.arrayContaining([
      'hyperparameters.n_epochs',
      'method.type',
      'method.supervised.hyperparameters.n_epochs',
      'method.reinforcement.hyperparameters.reasoning_effort',
      'error.message',
    ]),
  )
})

const codecs: ReadonlyArray<readonly [string, t.Mixed]> = [
  ['Row', Row],
  ['FineTuningJobSnapshot', model.FineTuningJobSnapshot],
  ['FineTuneSnapshot', model.FineTuneSnapshot],
  ['AzureFineTune', model.AzureFineTune],
  ['FineTuningJobCheckpointSnapshot', model.FineTuningJobCheckpointSnapshot],
]

test('SqlTable takes a number or a word for text: a cell holds the word without quotes', () => {
  const sql = SqlTable.of(model.FineTuningJobSnapshot)('jobs')
  expect(sql).toContain('  "hyperparameters.n_epochs" TEXT,\n')
  expect(sql).toContain('  "trained_tokens" BIGINT,\n')
})

describe.each(codecs)('%s', (_, codec) => {
  test('goes through Csv as it is', () => {
    fc.assert(
      fc.property(fc.array(Arbitrary.of(codec as t.Type<unknown>), { maxLength: 5 }), values => {
        expect(readBack(codec, table(codec, ...values))).toEqual(values)
      }),
    )
  })

  test('has the columns of its CSV in SQL', () => {
    const sql = [...SqlTable.of(codec)('runs').matchAll(/^ {2}"(.+)" /gm)].map(([, name]) => name)
    expect(sql).toEqual(table(codec).split('\r\n')[0]?.split(','))
  })
})

import { annotate, Finite, Integer, nullable, OpenEnum, record } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import * as Columns from '../src/Columns.ts'

const Row = record(
  'Row',
  {
    id: t.string,
    created: annotate(Integer, { title: 'Created', unit: 'Unix seconds' }),
    loss: nullable(annotate(Finite, { title: 'Loss' })),
    status: OpenEnum('Status', ['running']),
  },
  {
    isHidden: t.boolean,
    tags: t.array(t.string),
    kind: t.literal('run'),
    either: t.union([t.string, t.number]),
  },
)

describe('Columns.of', () => {
  test('Columns.of gives each field its type, whether it may be null or absent', () => {
    expect(Columns.of(Row).map(({ key, type }) => [key, type])).toEqual([
      ['id', 'text'],
      ['created', 'integer'],
      ['loss', 'number'],
      ['status', 'text'],
      ['isHidden', 'boolean'],
      ['tags', 'json'],
      ['kind', 'text'],
      ['either', 'json'],
    ])
  })

  test('Columns.of keeps the facts of a field, also below null', () => {
    const facts = Object.fromEntries(Columns.of(Row).map(({ key, meta }) => [key, meta]))
    expect(facts['created']).toMatchObject({ title: 'Created', unit: 'Unix seconds' })
    expect(facts['loss']).toMatchObject({ title: 'Loss' })
    expect(facts['status']).toMatchObject({ known: ['running'] })
  })

  test('Columns.of refuses what is no record', () => {
    expect(() => Columns.of(t.string)).toThrow('Columns cannot be derived from string: it is no record')
  })
})

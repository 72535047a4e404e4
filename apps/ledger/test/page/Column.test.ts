import { Integer, annotate, nullable, record } from '@finetune-kit/codec'
import type { Delta } from '@finetune-kit/diff'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as Change from '../../page/src/changes/Change.ts'
import * as Column from '../../page/src/Column.ts'
import * as View from '../../page/src/View.ts'

const Part = record('Part', { name: t.string }, { size: annotate(Integer, { unit: 'bytes' }) })
const Thing = record('Thing', {
  name: t.string,
  state: annotate(t.string, { known: ['new', 'old'], title: 'State' }),
  at: nullable(annotate(Integer, { unit: 'Unix seconds' })),
  inner: record('Inner', { flag: t.boolean }),
  parts: t.array(Part),
  odd: t.union([t.string, t.number]),
})
const fields = View.of(Thing)

test('Column gives every field of a codec a column: states first, then moments, names, numbers, lists, records', () => {
  expect(Column.of(fields).map(({ path, title, view }) => [path.join('.'), title, view.kind])).toEqual([
    ['state', 'State', 'text'],
    ['at', 'at', 'time'],
    ['name', 'name', 'text'],
    ['parts', 'parts', 'list'],
    ['odd', 'odd', 'any'],
    ['inner.flag', 'flag', 'text'],
  ])
})

test('Column reads own keys only', () => {
  const [column] = Column.of(View.of(record('Odd', { constructor: t.string })))
  expect(Column.cell({}, column as Column.Column)).toBe(undefined)
  expect(Column.cell({ constructor: 'mine' }, column as Column.Column)).toBe('mine')
})

const names = (of: ReadonlyArray<Column.Column>) => of.map(({ path }) => path.join('.'))

test('Column.split keeps the columns that tell records apart', () => {
  const columns = Column.of(View.of(Part))
  const { telling, shared } = Column.split(columns, [{ name: 'a', size: 1 }, { name: 'a' }])
  expect([names(telling), names(shared)]).toEqual([['size'], ['name']])
  const single = Column.split(columns, [{ name: 'a', size: null }])
  expect([names(single.telling), names(single.shared)]).toEqual([['name'], []])
})

test('Column.split keeps one of columns that say the same', () => {
  const step = annotate(Integer, { description: 'The step.' })
  const columns = Column.of(
    View.of(record('Twice', { step, other: Integer, third: Integer, inner: record('Inner', { step }) })),
  )
  const one = { step: 1, other: 1, third: 1, inner: { step: 1 } }
  const two = { step: 2, other: 2, third: 2, inner: { step: 2 } }
  const split = (...records: ReadonlyArray<unknown>) => {
    const { telling, shared } = Column.split(columns, records)
    return [names(telling), names(shared)]
  }
  // equal numbers of another meaning stay
  expect(split(one, two)).toEqual([['step', 'other', 'third'], []])
  expect(split(one, { ...two, inner: { step: 3 } })).toEqual([['step', 'other', 'third', 'inner.step'], []])
  expect(split(one)).toEqual([['step', 'other', 'third'], []])
  expect(split(one, one)).toEqual([[], ['step', 'other', 'third']])
})

test('Change names places in the words of the codec, and gathers the items added to a list', () => {
  const delta: Delta.Delta = [
    { op: 'replace', path: '/state', was: 'new', value: 'old' },
    { op: 'add', path: '/parts/1', value: { name: 'b' } },
    { op: 'add', path: '/parts/2', value: { name: 'c' } },
    { op: 'remove', path: '/parts/0/size', was: 1 },
    { op: 'add', path: '/a~1b~0c', value: 1 },
    { op: 'replace', path: '', was: 1, value: 2 },
  ]
  expect(Change.of(Thing)(delta).map(({ op, title, value }) => [op, title, value])).toEqual([
    ['replace', 'State', 'old'],
    ['append', 'parts', [{ name: 'b' }, { name: 'c' }]],
    ['remove', 'parts, 0, size', undefined],
    ['add', 'a/b~c', 1],
    ['replace', 'The record', 2],
  ])
})

test('View takes the unit of a number that may be null from the whole', () => {
  const Span = record('Span', {
    at: annotate(nullable(Integer), { unit: 'Unix seconds' }),
    length: annotate(nullable(Integer), { unit: 'seconds' }),
  })
  expect(View.of(Span).map(({ view }) => view)).toEqual([
    { kind: 'time' },
    { kind: 'number', unit: 'seconds' },
  ])
})

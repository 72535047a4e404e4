import { annotate, codeGeneration, Integer, JsonValue, nullable, record } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { compileCollector } from '../../src/compile/compileCollector.ts'
import { issueNotes } from '../../src/internal/issueNotes.ts'

/** The issues that generated code finds without io-ts, innermost key first. */
const issuesOf = (codec: t.Any) => compileCollector(codec, issueNotes)

const Line = record('Line', { sku: t.string, count: Integer }, { price: nullable(t.number) })
const Order = record('Order', { lines: t.array(Line) }, { note: t.string })

test('collects issues in the order of fields, without io-ts', () => {
  const wrong = { lines: [{ sku: 1, count: 1 }, null, { sku: 'a', count: 1.5, price: '1' }], note: null }
  expect(issuesOf(Order)(wrong)).toEqual([
    { path: ['sku', 0, 'lines'], expected: 'string', actual: 1 },
    { path: [1, 'lines'], expected: 'Line', actual: null },
    { path: ['count', 2, 'lines'], expected: 'integer', actual: 1.5 },
    { path: ['price', 2, 'lines'], expected: 'number or null', actual: '1' },
    { path: ['note'], expected: 'string', actual: null },
  ])
})

test.each([
  ['has nothing wrong', Order, { lines: [] }],
  ['has inherited fields, which a copy lacks', Order, Object.create({ lines: 1 })],
  ['has a codec of unknown structure', t.type({ f: t.Function }), { f: 1 }],
  ['has errors with places of their own', record('R', { json: JsonValue }), { json: { a: undefined } }],
] as ReadonlyArray<[string, t.Any, unknown]>)('leaves a value to io-ts that %s', (_, codec, value) => {
  expect(issuesOf(codec)(value)).toBeUndefined()
})

test('stops once the limit of issues is passed', () => {
  let asked = 0
  const Counted = t.refinement(t.string, () => ++asked < 0)
  expect(issuesOf(t.array(Counted))(Array.from({ length: 10_000 }, () => ''))?.length).toBe(101)
  expect(asked).toBe(101)
})

test('collects nothing where code may not be generated', () => {
  codeGeneration(false)
  try {
    expect(issuesOf(annotate(Order, {}))({})).toBeUndefined()
  } finally {
    codeGeneration(true)
  }
})

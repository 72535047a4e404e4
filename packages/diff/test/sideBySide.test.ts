import { Eq } from '@finetune-kit/codec'
import { FineTuneSnapshot } from '@finetune-kit/model'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { sideBySide, sideBySideText, unifiedText } from '@finetune-kit/diff'
import { edited, json } from './generators.ts'
import { pendingRun, succeededRun } from './samples.ts'

const rowsOf = sideBySide(FineTuneSnapshot)

test('sideBySide has no rows exactly if the values are equal, and all lines of both on request', () => {
  const { equals } = Eq.of(t.unknown)
  fc.assert(
    fc.property(fc.oneof(fc.tuple(json, json), edited(json)), ([a, b]) => {
      const rows = sideBySide(t.unknown)(a, b)
      expect(rows.length === 0).toBe(equals(a, b))
      const all = sideBySide(t.unknown)(a, b, { all: true })
      expect(all.filter(row => row.left !== row.right)).toEqual(rows)
      const same = sideBySide(t.unknown)(a, a, { all: true })
      const count = (side: 'left' | 'right') =>
        all.filter(row => row[side] !== null && !row[side].startsWith('item ')).length
      if (!rows.some(row => row.label === 'the record')) expect(count('left')).toBe(same.length)
    }),
    { numRuns: 300 },
  )
})

test('sideBySide puts the lines of one item beside each other, wherever it stands', () => {
  const [file] = pendingRun.training_files
  if (file === undefined) throw new Error('no file')
  const other = { ...file, id: 'file-other' }
  const a = { ...pendingRun, training_files: [file, other] }
  const b = { ...pendingRun, training_files: [other, { ...file, bytes: 1 }] }
  expect(rowsOf(a, b)).toEqual([
    { label: 'Training files › file-train › Bytes', left: '5,120 bytes', right: '1 bytes' },
    { label: 'Training files', left: 'item 1', right: 'item 0' },
  ])
})

test('sideBySide says that records differ where JSON cannot say in what', () => {
  expect(sideBySide(t.UnknownRecord)({ a: undefined }, {})).toEqual([
    { label: 'the record', left: 'something', right: 'something that JSON cannot say' },
  ])
})

const noted = (run: FineTuneSnapshot, note: string): FineTuneSnapshot => Object.assign({ note }, run)

test('sideBySideText and unifiedText show what differs', () => {
  const rows = rowsOf(
    noted(pendingRun, 'Bread for twelve people, to be baked on Monday'),
    noted(
      { ...succeededRun, events: pendingRun.events ?? [] },
      'Bread for ten people, to be baked on Monday',
    ),
  )
  expect(sideBySideText(rows, { width: 65 })).toMatchInlineSnapshot(`
    "note
    | "Bread for {-twelve-} people,  | "Bread for {+ten+} people, to
    | to be baked on Monday"         | be baked on Monday"
    Updated at
    | 2023-07-22T04:26:50Z           | 2023-07-22T04:35:00Z
    Fine tuned model
    | null                           | "curie:ft-example-2023-07-22-0
    |                                | 4-26-40"
    Status
    | "pending"                      | "succeeded"
    Hyperparams › Batch size
    | null                           | 1
    Hyperparams › Learning rate multiplier
    | null                           | 0.1
    Training files › file-train › Status
    | "uploaded"                     | "processed"
    Result files › file-result › Id
    >                                | "file-result"
    Result files › file-result › Object
    >                                | "file"
    Result files › file-result › Bytes
    >                                | 5,120 bytes
    Result files › file-result › Created at
    >                                | 2023-07-22T04:26:40Z
    Result files › file-result › Filename
    >                                | "compiled_results.csv"
    Result files › file-result › Purpose
    >                                | "fine-tune-results"
    Result files › file-result › Status
    >                                | "uploaded"
    Result files › file-result › Status details
    >                                | null
    Result files
    < []                             |"
  `)
  expect(unifiedText(rows)).toMatchInlineSnapshot(`
    "- note: "Bread for {-twelve-} people, to be baked on Monday"
    + note: "Bread for {+ten+} people, to be baked on Monday"
    - Updated at: 2023-07-22T04:26:50Z
    + Updated at: 2023-07-22T04:35:00Z
    - Fine tuned model: null
    + Fine tuned model: "curie:ft-example-2023-07-22-04-26-40"
    - Status: "pending"
    + Status: "succeeded"
    - Hyperparams › Batch size: null
    + Hyperparams › Batch size: 1
    - Hyperparams › Learning rate multiplier: null
    + Hyperparams › Learning rate multiplier: 0.1
    - Training files › file-train › Status: "uploaded"
    + Training files › file-train › Status: "processed"
    + Result files › file-result › Id: "file-result"
    + Result files › file-result › Object: "file"
    + Result files › file-result › Bytes: 5,120 bytes
    + Result files › file-result › Created at: 2023-07-22T04:26:40Z
    + Result files › file-result › Filename: "compiled_results.csv"
    + Result files › file-result › Purpose: "fine-tune-results"
    + Result files › file-result › Status: "uploaded"
    + Result files › file-result › Status details: null
    - Result files: []"
  `)
})

test('unifiedText shows the same lines too when the rows have them', () => {
  const rows = sideBySide(t.unknown)({ a: 1, b: [] }, { a: 1, b: {} }, { all: true })
  expect(unifiedText(rows)).toBe('  a: 1\n- b: []\n+ b: {}')
  expect(unifiedText(rows, { colours: true })).toBe(
    '  a: 1\n- b: \u001b[31m[]\u001b[0m\n+ b: \u001b[32m{}\u001b[0m',
  )
})

const text = (seed: number) => Array.from({ length: 50_000 }, (_, i) => (i * seed) % 9973).join(' ')

/** Processor time, not wall time: other work on the machine is no reason to fail. */
const timeOf = (length: number) => {
  const row = { label: 'note', left: 'x'.repeat(length), right: 'y'.repeat(length) }
  const start = process.cpuUsage()
  expect(sideBySideText([row]).length).toBeGreaterThan(2 * length)
  return process.cpuUsage(start).user / 1000
}

test('sideBySideText takes time linear in the text: 400 kB in a moment', () => {
  timeOf(1000)
  // a quadratic renderer takes 64 times as long for eight times the text
  expect(timeOf(400_000)).toBeLessThan(24 * timeOf(50_000) + 200)
})

test('words marks nothing in two texts of which most differs, and takes no time over them', () => {
  const [row] = sideBySide(t.unknown)(text(7), text(11))
  expect(unifiedText([row ?? { label: '', left: '', right: '' }])).not.toContain('{+')
})

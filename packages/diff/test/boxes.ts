import { annotate, record } from '@finetune-kit/codec'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { json, listOf } from './generators.ts'

const File = annotate(record('File', { id: t.string }, { size: t.number }), { identity: { key: 'id' } })
const Event = annotate(record('Event', { text: t.string }), { identity: 'value' })
const Plain = record('Plain', { x: t.number })
const Stage = annotate(t.string, { order: [['early'], ['late'], ['end', 'other end']] })

/**
 * A record with every kind of list, a dictionary, a value of any kind and one that moves in time.
 */
export const Box = record(
  'Box',
  { files: t.array(File), events: t.array(Event), plain: t.array(Plain) },
  { any: t.unknown, dictionary: t.record(t.string, t.array(File)), stage: Stage },
)
export interface Box extends t.TypeOf<typeof Box> {}

const text = fc.constantFrom('', 'a', 'b', 'c', '__proto__', 'constructor', '~/', '\r\n', '\ud800')
const file = fc.record(
  { id: text, size: fc.integer({ min: 0, max: 2 }), extra: json },
  { requiredKeys: ['id', 'size'] },
)

/**
 * Boxes with ids and values that occur more than once, and with keys that the codec does not name.
 */
export const box = fc.record(
  {
    files: listOf(file),
    events: listOf(fc.record({ text, other: json }, { requiredKeys: ['text'] })),
    plain: listOf(fc.record({ x: fc.constantFrom(0, -0, 1, 2 ** 53 - 1) })),
    any: json,
    dictionary: fc.dictionary(text, listOf(file)),
    stage: fc.constantFrom('early', 'late', 'end', 'unheard of'),
    unknown: json,
  },
  { requiredKeys: ['files', 'events', 'plain'] },
) as fc.Arbitrary<Box>

/** WHATWG HTML, 9.2.6 "Interpreting an event stream" and the examples there, with JSON as data. */
import { decodeAll, EventStream } from '@finetune-kit/serialization'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { decodeParts } from '../decodeParts.ts'

const of = EventStream.of(t.unknown)
const values = (results: ReturnType<ReturnType<typeof decodeAll<unknown>>>) =>
  results.map(result => (result._tag === 'Record' ? result.value : 'reject'))

test.each([
  ['one leading byte order mark is ignored', '\ufeffdata: 1\n\n', [1]],
  ['lines end with CR LF, LF or CR', 'data: 1\r\n\r\ndata: 2\n\ndata: 3\r\rdata: 4\r\n\n', [1, 2, 3, 4]],
  [
    'the example of three events',
    ': test stream\n\ndata: "first event"\nid: 1\n\ndata:"second event"\nid\n\ndata:  "third event"\n\n',
    ['first event', 'second event', 'third event'],
  ],
  ['the example of two identical events', 'data:"test"\n\ndata: "test"\n\n', ['test', 'test']],
  ['the example of a ticker: lines of data are joined', 'data: ["YHOO",\ndata: +2\n\n', ['reject']],
  [
    'the data of several lines, with a line feed between them',
    'data: ["YHOO",\ndata: 10]\n\n',
    [['YHOO', 10]],
  ],
  ['a space after the colon is no part of the value, a second one is', 'data:  " a"\n\n', [' a']],
  ['a line that begins with a colon is ignored', ':\n:data: 1\ndata: 2\n: \n\n', [2]],
  ['a line without a colon is a field with an empty value', 'data\n\ndata: 1\ndata\n\n', [1]],
  ['an event without data is none', 'event: ping\n\nid: 1\nretry: 10\n\n', []],
  ['other fields are ignored', 'object: 1\ndata: 1\n\ndata2: 2\n\n', [1]],
  [
    'names of fields are compared literally, with no case folding',
    'x: 1\nData: 1\nDATA: 2\ndata: 3\n\n',
    [3],
  ],
  ['an id with U+0000 is ignored', 'id: a\0b\ndata: 1\n\n', [1]],
  ['a retry of other than digits is ignored', 'retry: 1s\ndata: 1\n\n', [1]],
] as const)('EventStream agrees with the standard: %s', (_, text, expected) => {
  const bytes = new TextEncoder().encode(text)
  expect(values(decodeAll(of)(bytes))).toEqual(expected)
  for (let at = 0; at <= bytes.length; at++)
    expect(values(decodeParts(of)([bytes.slice(0, at), bytes.slice(at)]))).toEqual(expected)
})

/** Differences, each with its reason. */
test.each([
  ['an event at the end needs no blank line: files are saved without their last line', 'data: 1', [1]],
  [
    'a line of data after a whole value is an event of its own: some services leave out blank lines',
    'data: 1\ndata: 2\n\n',
    [1, 2],
  ],
  ['[DONE] is no data: it ends the streams of OpenAI', 'data: 1\n\ndata: [DONE]\n\n', [1]],
] as const)('EventStream differs from the standard: %s', (_, text, expected) => {
  expect(values(decodeAll(of)(new TextEncoder().encode(text)))).toEqual(expected)
})

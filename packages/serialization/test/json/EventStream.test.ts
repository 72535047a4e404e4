import { draw, Integer, record } from '@finetune-kit/codec'
import {
  decodeAll,
  encodeAll,
  EventStream,
  type ReadResult,
  type ReaderOptions,
} from '@finetune-kit/serialization'
import * as t from 'io-ts'
import { expect, test, vi } from 'vitest'
import { decodeParts } from '../decodeParts.ts'

const Point = record('Point', { x: Integer })
const bytes = (text: string) => new TextEncoder().encode(text)
const show = (item: ReadResult<unknown>) =>
  item._tag === 'Record'
    ? `${item.line}@${item.offset} ${JSON.stringify(item.value)}`
    : draw(item.error, 'in')
const read = (text: string, options?: ReaderOptions) =>
  decodeAll(EventStream.of(Point), options)(bytes(text)).map(show)

test('EventStream reads data over one or several lines, and passes over comments and [DONE]', () => {
  expect(
    read(
      '\ufeffdata: {"x":1}\n\n: ping\n\nevent: message\r\nid: 7\r\ndata:{"x":\r\ndata: 2}\r\n\r\nid: 8\n\ndata: [DONE]\n\ndata: {"x":3}',
    ),
  ).toEqual(['1@0 {"x":1}', '5@26 {"x":2}', '14@94 {"x":3}'])
})

test('EventStream says where in its lines an event is wrong, and reads on', () => {
  expect(read('data: {"x":1.5}\n\ndata: {"x":"é",\ndata:  "y":tru}\n\ndata\n\ndata: {"x":1}\n\n')).toEqual([
    'in:1:12 /x: expected integer, found 1.5',
    'in:4:12 not event stream: expected a value, found "t"',
    '8@57 {"x":1}',
  ])
})

test('EventStream says where the first of two things stands that are wrong together', () => {
  expect(read('data: {"x":1}\n\ndata: {\ndata:  "é":"\n\n')).toEqual([
    '1@0 {"x":1}',
    'in:4:13 not event stream: the text ends inside a string (the first at line 4, column 12, byte 35)',
  ])
  expect(read('data: {"x":1,\ndata: "é":2,\ndata: "x":3}\n\n', { strict: true })).toEqual([
    'in:3:7 not event stream: the key "x" is there twice (the first at line 1, column 8, byte 7)',
  ])
})

test('EventStream passes over fields that it does not know, and refuses what is another format', () => {
  expect(read('ping\n\nx-time: 1\n\nevent: a\nid: 1\n\n: {\n\ndata: {"x":1}\n{"x":2}\n\n')).toEqual([
    '10@38 {"x":1}',
  ])
  expect(read('\ufeff{"x":1}\n{"x":2}\n\n[\n\ndata: {"x":3}\n')).toEqual([
    'in:1:1 not event stream: expected "data:", found "{"',
    'in:4:1 not event stream: expected "data:", found "["',
    '6@23 {"x":3}',
  ])
  expect(read('id,x\r\n1,2\r\n')).toEqual(['in:1:1 not event stream: expected "data:", found "i"'])
})

test('EventStream refuses in strict mode an event with a field that is not kept', () => {
  expect(read('retry: 10\n\nid: 7\ndata: {"x":1}\n\ndata: {"x":2}\n\n', { strict: true })).toEqual([
    'in:1:1 not event stream: the field "retry" of an event cannot be kept',
    'in:3:1 not event stream: the field "id" of an event cannot be kept',
    '6@32 {"x":2}',
  ])
})

test('EventStream gives the same items wherever its input is cut', () => {
  const input = bytes(
    `: hi\r\ndata: {"x":1}\r\rdata: "${'y'.repeat(40)}"\n\ndata: {"x":\ndata: "é"}\n\nid\ndata: [DONE]\n\n`,
  )
  const options = { maxRecordBytes: 40 }
  const whole = decodeAll(EventStream.of(Point), options)(input)
  expect(whole.map(show)).toEqual([
    '2@6 {"x":1}',
    'in:4:1 not event stream: a record longer than 40 bytes',
    'in:7:7 /x: expected integer, found "é"',
  ])
  for (let a = 0; a <= input.length; a++)
    expect(decodeParts(EventStream.of(Point), options)([input.slice(0, a), input.slice(a)])).toEqual(whole)
})

test('EventStream skips an event of empty data, and takes an empty line of data for a part of its event', () => {
  expect(read('data\n\ndata:\n\ndata: \ndata\n\ndata: {"x":1}\n\n')).toEqual(['8@26 {"x":1}'])
  expect(read('data: {"x":1}\ndata:\n\ndata:\ndata: {"x":2}\ndata:\ndata: {"x":3}\ndata: [DONE]\n')).toEqual([
    '1@0 {"x":1}',
    '4@21 {"x":2}',
    '7@47 {"x":3}',
  ])
  expect(read('data:  \n\n')).toEqual([
    'in:1:8 not event stream: expected a value, found the end of the text',
  ])
})

test('EventStream parses the data of an event once, however many lines follow it', () => {
  const parse = vi.spyOn(JSON, 'parse')
  const text = `data: {"x":1,"y":"${'y'.repeat(1000)}"}\n${'id:1\nevent: a\n'.repeat(1000)}data:\ndata: {"x":2}\n\n`
  const items = read(text)
  expect(parse.mock.calls.length).toBeLessThan(10)
  parse.mockRestore()
  expect(items.length).toBe(2)
})

test('EventStream writes what the service writes', () => {
  const written = encodeAll(EventStream.of(Point))([{ x: 1 }, { x: -0 }])
  expect('right' in written && new TextDecoder().decode(written.right)).toBe(
    'data: {"x":1}\n\ndata: {"x":-0}\n\ndata: [DONE]\n\n',
  )
})

test('EventStream takes a line of data after a whole one for an event of its own', () => {
  const text = 'data: 1\ndata: 2\n: comment\ndata: {"a":\ndata: 3}\n\ndata: 4\ndata: [DONE]\n'
  const items = decodeAll(EventStream.of(t.unknown))(new TextEncoder().encode(text))
  expect(items.map(item => item._tag === 'Record' && [item.line, item.value])).toEqual([
    [1, 1],
    [2, 2],
    [4, { a: 3 }],
    [7, 4],
  ])
})

test('EventStream counts the lines of an event, which take memory even if nothing is in them', () => {
  expect(read(`${'data\n'.repeat(1100)}\ndata: {"x":1}\n\n`, { maxRecordBytes: 9000 })).toEqual([
    'in:1001:1 not event stream: an event of more than 1000 lines',
    '1102@5501 {"x":1}',
  ])
})

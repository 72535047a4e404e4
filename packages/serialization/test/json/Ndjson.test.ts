import { draw, Finite, Integer, record } from '@finetune-kit/codec'
import {
  decodeAll,
  encodeAll,
  type ReadResult,
  Ndjson,
  type ReaderOptions,
} from '@finetune-kit/serialization'
import { expect, test } from 'vitest'
import { decodeParts } from '../decodeParts.ts'

const Point = record('Point', { x: Integer }, { y: Finite })
const bytes = (text: string) => new TextEncoder().encode(text)
const read = (input: string | Uint8Array, options?: ReaderOptions) =>
  decodeAll(Ndjson.of(Point), options)(typeof input === 'string' ? bytes(input) : input)

const show = (item: ReadResult<unknown>) =>
  item._tag === 'Record'
    ? `${item.line}@${item.offset} ${JSON.stringify(item.value)}`
    : draw(item.error, 'in')

test('Ndjson reads lines ended by LF, CR LF, CR or nothing, and skips blank ones', () => {
  expect(read('{"x":1}\r\n\r\n{"x":2}\r \t\n\ufeff{"x":3}\n\n\n{"x":4}').map(show)).toEqual([
    '1@0 {"x":1}',
    '3@11 {"x":2}',
    '5@22 {"x":3}',
    '8@35 {"x":4}',
  ])
})

const refuse = (value: unknown) => encodeAll(Ndjson.of(record('Any', {})))([{}, value as {}])

test('Ndjson goes on after every kind of bad line and says where it is bad', () => {
  const input = [
    '{"x":1}',
    '{"x":1} {"x":2}',
    '{"x":"é","y":true}',
    '{"x":1,}',
    '[',
    '{"y":1}',
    '{"x":1,"z":1e400}',
    '{"x":9}',
  ].join('\n')
  expect(read(input).map(show)).toEqual([
    '1@0 {"x":1}',
    'in:2:9 not NDJSON: expected the end of the text, found "{"',
    'in:3:6 /x: expected integer, found "é"\nin:3:14 /y: expected finite number, found true',
    'in:4:8 not NDJSON: expected a key in double quotes, found "}". Remove the comma before it',
    'in:5:2 not NDJSON: expected a value, found the end of the text',
    'in:6:1 /x: missing, expected integer',
    'in:7:12 not NDJSON: the number 1e400 is beyond the range of a double',
    '8@81 {"x":9}',
  ])
})

test('Ndjson gives the byte at which a line is not UTF-8', () => {
  const input = new Uint8Array([...bytes('{"x":1}\n{"é":"'), 0xc3, 0x28, ...bytes('"}\n{"x":2}\n')])
  const [first, second, third] = read(input)
  expect(first).toMatchObject({ _tag: 'Record', line: 1 })
  expect(second).toEqual({
    _tag: 'Reject',
    line: 2,
    offset: 8,
    raw: input.slice(8, 19),
    error: { _tag: 'Malformed', format: 'NDJSON', reason: 'not UTF-8', offset: 15, line: 2, column: 7 },
  })
  expect(third).toMatchObject({ _tag: 'Record', line: 3, offset: 20, value: { x: 2 } })
})

test('Ndjson keeps only the beginning of a line that is too long, and reads on', () => {
  const items = read(`{"x":1}\n${'x'.repeat(5000)}\n{"x":2}`, { maxRecordBytes: 4000 })
  expect(items.map(show)).toEqual([
    '1@0 {"x":1}',
    'in:2:1 not NDJSON: a record longer than 4000 bytes',
    '3@5009 {"x":2}',
  ])
  expect(items[1]).toMatchObject({ raw: bytes('x'.repeat(1024)) })
})

test('Ndjson gives the same items wherever its input is cut', () => {
  const input = new Uint8Array([
    ...bytes(`\ufeff{"x":1}\r\n{"x":2,"s":"\\uD83D😀 é\u2028"}\r\r\n\n{"x":"${'a'.repeat(30)}"}\n  \n{"x":`),
    0xff,
    ...bytes('}\r{"x":3}\r\n'),
  ])
  const options = { maxRecordBytes: 35 }
  const whole = read(input, options)
  expect(whole.map(item => item._tag)).toEqual(['Record', 'Record', 'Reject', 'Reject', 'Record'])
  for (let a = 0; a <= input.length; a++)
    for (let b = a; b <= input.length; b++) {
      expect(
        decodeParts(Ndjson.of(Point), options)([input.slice(0, a), input.slice(a, b), input.slice(b)]),
      ).toEqual(whole)
    }
})

test('Ndjson writes -0, lone surrogates and keys of prototypes, and reads them back', () => {
  const records = [
    JSON.parse('{"x":-0,"y":8e-05,"__proto__":{"a":[-0,"-0","\\"-0\\""]},"constructor":null,"s":"\\ud800"}'),
    { x: Number.MAX_SAFE_INTEGER, y: 5e-324 },
  ]
  const written = encodeAll(Ndjson.of(Point))(records)
  if (written._tag === 'Left') throw new Error('refused')
  expect(
    decodeAll(Ndjson.of(Point))(written.right).map(item => (item as { value: unknown }).value),
  ).toStrictEqual(records)
})

test('Ndjson refuses what JSON cannot hold, with its path', () => {
  const cyclic: { self?: unknown } = {}
  cyclic.self = cyclic
  expect(refuse({ a: [1, Number.NaN] })).toMatchObject({
    left: { _tag: 'Unencodable', path: [1, 'a', 1], reason: 'NaN is not a number of JSON' },
  })
  expect(refuse({ a: [undefined] })).toMatchObject({
    left: { path: [1, 'a', 0], reason: 'undefined is not a value of JSON' },
  })
  expect(refuse({ a: 1n })).toMatchObject({
    left: { path: [1, 'a'], reason: 'a bigint is not a value of JSON' },
  })
  expect(refuse({ a: new Date(0) })).toMatchObject({
    left: { path: [1, 'a'], reason: 'an instance of Date is not a value of JSON' },
  })
  expect(refuse(cyclic)).toMatchObject({
    left: { reason: 'nested more than 1000 levels deep, or inside itself' },
  })
})

test('Ndjson refuses duplicate keys and inexact numbers when it is strict, and deep nesting always', () => {
  const strict = (text: string) => read(text, { strict: true }).map(show)
  expect(strict('{"x":1}\n{"x":1,"y":2, "y":3}')).toEqual([
    '1@0 {"x":1}',
    'in:2:15 not NDJSON: the key "y" is there twice (the first at line 2, column 8, byte 15)',
  ])
  expect(strict('{"x":1,"z":9007199254740993}')).toEqual([
    'in:1:12 not NDJSON: the number 9007199254740993 is not held exactly by a double',
  ])
  expect(strict('{"x":1,"z":[9007199254740992,0.1,-0]}')).toEqual([
    '1@0 {"x":1,"z":[9007199254740992,0.1,0]}',
  ])
  expect(read(`{"x":1,"z":${'['.repeat(100_000)}${']'.repeat(100_000)}}`).map(show)).toEqual([
    'in:1:1011 not NDJSON: nested more than 1000 levels deep',
  ])
})

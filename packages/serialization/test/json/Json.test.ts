import { draw, Integer, record } from '@finetune-kit/codec'
import { decodeAll, encodeAll, type ReadResult, Json, type ReaderOptions } from '@finetune-kit/serialization'
import * as t from 'io-ts'
import { expect, test, vi } from 'vitest'
import * as E from '#fp-ts/Either'
import { decodeParts } from '../decodeParts.ts'

const Point = record('Point', { x: Integer })

const bytes = (text: string) => new TextEncoder().encode(text)

const show = (item: ReadResult<unknown>) =>
  item._tag === 'Record'
    ? `${item.line}@${item.offset} ${JSON.stringify(item.value)}`
    : `${item.isFinal ? 'rest: ' : ''}${draw(item.error, 'in')}`

const read = (text: string, options?: ReaderOptions) =>
  decodeAll(Json.of(Point), options)(bytes(text)).map(show)

test('Json reads a list, an envelope, or one value as records', () => {
  const all = ['1@2 {"x":1}', '2@11 {"x":2}']
  expect(read('[ {"x":1},\n{"x":2} ]\n')).toEqual(all)
  expect(read('{"object":"list","data":[{"x":1},{"x":2}],"more":{"data":[3]}}')).toEqual([
    '1@25 {"x":1}',
    '1@33 {"x":2}',
  ])
  expect(read('\ufeff{"x":7,"inner":{"data":[]},"data":{}}')).toEqual([
    '1@3 {"x":7,"inner":{"data":[]},"data":{}}',
  ])
  expect(read('[]')).toEqual([])
  expect(read('{"data":[]}')).toEqual([])
})

test('Json reads on after a bad item of a list', () => {
  expect(read('[{"x":1},\n {"x":1.5},{"x":tru},,{"y":"]"},{"x":[1}},\n{"x":"é"}, {"x":3}]')).toEqual([
    '1@1 {"x":1}',
    'in:2:7 /x: expected integer, found 1.5',
    'in:2:17 not JSON: expected a value, found "t"',
    'in:2:22 not JSON: expected a value, found ","',
    'in:2:23 /x: missing, expected integer',
    'in:2:40 not JSON: expected "," or "]", found "}"',
    'in:3:6 /x: expected integer, found "é"',
    '3@65 {"x":3}',
  ])
})

test('Json says when the rest of a text cannot be read', () => {
  expect(read('')).toEqual(['rest: in:1:1 not JSON: expected a value, found the end of the text'])
  expect(read('[{"x":1}')).toEqual([
    '1@1 {"x":1}',
    'rest: in:1:9 not JSON: expected "," or "]", found the end of the text',
  ])
  for (const [cut, reason] of [
    ['{', 'expected a key in double quotes'],
    ['{"x":', 'expected a value'],
    ['{"x":[1]', 'expected "," or "}"'],
  ] as const)
    expect(read(`[{"x":1},${cut}`)).toEqual([
      '1@1 {"x":1}',
      `rest: in:1:${10 + cut.length} not JSON: ${reason}, found the end of the text`,
    ])
  expect(read('[{"x":1},{"x')).toHaveLength(2)
  expect(read('[{"x":1},]')).toEqual([
    '1@1 {"x":1}',
    'in:1:10 not JSON: expected a value, found "]". Remove the comma before it',
  ])
  expect(read('[{"x":1}}\n,{"x":2}]')).toEqual([
    '1@1 {"x":1}',
    'rest: in:1:9 not JSON: expected "," or "]", found "}"',
  ])
  expect(read('[{"x":1}] {"x":2}')).toEqual([
    '1@1 {"x":1}',
    'rest: in:1:11 not JSON: expected the end of the text, found "{"',
  ])
  expect(read('{"object" "list", "data":[{"x":1}]}')).toEqual([
    '1@26 {"x":1}',
    'rest: in:1:11 not JSON: expected ":", found "\\""',
  ])
  expect(read('{"data":[{"x":1}]\n ,"a":01}')).toEqual([
    '1@9 {"x":1}',
    'rest: in:2:8 not JSON: expected "," or "}", found "1"',
  ])
  expect(read('{"data":[{"x":1}]')).toEqual([
    '1@9 {"x":1}',
    'rest: in:1:18 not JSON: expected "," or "}", found the end of the text',
  ])
})

test('Json reads lists and objects in a row, each on a new line', () => {
  expect(
    read('{\n  "x": 1\n}\n{\n  "x": 2\n}\n\n[{"x":3},\n{"x":4}]\r{"data":[{"x":5}]}\r\n{"x":6}\n'),
  ).toEqual(['1@0 {"x":1}', '4@13 {"x":2}', '8@28 {"x":3}', '9@37 {"x":4}', '10@55 {"x":5}', '11@66 {"x":6}'])
  expect(read('{"x":tru}\n{"x":1.5}\n{"x":1}\n{"x":2')).toEqual([
    'in:1:6 not JSON: expected a value, found "t"',
    'in:2:6 /x: expected integer, found 1.5',
    '3@20 {"x":1}',
    'in:4:7 not JSON: expected "," or "}", found the end of the text',
  ])
  expect(read('\x1e{"x":1}\n\x1e{\n  "x": 2\n}\n')).toEqual(['1@1 {"x":1}', '2@10 {"x":2}'])
  for (const text of ['[][]', '{}\n1', '{}\n"a"', '{} {}', '{}\n\ufeff{}', '[\x1e1]', '{}\x1e{}'])
    expect(decodeAll(Json.of(t.unknown))(bytes(text)).at(-1)?._tag).toBe('Reject')
})

test.each([
  ['two bytes of a mark', [0xef, 0xbb, 0x7b, 0x7d]],
  ['one byte of a mark', [0xef, 0x7b, 0x7d]],
  ['a mark after a space', [0x20, 0xef, 0xbb, 0xbf, 0x7b, 0x7d]],
  ['two marks', [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, 0x7b, 0x7d]],
  ['a broken mark before a list', [0xef, 0xbb, 0x5b, 0x31, 0x5d]],
  ['a broken mark and a space', [0xef, 0xbb, 0x20, 0xbf, 0x7b, 0x7d]],
  ['a part of a mark alone', [0xef, 0xbb]],
  ['a mark before an item', [0x5b, 0xef, 0xbb, 0xbf, 0x31, 0x5d]],
  ['a mark after the list', [...bytes('{"data":[1]'), 0xef, 0xbb, 0xbf, 0x7d]],
])('Json refuses %s, wherever it is cut', (_, input) => {
  const format = Json.of(t.unknown)
  const whole = decodeAll(format)(new Uint8Array(input))
  expect(whole.some(item => item._tag === 'Reject')).toBe(true)
  expect(decodeParts(format)(input.map(byte => new Uint8Array([byte])))).toEqual(whole)
  expect(format.decode(new Uint8Array(input))._tag).toBe('Left')
})

test('Json keeps only the beginning of an item that is too long', () => {
  expect(read(`[{"x":1},"${'x'.repeat(5000)}",{"x":2}]`, { maxRecordBytes: 4000 })).toEqual([
    '1@1 {"x":1}',
    'in:1:10 not JSON: a record longer than 4000 bytes',
    '1@5012 {"x":2}',
  ])
})

test('Json gives the same items wherever its input is cut', () => {
  const inputs = [
    '\ufeff[ {"x":1},\r\n{"x":"\\"]😀"}, 5 ,,\n{"x":2}\r]\n ]x',
    '{"object":"list","data" : [{"x":1} , {"x":[[1]]}],\n"data":[2],"é":"}"}\n',
    '{"x":1,"data":{"data":[1]}}',
    ' "data" ',
  ]
  for (const input of inputs.map(bytes)) {
    const whole = decodeAll(Json.of(Point))(input)
    for (let a = 0; a <= input.length; a++)
      expect(decodeParts(Json.of(Point))([input.slice(0, a), input.slice(a)])).toEqual(whole)
    expect(decodeParts(Json.of(Point))([...input].map(byte => new Uint8Array([byte])))).toEqual(whole)
  }
})

test('Json writes lists, compact and pretty, that it reads back', () => {
  const records = [{ x: -0 }, { x: 2, y: [] }]
  const compact = encodeAll(Json.of(Point))(records)
  const pretty = encodeAll(Json.of(Point), { pretty: true })(records)
  expect(E.map(text)(compact)).toEqual(E.right('[\n{"x":-0},\n{"x":2,"y":[]}\n]\n'))
  expect(E.map(text)(pretty)).toEqual(E.right('[\n{\n  "x": -0\n},\n{\n  "x": 2,\n  "y": []\n}\n]\n'))
  expect(E.map(text)(encodeAll(Json.of(Point))([]))).toEqual(E.right('[]\n'))
})

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

test('Json decodes one value, from text and from bytes', () => {
  expect(Json.of(Point).decode(bytes('\ufeff{"x":1}'))).toEqual(E.right({ x: 1 }))
  expect(E.mapLeft(draw)(Json.of(Point).decode('\ufeff{"x":1},'))).toEqual(
    E.left('1:8 not JSON: expected the end of the text, found ","'),
  )
  expect(Json.of(Point).decode(new Uint8Array([0xff, 0xfe, 0x31, 0]))).toEqual(
    E.left({ _tag: 'Malformed', format: 'JSON', reason: 'not UTF-8', offset: 0, line: 1, column: 1 }),
  )
})

test('Json keeps a key with an escape apart from a key with a backslash, which V8 does not', () => {
  const decodeAny = Json.of(record('Any', {})).decode
  for (const key of ['\\', '\n', '"', '\u0000', 'x\\', 'x\n', '\\\\', '\\n'])
    expect(decodeAny(JSON.stringify({ a: 1, [key]: 2 }))).toEqual(E.right({ a: 1, [key]: 2 }))
})

test('Json computes no places of a valid record, however many lists are in it', () => {
  const text = `{"x":1,"extra":[${'[1],'.repeat(100_000)}1]}`
  const parse = vi.spyOn(JSON, 'parse')
  expect(Json.of(Point).decode(text)._tag).toBe('Right')
  expect(parse.mock.calls.length).toBe(1) // the explaining path parses each number by itself
  parse.mockRestore()
})

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

test('Json reads in strict mode what it wrote, also of numbers beyond 2^53', () => {
  const format = Json.of(t.number)
  for (const x of [123456789012345680000, 2 ** 64, -(2 ** 70), 1e21, 5e-324, 2 ** 53 + 2]) {
    const text = E.getOrElse(() => '')(format.encode(x))
    expect(format.decode(text, { strict: true })).toEqual(E.right(x))
  }
  expect(format.decode('123456789012345680001', { strict: true })._tag).toBe('Left')
})

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
    'in:2:23 /x: expected integer, found nothing',
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
  expect(read('[{"x":1},]')).toEqual(['1@1 {"x":1}', 'in:1:10 not JSON: expected a value, found "]"'])
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
  for (const text of ['[][]', '{}\n1', '{}\n"a"', '{} {}', '{}\n\ufeff{}'])
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

const beyond = (at: string) => E.left(`${at} not JSON: the number 1e400 is beyond the range of a double`)

test('Json refuses depth and numbers out of range in fields that its codec names, and in others', () => {
  const Matrix = record('Matrix', { rows: t.array(t.array(t.number)) })
  const read = (text: string, maxDepth = 3) => E.mapLeft(draw)(Json.of(Matrix).decode(text, { maxDepth }))
  expect(read('{"rows":[[1]]}')).toEqual(E.right({ rows: [[1]] }))
  expect(read('{"rows":[[1]]}', 2)).toEqual(E.left('1:10 not JSON: nested more than 2 levels deep'))
  expect(read('{"rows":[[[]]]}')).toEqual(E.left('1:11 not JSON: nested more than 3 levels deep'))
  expect(read('{"rows":[[1e400]]}')).toEqual(beyond('1:11'))
  expect(read('{"rows":[],"others":[{"n":1e400}]}')).toEqual(beyond('1:27'))
})

test('Json takes the last of equal keys, and so no number out of range that is not kept; strict takes neither', () => {
  const codecs = [t.unknown, record('Any', {}), record('N', { n: t.number })] as ReadonlyArray<
    t.Type<unknown>
  >
  for (const codec of codecs) {
    const read = (text: string, strict: boolean) => E.mapLeft(draw)(Json.of(codec).decode(text, { strict }))
    expect(read('{"n":1e400,"n":1}', false)).toEqual(E.right({ n: 1 }))
    expect(read('{"n":1,"n":1e400}', false)).toEqual(beyond('1:12'))
    expect(read('{"n":1e400,"n":1}', true)).toEqual(beyond('1:6'))
    expect(read('{"n":2,"n":1}', true)).toEqual(
      E.left('1:8 not JSON: the key "n" is there twice (the first at line 1, column 2, byte 1)'),
    )
  }
})

test('Json refuses a number beyond the range of a double however its digits and its exponent share it', () => {
  const codecs = [t.unknown, record('Any', {})] as ReadonlyArray<t.Type<unknown>>
  for (let digits = 1; digits < 320; digits++) {
    const literal = `1${'0'.repeat(digits - 1)}e${310 - digits}`
    for (const codec of codecs)
      for (const before of ['', ' '.repeat(digits % 97)])
        expect([literal, Json.of(codec).decode(`{${before}"n":${literal}}`)._tag]).toEqual([literal, 'Left'])
  }
})

const decodeStrictly = (text: string) => Json.of(t.number).decode(text, { strict: true })._tag

test('Json refuses in strict mode a literal that is not the value of its double', () => {
  for (const text of [
    '9007199254740993.0',
    '9007199254740993e0',
    '900719925474099.3e1',
    '1.000000000000000005',
    '0.30000000000000000001',
    '1e-999',
    '10000000000000001',
    `0.1${'0'.repeat(800)}1`,
  ])
    expect([text, decodeStrictly(text)]).toEqual([text, 'Left'])
  for (const text of [
    '0.1',
    '0.10000000000000001', // as "%.17g" writes 0.1
    '0.1000000000000000055511151231257827021181583404541015625', // its exact value
    '100e-2',
    '-0.0',
    '0e999',
    '9007199254740992.000',
    '18446744073709551616',
    '5e-324',
    '5.6843418860808015e-14', // 2^-44
    '1.7976931348623157e308',
  ])
    expect([text, decodeStrictly(text)]).toEqual([text, 'Right'])
})

const readAtMost = (text: string, maxValues: number) =>
  E.mapLeft(draw)(Json.of(t.unknown).decode(text, { maxValues }))

test('Json refuses a record of more values than its limit, at the first one that is too many', () => {
  const text = '[1,{"a":"x,y","b":[ ]},[null,"\\\\","\\\\\\""]]'
  const value = JSON.parse(text) as unknown
  expect(readAtMost(text, 9)).toEqual(E.right(value))
  expect(readAtMost(text, 8)).toEqual(E.left('1:35 not JSON: more than 8 values in a record'))
  expect(readAtMost(text, 5)).toEqual(E.left('1:24 not JSON: more than 5 values in a record'))
  expect(readAtMost('1', 1)).toEqual(E.right(1))
})

test('Json refuses a million values before it parses them', () => {
  const parse = vi.spyOn(JSON, 'parse')
  const text = `{"extra":[${'1,'.repeat(1_500_000)}1]}`
  expect(E.mapLeft(draw)(Json.of(t.unknown).decode(text))).toEqual(
    E.left('1:2000007 not JSON: more than 1000000 values in a record'),
  )
  expect(parse.mock.calls.filter(([parsed]) => parsed.length > 100)).toEqual([])
  parse.mockRestore()
})

test('Json computes no places of a valid record, however many lists are in it', () => {
  const text = `{"x":1,"extra":[${'[1],'.repeat(100_000)}1]}`
  const parse = vi.spyOn(JSON, 'parse')
  expect(Json.of(Point).decode(text)._tag).toBe('Right')
  expect(parse.mock.calls.length).toBe(1) // the explaining path parses each number by itself
  parse.mockRestore()
})

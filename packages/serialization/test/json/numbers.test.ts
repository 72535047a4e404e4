import { draw, record } from '@finetune-kit/codec'
import { Json } from '@finetune-kit/serialization'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'

test('Json reads in strict mode what it wrote, also of numbers beyond 2^53', () => {
  const format = Json.of(t.number)
  for (const x of [123456789012345680000, 2 ** 64, -(2 ** 70), 1e21, 5e-324, 2 ** 53 + 2]) {
    const text = E.getOrElse(() => '')(format.encode(x))
    expect(format.decode(text, { strict: true })).toEqual(E.right(x))
  }
  expect(format.decode('123456789012345680001', { strict: true })._tag).toBe('Left')
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

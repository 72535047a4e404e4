/**
 * Values that writers often lose, by name, over all formats: each is read back equal, or refused
 * with its path.
 */
import { isDeepStrictEqual } from 'node:util'
import { draw, Finite, Integer, nullable, record } from '@finetune-kit/codec'
import { CanonicalJson, decodeAll, encodeAll, type Format } from '@finetune-kit/serialization'
import { formats } from './loadedFormats.ts'
import { MessagePack } from '@finetune-kit/serialization/messagepack'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'

const At = record('At', {}, { n: nullable(Integer), s: t.string })
const Row = record(
  'Row',
  {},
  {
    i: Integer,
    f: Finite,
    s: nullable(t.string),
    u: t.unknown,
    at: At,
    texts: t.array(t.string),
    list: t.array(nullable(Finite)),
    rows: t.array(At),
  },
)
type Row = t.TypeOf<typeof Row>

/** The record after writing and reading it, or the reason and path of its refusal. */
const through = (format: Format, row: Row): unknown => {
  const written = encodeAll(format.of(Row))([row])
  if (E.isLeft(written)) return written.left
  const [item, ...more] = decodeAll(format.of(Row))(written.right)
  if (item === undefined || more.length > 0) return 'not one record'
  return item._tag === 'Record' ? item.value : draw(item.error)
}

const isKept = (format: Format, row: Row): void => {
  const back = through(format, row)
  if (!isDeepStrictEqual(back, row)) expect(back).toStrictEqual(row)
}

const names = formats.map(format => [format.name, format] as const)

const numbers: ReadonlyArray<readonly [string, number]> = [
  ['0', 0],
  ['-0', -0],
  ['2^53 - 1', 2 ** 53 - 1],
  ['-(2^53 - 1)', -(2 ** 53 - 1)],
  ['2^31', 2 ** 31],
  ['-2^31 - 1', -(2 ** 31) - 1],
  ['2^32', 2 ** 32],
  ['8e-05', 8e-5],
  ['0.1', 0.1],
  ['0.1 + 0.2', 0.1 + 0.2],
  ['5e-324', 5e-324],
  ['the least normal', 2.2250738585072014e-308],
  ['1.7976931348623157e308', 1.7976931348623157e308],
  ['-1.7976931348623157e308', -1.7976931348623157e308],
  ['a third', 1 / 3],
  ['1e21', 1e21],
  ['2^53 as a float', 2 ** 53],
]

describe.each(numbers)('the number %s', (_, n) => {
  test.each(names)('%s keeps it to the bit', (__, format) => {
    const value = format === CanonicalJson && n === 0 ? 0 : n // RFC 8785 §3.2.2.3
    const row = {
      f: n,
      u: n,
      list: [n, null],
      x: n,
      deep: { a: [n] },
      ...(Integer.is(n) && { i: n, at: { n } }),
    }
    const back = through(format, row)
    const wanted = {
      f: value,
      u: value,
      list: [value, null],
      x: value,
      deep: { a: [value] },
      ...(Integer.is(n) && { i: value, at: { n: value } }),
    }
    if (!isDeepStrictEqual(back, wanted)) expect(back).toStrictEqual(wanted)
  })
})

const texts: ReadonlyArray<readonly [string, string]> = [
  ['of nothing', ''],
  ['NUL', '\0'],
  ['of all controls', Array.from({ length: 32 }, (_, i) => String.fromCharCode(i)).join('')],
  ['DEL and C1 controls', '\u007f\u0080\u0085\u009f'],
  ['line separators U+2028 and U+2029', 'a\u2028b\u2029'],
  ['CR', '\r'],
  ['LF', '\n'],
  ['CR LF', 'a\r\nb'],
  ['LF at its end', 'a\n'],
  ['byte order mark', '\ufeffa'],
  ['noncharacters', '\uffff\ufdd0\u{10ffff}'],
  ['replacement character', '\ufffd'],
  ['emoji of several characters', '👩‍👩‍👧'],
  ['combining characters', 'e\u0301 \u00e9'],
  ['spaces', ' a '],
  ['quotes and backslashes', '"\\"\'`'],
  ['null', 'null'],
  ['true', 'true'],
  ['number', '1e3'],
  ['list', '[1]'],
  ['object', '{"a":1}'],
  ['formula', '=1+1'],
  ['apostrophe', "'"],
  ['[DONE]', '[DONE]'],
  ['document end', '---\n...'],
]

describe.each(texts)('the text %s', (_, s) => {
  test.each(names)('%s keeps it', (__, format) => {
    isKept(format, { s, u: s, texts: [s], at: { s }, x: s, deep: [{ [s]: s }] } as Row)
  })
})

describe.each([
  ['first half of a pair', '\ud800'],
  ['second half of a pair', 'a\udc00'],
  ['halves in the wrong order', '\udc00\ud800'],
])('the text %s', (_, s) => {
  const refusing = new Set<Format>([CanonicalJson, MessagePack])
  test.each(names)('%s keeps it, or refuses it with its path', (__, format) => {
    const rows = [
      [{ s }, ['s']],
      [{ at: { s } }, ['at', 's']],
      [{ texts: ['a', s] }, ['texts', 1]],
      [{ x: { y: [s] } }, ['x', 'y', 0]],
    ] as const
    for (const [row, path] of rows)
      if (refusing.has(format))
        expect(through(format, row as unknown as Row)).toMatchObject({
          _tag: 'Unencodable',
          path: [0, ...path],
        })
      else isKept(format, row as unknown as Row)
  })
})

describe.each([
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'].map(
    key => [key, key] as const,
  ),
  ['of nothing', ''],
  ['with dots', 'at.n'],
  ['with a dot at its end', 'at.'],
  ['with quotes', '"a" \'b\''],
  ['with a line end', 'a\r\nb'],
  ['with a comma', 'a,b'],
  ['with a slash and a tilde', 'a/b~c'],
  ['asterisk', '*'],
  ['of a number', '0'],
  ['_unknown', '_unknown'],
  ['value', 'value'],
  ['data', 'data'],
  ['formula', '=1'],
  ['NUL', '\0'],
  ['beyond ASCII', 'é😀'],
] as ReadonlyArray<readonly [string, string]>)('the key %s', (_, key) => {
  const own = (value: unknown) => Object.fromEntries([[key, value]])
  test.each(names)('%s keeps it at every level', (__, format) => {
    isKept(format, own(1))
    isKept(format, own(null))
    isKept(format, { ...own({ a: own([]) }), u: own(1), at: own('x'), rows: [own(1), own(own({}))] })
    expect(({} as { a?: unknown }).a).toBeUndefined()
  })
})

describe.each([
  ['an absent text', {}],
  ['a null text', { s: null }],
  ['an empty text', { s: '' }],
  ['an empty list', { list: [] }],
  ['a list of null', { list: [null] }],
  ['an empty object', { at: {} }],
  ['an object of null', { at: { n: null } }],
  ['a list of empty objects', { rows: [{}, {}] }],
  ['any null', { u: null }],
  ['any empty list', { u: [] }],
  ['any empty object', { u: {} }],
  ['false and zero', { u: false, f: 0, i: 0 }],
  ['an unknown null', { x: null }],
  ['an unknown empty list', { x: [] }],
  ['an unknown empty object', { x: {} }],
  ['null under null', { x: { y: null, z: [null, {}] } }],
] as ReadonlyArray<readonly [string, Row]>)('%s', (_, row) => {
  test.each(names)('%s keeps it apart from others', (__, format) => {
    isKept(format, row)
  })
})

test.each(formats)('$name names an instance of a class without a constructor', format => {
  const odd: unknown = Object.create(Object.create(Object.create(null) as object) as object)
  const written = encodeAll(format.of(t.unknown))([{ a: odd }])
  expect(written).toMatchObject({
    _tag: 'Left',
    left: { path: [0, 'a'], reason: expect.any(String) as string },
  })
})

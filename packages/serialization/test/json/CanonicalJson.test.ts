import { Arbitrary } from '@finetune-kit/codec/testing'
import { Integer, record } from '@finetune-kit/codec'
import { CanonicalJson, decodeAll, encodeAll } from '@finetune-kit/serialization'
import canonicalize from 'canonicalize'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'

const any = CanonicalJson.of(t.unknown)
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

test('CanonicalJson writes the example of RFC 8785, section 3.2', () => {
  const example = any.decode(String.raw`{
  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
  "literals": [null, true, false]
}`)
  expect(E.map((value: unknown) => any.encode(value))(example)).toEqual(
    E.right(
      E.right(
        String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
      ),
    ),
  )
})

test('CanonicalJson orders keys by their UTF-16 code units, as section 3.2.3 does', () => {
  const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6']
  const written = any.encode(Object.fromEntries(keys.map((key, i) => [key, i])))
  expect(written).toEqual(
    E.right('{"\\r":1,"1":3,"\u0080":5,"\u00f6":6,"\u20ac":0,"\ud83d\ude00":4,"\ufb33":2}'),
  )
})

test('CanonicalJson writes what canonicalize writes', () => {
  fc.assert(
    fc.property(Arbitrary.of(t.unknown), value => {
      expect(any.encode(value)).toEqual(E.right(canonicalize(value)))
    }),
    { numRuns: 300, interruptAfterTimeLimit: 5000 },
  )
})

test('CanonicalJson writes records as a list that is canonical itself', () => {
  const Point = CanonicalJson.of(record('Point', { x: Integer }))
  expect(E.map(text)(encodeAll(Point)([{ x: -0, b: 1 } as { x: number }, { x: 2 }]))).toEqual(
    E.right('[{"b":1,"x":0},{"x":2}]'),
  )
  expect(E.map(text)(encodeAll(Point)([]))).toEqual(E.right('[]'))
  expect(decodeAll(Point)(new TextEncoder().encode('[{"x":1},{}]')).map(item => item._tag)).toEqual([
    'Record',
    'Reject',
  ])
})

test('CanonicalJson leaves absent keys out, and refuses what has no canonical text, with its path', () => {
  expect(any.encode({ b: undefined, a: [{ c: undefined }] })).toEqual(E.right('{"a":[{}]}'))
  expect(any.encode({ a: [Number.NaN] })).toMatchObject({ left: { path: ['a', 0] } })
  expect(any.encode({ a: [undefined] })).toMatchObject({ left: { path: ['a', 0] } })
  expect(any.encode({ a: '\ud800' })).toEqual(
    E.left({ _tag: 'Unencodable', path: ['a'], reason: 'a lone surrogate has no place in a text' }),
  )
  const cyclic: Record<string, unknown> = {}
  cyclic['self'] = cyclic
  expect(E.isLeft(any.encode(cyclic))).toBe(true)
})

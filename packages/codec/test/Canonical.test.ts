import canonicalize from 'canonicalize'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Canonical } from '@finetune-kit/codec'

const right = (text: string) => ({ _tag: 'Right', right: text })
const left = (path: ReadonlyArray<string | number>, reason: string) => ({
  _tag: 'Left',
  left: { _tag: 'Unencodable', path, reason },
})

test('Canonical writes the sample of RFC 8785, section 3.2.2', () => {
  const sample = JSON.parse(String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`)
  const text = String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`
  expect(Canonical.stringify(sample)).toEqual(right(text))
})

const namesOf = (value: unknown) =>
  [...(Canonical.stringify(value) as { right: string }).right.matchAll(/:"([^"]*)"/g)].map(([, name]) => name)

test('Canonical sorts keys as RFC 8785, section 3.2.3, by UTF-16 code units', () => {
  const sample = JSON.parse(String.raw`{
    "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
    "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"
  }`)
  const { 1: one, ...without } = sample
  const order = [
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ]
  expect(namesOf(sample)).toEqual(['Carriage Return', one, ...order])
  expect(namesOf(without)).toEqual(['Carriage Return', ...order])
  expect(Canonical.stringify({ b: 1, 10: 2, 9: 3, '': 4 })).toEqual(right('{"":4,"10":2,"9":3,"b":1}'))
})

/** RFC 8785, appendix B: the bits of a double, and its text. */
test.each([
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['41b3de4355555556', '333333333.3333334'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
])('Canonical writes the double %s as %s', (bits, text) => {
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, BigInt(`0x${bits}`))
  expect(Canonical.stringify(view.getFloat64(0))).toEqual(right(text))
})

const key = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', 'toJSON', '1', '10', '9', '\ufb33', '😀'),
)
const json = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('value')),
  object: fc.dictionary(key, tie('value'), { noNullPrototype: true }),
})).value

test('Canonical writes what canonicalize writes, and reads back', () => {
  fc.assert(
    fc.property(json, value => {
      const text = canonicalize(value)
      fc.pre(value === null || !JSON.stringify(value).includes('__proto__'))
      expect(Canonical.stringify(value)).toEqual(right(text as string))
    }),
    { numRuns: 500 },
  )
})

test('Canonical text reads back, whatever the order of keys, and is its own canonical text', () => {
  fc.assert(
    fc.property(json, value => {
      const { right: text } = Canonical.stringify(value) as { right: string }
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      expect(Canonical.stringify(JSON.parse(text))).toEqual(right(text))
    }),
  )
})

test('Canonical writes own keys named __proto__ and constructor', () => {
  const hostile = JSON.parse('{"b":1,"__proto__":{"z":1,"a":2},"constructor":3,"toJSON":4}')
  expect(Canonical.stringify([hostile])).toEqual(
    right('[{"__proto__":{"a":2,"z":1},"b":1,"constructor":3,"toJSON":4}]'),
  )
})

const awkward = (z: unknown) => ({ z, 'a"b': 1, 'é\u2028': [{ y: 2, x: '' }], toString: null })
const awkwardText = (z: string) => right(`{"a\\"b":1,"toString":null,"z":${z},"é\u2028":[{"x":"","y":2}]}`)

test('Canonical answers alike for an order of keys that is new, and for one that it knows well', () => {
  for (let i = 0; i < 10; i++) {
    expect(Canonical.stringify(awkward(-0))).toEqual(awkwardText('0'))
    expect(Canonical.stringify(awkward({ b: 1, a: [] }))).toEqual(awkwardText('{"a":[],"b":1}'))
    expect(Canonical.stringify(awkward('\udc00'))).toEqual(left(['z'], lone))
    expect(Canonical.stringify(awkward(undefined))).toEqual(left(['z'], 'undefined is no JSON value'))
  }
})

test('Canonical leaves out what an object inherits, also after one that has the same keys itself', () => {
  const inherits: object = Object.assign(Object.create({ __proto__: null, b: 2 }), { a: 1 })
  for (let i = 0; i < 10; i++)
    expect(Canonical.stringify([{ a: 1, b: 2 }, inherits, { a: 1 }])).toEqual(
      right('[{"a":1,"b":2},{"a":1},{"a":1}]'),
    )
})

test('Canonical takes a backslash before "ud800" for what it is', () => {
  expect(Canonical.stringify([String.raw`\ud800`])).toEqual(right(String.raw`["\\ud800"]`))
})

const lone = 'a lone surrogate has no place in a text'
test.each([
  ['a lone surrogate', { a: ['x\ud800y'] }, ['a', 0], lone],
  ['a lone surrogate at the end', ['\udc00'], [0], lone],
  ['a key with a lone surrogate', { a: { '\ud83d': 1 } }, ['a', '\ud83d'], lone],
  ['NaN', { a: Number.NaN }, ['a'], 'NaN is no JSON value'],
  ['an infinity', [1, -Infinity], [1], '-Infinity is no JSON value'],
  ['undefined', { a: undefined }, ['a'], 'undefined is no JSON value'],
  ['a hole', Array(1), [0], 'undefined is no JSON value'],
  ['nothing at all', undefined, [], 'undefined is no JSON value'],
  ['a function', { a: [{}, { b: Math.max }] }, ['a', 1, 'b'], 'a function is no JSON value'],
  ['a bigint', [1n], [0], 'a bigint is no JSON value'],
  ['a date', { at: new Date(0) }, ['at'], 'an instance of a class is no JSON value'],
] as ReadonlyArray<[string, unknown, ReadonlyArray<string | number>, string]>)(
  'Canonical refuses %s',
  (_, value, path, reason) => {
    expect(Canonical.stringify(value)).toEqual(left(path, reason))
    expect(Canonical.digest(value)).toEqual(left(path, reason))
  },
)

test('Canonical refuses what no stack holds, and what is cyclic', () => {
  let deep: unknown = 1
  for (let i = 0; i < 100_000; i++) deep = [deep]
  const cyclic: Record<string, unknown> = {}
  cyclic['a'] = cyclic
  const reason = 'the value is cyclic, or nested too deeply to be written'
  expect(Canonical.stringify(deep)).toEqual(left([], reason))
  expect(Canonical.stringify({ 1: deep })).toEqual(left([], reason))
  expect(Canonical.stringify(cyclic)).toEqual(left([], reason))
})

test('Canonical writes objects of more kinds and keys than it remembers', () => {
  for (let i = 0; i < 600; i++)
    expect(Canonical.stringify({ b: i, [`a${i}`]: 0 })).toEqual(right(`{"a${i}":0,"b":${i}}`))
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`k${i}`, i]))
  expect(Canonical.stringify(many)).toEqual(right(canonicalize(many) as string))
})

test('Canonical digest is the SHA-256 of the text in UTF-8', () => {
  expect(Canonical.digest({ b: 'é', a: 1 })).toEqual(Canonical.digest({ a: 1, b: 'é' }))
  expect(Canonical.digest('')).toEqual(
    right('12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126'),
  )
})

import * as fc from 'fast-check'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { Eq, Integer, nullable, record } from '@finetune-kit/codec'

const Item = record('Item', { id: t.string }, { note: nullable(t.string) })
const Sample = record(
  'Sample',
  { n: t.number, items: t.array(Item) },
  { best: nullable(Item), pair: t.tuple([Integer, t.string]), any: t.unknown, by: t.record(t.string, Item) },
)
const { equals } = Eq.of(Sample)

const json = fc.jsonValue({ stringUnit: 'grapheme', maxDepth: 4 })
const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'id', 'n', ''))
const unknownKeys = fc.dictionary(key, json, { noNullPrototype: true })
const merged = <A extends object, B extends object>([a, b]: readonly [A, B]) => ({ ...a, ...b })
const item = fc
  .tuple(unknownKeys, fc.record({ id: fc.string(), note: fc.option(fc.string()) }, { requiredKeys: ['id'] }))
  .map(merged)
const sample = fc
  .tuple(
    unknownKeys,
    fc.record(
      {
        n: fc.double(),
        items: fc.array(item),
        best: fc.option(item),
        any: json,
        pair: fc.tuple(fc.integer(), fc.string()),
        by: fc.dictionary(key, item, { noNullPrototype: true }),
      },
      { requiredKeys: ['n', 'items'] },
    ),
  )
  .map(merged)

/** An equal value of other objects with reversed keys. */
const reversed = (u: unknown): unknown =>
  Array.isArray(u)
    ? u.map(reversed)
    : typeof u === 'object' && u !== null
      ? Object.fromEntries(
          Object.entries(u)
            .toReversed()
            .map(([k, v]) => [k, reversed(v)]),
        )
      : u

/** An oracle that shares no code with the implementation. */
const canonical = (u: unknown): string =>
  Array.isArray(u)
    ? `[${u.map(canonical).join()}]`
    : typeof u === 'object' && u !== null
      ? `{${Object.entries(u)
          .map(([k, v]) => JSON.stringify(k) + canonical(v))
          .sort()
          .join()}}`
      : Object.is(u, -0)
        ? '-0'
        : typeof u === 'number'
          ? String(u)
          : JSON.stringify(u)

test('Eq is reflexive and does not see the order of keys', () => {
  fc.assert(fc.property(sample, a => equals(a, reversed(a) as typeof a)))
})

test('Eq agrees with the text of the values', () => {
  fc.assert(
    fc.property(sample, sample, (a, b) => {
      expect(equals(a, b)).toBe(canonical(a) === canonical(b))
      expect(equals(b, a)).toBe(equals(a, b))
    }),
  )
})

test('Eq sees every change that is made to a value', () => {
  fc.assert(
    fc.property(sample, fc.nat(), json, (a, at, replacement) => {
      const b = structuredClone(a)
      const places: Array<[object, string]> = []
      const visit = (u: unknown): void => {
        if (typeof u !== 'object' || u === null) return
        for (const [k, v] of Object.entries(u)) {
          places.push([u, k])
          visit(v)
        }
      }
      visit(b)
      const [parent, k] = places[at % places.length] as [object, string]
      Object.defineProperty(parent, k, { value: replacement, enumerable: true })
      expect(equals(a, b)).toBe(canonical(a) === canonical(b))
    }),
  )
})

test.each([
  ['absent and null', {}, { best: null }],
  ['absent and undefined', {}, { best: undefined }],
  ['absent and undefined under an unknown key', {}, { more: undefined }],
  ['undefined under one unknown key and another', { more: undefined }, { less: undefined }],
  ['undefined under a known and an unknown key', { best: undefined }, { more: undefined }],
  ['null and an empty list', { any: null }, { any: [] }],
  ['an empty list and an empty object', { any: [] }, { any: {} }],
  ['an object and a list of the same keys', { any: { 0: 1 } }, { any: [1] }],
  ['0 and -0', { any: 0 }, { any: -0 }],
  ['0 and -0 in a number field', { n: 0 }, { n: -0 }],
  ['an own __proto__ and none', JSON.parse('{"__proto__":{"a":1}}'), {}],
  ['two own __proto__', JSON.parse('{"__proto__":{"a":1}}'), JSON.parse('{"__proto__":{"a":2}}')],
  ['an own constructor and the inherited one', { constructor: Object }, {}],
  ['an own toString and the inherited one', { any: { toString: 1 } }, { any: {} }],
  ['dates', { any: new Date(1) }, { any: new Date(2) }],
  ['maps, which have no keys to compare', { any: new Map([[1, 2]]) }, { any: new Map() }],
] as ReadonlyArray<[string, object, object]>)('Eq tells apart %s', (_, a, b) => {
  const [x, y] = [
    { n: 1, items: [], ...a },
    { n: 1, items: [], ...b },
  ] as [never, never]
  expect(equals(x, y)).toBe(false)
  expect(equals(y, x)).toBe(false)
  expect(equals(x, x)).toBe(true)
})

test.each([
  ['NaN', () => NaN],
  ['dates of one instant', () => new Date(1)],
  ['invalid dates', () => new Date(NaN)],
  ['objects without a prototype', () => Object.assign(Object.create(null), { a: [1] })],
])('Eq takes %s for the same', (_, make) => {
  expect(equals({ n: NaN, items: [], any: make() }, { n: NaN, items: [], any: make() })).toBe(true)
})

test('Eq compares fields that have the names of inherited methods', () => {
  const Odd = t.partial({ toString: t.string, constructor: t.string })
  const eq = Eq.of(Odd) as unknown as Eq.Eq<object>
  expect(eq.equals({}, {})).toBe(true)
  expect(eq.equals({ toString: 'a' }, { toString: 'a' })).toBe(true)
  expect(eq.equals({}, { toString: 'a' })).toBe(false)
})

const make = () => ({ n: 1, items: [{ id: 'a' }] })

test('Eq takes no inherited field for an own one', () => {
  const inheriting = Object.create(make()) as ReturnType<typeof make>
  const inside = { n: 1, items: [Object.create({ id: 'a' }) as { id: string }] }
  for (const odd of [inheriting, inside]) {
    expect(equals(make(), odd)).toBe(false)
    expect(equals(odd, make())).toBe(false)
    expect(equals(odd, odd)).toBe(true)
  }
  expect(equals(inheriting, Object.create(make()) as typeof inheriting)).toBe(false)
  const balanced = Object.assign(Object.create({ n: 1 }) as ReturnType<typeof make>, { items: [], more: 1 })
  expect(equals({ n: 1, items: [] }, balanced)).toBe(false)
  expect(equals(balanced, { n: 1, items: [] })).toBe(false)
})

test('Eq takes no instance for a plain object, whatever its constructor', () => {
  const codec = t.type({ n: t.number })
  const eq = Eq.of(codec)
  const odd = Object.assign(Object.create({}) as { n: number }, { n: 1 })
  for (const other of [{ n: 1 }, Object.assign(Object.create({}) as { n: number }, { n: 1 })]) {
    expect([eq.equals(odd, other), eq.equals(other, odd)]).toEqual([false, false])
    expect(Eq.of(t.unknown).equals(odd, other)).toBe(false)
  }
  expect(eq.equals(Object.assign(Object.create(null) as { n: number }, { n: 1 }), { n: 1 })).toBe(true)
})

const nested = (depth: number, wrap: (inner: unknown) => unknown): unknown => {
  let u: unknown = 1
  for (let i = 0; i < depth; i++) u = wrap(u)
  return u
}

test('Eq answers at a depth that no stack holds, also through a recursive codec', () => {
  const list = () => nested(100_000, u => [u])
  const tree = () => nested(100_000, u => ({ left: u }))
  type Tree = { left?: Tree | number }
  const Tree: t.Type<Tree> = t.recursion('Tree', () => t.partial({ left: t.union([Tree, t.number]) }))
  expect(Eq.of(t.unknown).equals(list(), list())).toBe(true)
  expect(
    Eq.of(t.unknown).equals(
      list(),
      nested(99_999, u => [u]),
    ),
  ).toBe(false)
  expect(Eq.of(Tree).equals(tree() as Tree, tree() as Tree)).toBe(true)
})

const loop = (length: number): unknown => {
  const first: Array<unknown> = []
  const last = nested(length - 1, u => [u === 1 ? first : u])
  first.push(length === 1 ? first : last)
  return first
}

test('Eq answers for cyclic values, also where the cycles are of different lengths', () => {
  expect(Eq.of(t.unknown).equals(loop(1), loop(1))).toBe(true)
  expect(Eq.of(t.unknown).equals(loop(2), loop(3))).toBe(true)
  expect(Eq.of(t.unknown).equals(loop(2), [[[1]]])).toBe(false)
})

const shared = () => nested(60, u => [u, u])

test('Eq answers at once for parts that are shared again and again', () => {
  expect(Eq.of(t.unknown).equals(shared(), shared())).toBe(true)
})

test('Eq compares what a codec of unknown structure describes as it is', () => {
  const Opaque = new t.Type<object>(
    'Opaque',
    (u): u is object => typeof u === 'object',
    t.success as never,
    t.identity,
  )
  expect(Eq.of(Opaque).equals({ a: [1] }, { a: [1] })).toBe(true)
  expect(Eq.of(Opaque).equals({ a: [1] }, { a: [2] })).toBe(false)
})

test('Eq compares unions of several objects, tuples and intersections by their content', () => {
  const A = record('A', { kind: t.literal('a') }, { x: t.number })
  const B = record('B', { kind: t.literal('b') }, { y: t.number })
  const Many = t.union([A, B, t.string, t.null])
  expect(Eq.of(Many).equals({ kind: 'a', x: 1 }, { x: 1, kind: 'a' })).toBe(true)
  expect(Eq.of(Many).equals({ kind: 'a', x: 1 }, { kind: 'b', y: 1 })).toBe(false)
  expect(Eq.of(nullable(t.string)).equals('a', null)).toBe(false)
  expect(Eq.of(t.union([A, t.number])).equals(0, -0)).toBe(false)
  const Both = t.intersection([t.array(t.number), t.refinement(t.UnknownArray, us => us.length > 0)])
  expect(Eq.of(Both).equals([1, 2], [1, 2])).toBe(true)
  expect(Eq.of(Both).equals([1, 2], [1, 3])).toBe(false)
})

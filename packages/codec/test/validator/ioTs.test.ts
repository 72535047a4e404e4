import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { Finite, nullable, record, Validator } from '@finetune-kit/codec'
import { agrees } from './agrees.ts'

const noKeys: Record<string, unknown> = {}

const shouting: t.Type<string> = new t.Type(
  'Shouting',
  t.string.is,
  (u, c) => (typeof u === 'string' ? t.success(u.toUpperCase()) : t.failure(u, c)),
  t.identity,
)

const withDefault = <A>(codec: t.Type<A>, value: A): t.Type<A> =>
  new t.Type(`${codec.name} by default`, codec.is, (u, c) => codec.validate(u ?? value, c), codec.encode)

describe('Validator agrees with io-ts on', () => {
  test('NaN, which makes a type, an array and an intersection copy', () => {
    const A = t.type({ a: t.number })
    agrees(A, { a: Number.NaN }, { a: Infinity }, { a: -0 })
    agrees(t.array(t.number), [Number.NaN], [1, 2])
    agrees(t.intersection([A, t.partial({ b: t.unknown })]), { a: Number.NaN }, { a: 1, b: Number.NaN })
    agrees(t.type({ a: t.unknown }), { a: Number.NaN })
    expect(Validator.of(A).accepts({ a: Number.NaN })).toBe(false)
    expect(Validator.of(A).accepts({ a: Infinity })).toBe(true)
  })

  test('a required key that may be undefined and is absent', () => {
    const A = t.type({ a: t.undefined, b: t.unknown })
    agrees(A, {}, { a: undefined }, { a: undefined, b: undefined }, Object.create({ a: undefined, b: 1 }))
    expect(Validator.of(A).decode({})).toStrictEqual({
      _tag: 'Right',
      right: { a: undefined, b: undefined },
    })
    expect(Validator.of(A).is({})).toBe(false)
  })

  test('the holes of an array, which decode reads and is skips', () => {
    // oxlint-disable-next-line no-sparse-arrays -- the hole is the case
    agrees(t.array(t.undefined), [,], [, undefined], [undefined])
    // oxlint-disable-next-line no-sparse-arrays -- the hole is the case
    agrees(t.array(t.string), [,], ['a', ,])
  })

  test('everything that io-ts takes for an object', () => {
    class Named {
      a = 'a'
    }
    const getter = {
      get a() {
        return 'a'
      },
    }
    const A = t.type({ a: t.string })
    agrees(A, new Named(), getter, Object.create({ a: 'a' }), Object.assign(new Date(0), { a: 'a' }))
    agrees(
      A,
      Object.assign([], { a: 'a' }),
      Object.assign(() => 1, { a: 'a' }),
      new Map([['a', 'a']]),
    )
    agrees(t.partial({ a: t.string }), new Date(0), new Map(), /a/, [], null, undefined, () => 1)
    agrees(A, new Proxy({ a: 'a' }, {}), Object.freeze({ a: 'a' }), Object.create(null))
    expect(Validator.of(A).accepts(Object.create({ a: 'a' }))).toBe(true)
  })

  test('a partial, which takes undefined and refuses null', () => {
    const A = t.partial({ a: t.string, b: t.unknown, c: withDefault(t.string, 'c') })
    agrees(A, {}, { a: undefined }, { a: null }, { a: 'a', d: 1 }, { c: 'x' }, { c: undefined })
    agrees(t.partial({ a: t.string }), { a: undefined })
    expect(Validator.of(t.partial({ a: t.string, b: t.unknown })).accepts({ a: undefined })).toBe(true)
  })

  test('exact, which strips own names and so makes an intersection merge', () => {
    const a = t.exact(t.type({ a: t.string }))
    const hidden = Object.defineProperty({ a: 'a' }, 'z', { value: 1, enumerable: false })
    agrees(a, { a: 'a' }, { a: 'a', b: 1 }, hidden, { b: 1 }, Object.create({ a: 'a' }))
    const b = t.type({ b: t.string })
    for (const both of [t.intersection([a, b]), t.intersection([a, t.exact(b)]), t.intersection([b, a])])
      agrees(both, { a: 'a', b: 'b' }, { a: 'a' }, { a: 'a', b: 'b', c: 1 })
    agrees(
      t.exact(t.intersection([t.type({ a: t.string }), b])),
      { a: 'a', b: 'b' },
      { a: 'a', b: 'b', c: 1 },
    )
    agrees(t.strict({ a: t.exact(t.partial({ x: t.number })) }), { a: { x: 1 } }, { a: { x: 1, y: 2 } })
  })

  test('a union, of which the first member that succeeds wins, even by copying', () => {
    const A = t.type({ a: t.string })
    const AB = t.type({ a: t.string, b: t.string })
    agrees(t.union([t.exact(A), AB]), { a: 'a', b: 'b' }, { a: 'a' })
    agrees(t.union([t.type({ a: t.number }), t.type({ b: t.number })]), { a: Number.NaN, b: 1 }, { b: 1 })
    agrees(t.union([shouting, t.string]), 'a', 'A')
    agrees(t.union([t.literal(0), t.number]), 0, -0, 1)
    agrees(t.union([t.tuple([t.string]), t.array(t.string)]), ['a', 'b'], ['a'], [])
    agrees(t.union([record('R', {}, { b: t.string }), t.partial({ b: t.string })]), { b: undefined })
    const nullish = t.union([t.string, t.null, t.undefined, t.number])
    agrees(nullish, null, undefined, 1, Number.NaN, 'a', true)
    expect(Validator.of(nullish).accepts(1)).toBe(true)
    const short = t.refinement(t.union([t.string, t.number]), x => String(x).length < 3)
    agrees(t.union([t.null, short]), 'a', 'long', 1, 1000, null)
  })

  test('a tagged union, which asks one member only', () => {
    const a = t.type({ tag: t.literal('a'), x: t.number })
    const b = t.intersection([t.type({ tag: t.literal('b') }), t.partial({ x: t.string })])
    const AB = t.union([a, b])
    agrees(AB, { tag: 'a', x: 1 }, { tag: 'b', x: 'x' }, { tag: 'b', x: 1 }, { tag: 'c' }, {}, null)
    expect(Validator.of(AB).accepts({ tag: 'b', x: 'x' })).toBe(true)
    const lax = Object.assign(t.type({ tag: t.literal('b') }), { validate: t.success, is: () => true })
    agrees(t.union([a, lax]), { tag: 'b' }, { tag: 'c' }, { tag: 'a', x: 1 })
    const records = t.union([record('A', { tag: t.literal('a') }), record('B', { tag: t.literal('b') })])
    agrees(records, { tag: 'a' }, { tag: 'b' }, { tag: 'c' })
    expect(Validator.of(records).accepts({ tag: 'b' })).toBe(true)
  })

  test('literal zero, of either sign, and other literals', () => {
    for (const zero of [0, -0]) agrees(t.literal(zero), 0, -0, '0', false)
    agrees(t.type({ a: t.literal(0) }), { a: -0 }, { a: 0 })
    for (const value of [Number.NaN, Infinity, -Infinity, 1e21, true, '\u2028"\\\ud800'])
      agrees(t.literal(value), value, String(value), 1)
    agrees(t.literal<any>(null), null, 'null')
  })

  test('keyof, which uses own keys', () => {
    const K = t.keyof({ a: null, toString: null })
    agrees(K, 'a', 'toString', 'valueOf', '__proto__', 'constructor', 1)
    agrees(t.keyof(noKeys), 'toString', '__proto__')
  })

  test('a codec whose validate was replaced, although it keeps its tag', () => {
    const replaced = Object.assign(t.type({ a: t.string }), { validate: shouting.validate })
    agrees(replaced, { a: 'a' }, 'a', 'A')
    agrees(
      t.type({ r: replaced, s: t.string }),
      { r: 'a', s: 'b' },
      { r: 'A', s: 'b' },
      { r: { a: 'a' }, s: 'b' },
    )
    const guarded = Object.assign(t.type({ a: t.string }), { is: () => false })
    agrees(t.type({ g: guarded }), { g: { a: 'a' } })
  })

  test('a codec that decides by its place in the value', () => {
    const notAlone: t.Type<string> = new t.Type(
      'NotAlone',
      t.string.is,
      (u, c) => (typeof u === 'string' && c.length > 2 ? t.success(u) : t.failure(u, c)),
      t.identity,
    )
    agrees(t.type({ a: t.type({ x: notAlone }), x: t.string }), { a: { x: 'x' }, x: 'x' })
    agrees(t.type({ x: notAlone }), { x: 'x' }, { x: 'x' })
  })

  test('fields that are changed after the codec was made', () => {
    const props: t.Props = { a: t.string }
    const A = t.type(props)
    const P = t.partial(props)
    agrees(A, { a: 'a' }, { a: 1 })
    agrees(P, { a: 'a' }, { a: 1 })
    props['a'] = t.number
    agrees(A, { a: 'a' }, { a: 1 })
    agrees(P, { a: 'a' }, { a: 1 })
    props['b'] = t.number
    agrees(A, { a: 'a', b: 'b' })
    agrees(P, { a: 1, b: 'b' })
  })

  test('recursive codecs, alone, in unions and by way of each other', () => {
    const Tree: t.Any = t.recursion<any>('Tree', self =>
      t.intersection([
        t.type({ name: t.string, left: nullable(self) }),
        t.partial({ children: t.array(self) }),
      ]),
    )
    const leaf = { name: 'leaf', left: null }
    const tree = { name: 'root', left: leaf, children: [leaf, { ...leaf, left: leaf }] }
    agrees(Tree, tree, leaf, { ...tree, left: 1 }, { ...tree, children: [leaf, { ...leaf, name: 1 }] })
    expect(Validator.of(Tree).accepts(tree)).toBe(true)
    const Json: t.Any = t.recursion<any>('Json', self =>
      t.union([t.null, t.boolean, Finite, t.string, t.array(self), t.record(t.string, self)]),
    )
    agrees(Json, { a: [1, 'a', { b: null }], c: {} }, { a: [undefined] }, [Number.NaN], () => 1)
    expect(Validator.of(Json).accepts({ a: [1, 'a', { b: null }], c: {} })).toBe(true)
    const Knot: t.Any = t.recursion<any>('Knot', self => t.union([self, t.null]))
    expect(() => Validator.of(Knot).decode(1)).toThrow(RangeError)
  })

  test('dictionaries, tuples, brands, readonly, exact records of named keys', () => {
    const short = t.refinement(t.string, s => s.length < 3, 'short')
    agrees(t.record(short, t.number), { ab: 1 }, { abc: 1 }, { ab: 'x' }, [], { ab: Number.NaN })
    agrees(t.record(t.string, t.any), [1], { a: 1 }, null)
    agrees(
      t.record(t.keyof({ a: 0, b: 0 }), t.string),
      { a: 'a', b: 'b' },
      { a: 'a' },
      { a: 'a', b: 'b', c: 1 },
    )
    agrees(t.tuple([t.string, t.number]), ['a', 1], ['a'], ['a', 1, 2], ['a', Number.NaN], [])
    agrees(t.readonly(t.type({ a: t.readonlyArray(t.Int) })), { a: [1] }, { a: [1.5] })
    agrees(t.UnknownRecord, {}, [], { a: Number.NaN })
    agrees(t.UnknownArray, [], [Number.NaN], {})
    agrees(t.type({ n: t.never as never }), { n: 1 })
    agrees(t.intersection([t.string, t.refinement(t.string, s => s !== '', 'full')]), 'a', '', 1)
  })

  test('values whose parts throw', () => {
    const throwing = {
      get a(): string {
        throw new TypeError('no a')
      },
    }
    const AB = t.type({ a: t.string })
    expect(() => Validator.of(AB).decode(throwing)).toThrow(new TypeError('no a'))
    agrees(t.type({ b: t.number }), throwing)
  })
})

test('Validator agrees with io-ts on an exact intersection with a field named __proto__', () => {
  const props = Object.defineProperty({ a: t.string }, '__proto__', { value: t.unknown, enumerable: true })
  const Both = t.intersection([t.type(props), t.type({ b: t.string })])
  const value = JSON.parse('{"a":"a","b":"b","__proto__":1}') as unknown
  const codecs: ReadonlyArray<t.Mixed> = [
    t.exact(Both),
    t.exact(t.refinement(Both, () => true)),
    t.exact(t.intersection([Both, t.partial({ c: t.string })])),
    t.exact(t.type(props)),
  ]
  for (const codec of codecs) {
    const [ours, theirs] = [Validator.of(codec).decode(value), codec.decode(value)]
    expect(ours._tag).toBe('Right')
    expect(theirs._tag).toBe('Right')
    if (ours._tag === 'Left' || theirs._tag === 'Left') continue
    expect(Object.keys(ours.right as object)).toEqual(Object.keys(theirs.right as object))
    expect(Object.is(ours.right, value)).toBe(Object.is(theirs.right, value))
  }
})

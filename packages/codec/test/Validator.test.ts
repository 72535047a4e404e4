import { spawnSync } from 'node:child_process'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { annotate, decode, Finite, Integer, nullable, record, Validator } from '@finetune-kit/codec'

/** Compares io-ts and the validator: side, reference, errors with contexts, guard. */
const agree = (codec: t.Any, u: unknown) => {
  const own = codec.decode(u)
  const fast = Validator.of(codec).decode(u)
  expect(fast).toStrictEqual(own)
  if (own._tag === 'Right' && fast._tag === 'Right')
    expect(Object.is(fast.right, u)).toBe(Object.is(own.right, u))
  if (own._tag === 'Left' && fast._tag === 'Left')
    for (const [i, { context }] of own.left.entries())
      for (const [j, { type, actual }] of context.entries()) {
        expect(fast.left[i]?.context[j]?.type).toBe(type)
        expect(fast.left[i]?.context[j]?.actual).toBe(actual)
      }
  const is = codec.is(u)
  expect(Validator.of(codec).is(u)).toBe(is)
  if (Validator.of(codec).accepts(u)) expect([fast._tag, is]).toEqual(['Right', true])
}

const agrees = (codec: t.Any, ...values: ReadonlyArray<unknown>) => {
  for (const u of values) agree(codec, u)
}

const noKeys: Record<string, unknown> = {}

const shouting: t.Type<string> = new t.Type(
  'Shouting',
  t.string.is,
  (u, c) => (typeof u === 'string' ? t.success(u.toUpperCase()) : t.failure(u, c)),
  t.identity,
)
const withDefault = <A>(codec: t.Type<A>, value: A): t.Type<A> =>
  new t.Type(`${codec.name} by default`, codec.is, (u, c) => codec.validate(u ?? value, c), codec.encode)

/** Errors without the codecs, which differ between two codecs. */
const outline = (errors: t.Errors) =>
  errors.map(({ value, message, context }) => ({
    value,
    message,
    context: context.map(({ key, type, actual }) => ({ key, type: type.name, actual })),
  }))

/**
 * A value of `length` levels, each made by `within` from the one below; the last one is invalid.
 */
const chain = (length: number, within: (u: object) => object): object => {
  let value: object = { n: 'a' }
  for (let i = 0; i < length; i++) value = { n: 1, next: within(value) }
  return value
}

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

test('Validator works with decode and is taken off their codec', () => {
  const Point = record('Point', { x: Integer }, { label: t.string })
  // oxlint-disable-next-line unbound-method -- taking it off is the case
  const [off, is] = [Point.decode, Point.is]
  const value = { x: 1 }
  expect((off(value) as { right: unknown }).right).toBe(value)
  expect(is(value)).toBe(true)
  expect(off({ x: 'a' })).toMatchObject({ _tag: 'Left', left: [{ context: [{ type: Point }, {}, {}] }] })
})

test('Validator serves the copies that annotate makes, each with itself in the errors', () => {
  const Point = record('Point', { x: Integer })
  const Copy = annotate(Point, { title: 'A copy' })
  expect(Validator.of(Copy).accepts({ x: 1 })).toBe(true)
  for (const codec of [Point, Copy]) {
    const result = codec.decode({ x: 'a' })
    expect(result._tag === 'Left' && result.left[0]?.context[0]?.type).toBe(codec)
  }
})

test('Validator gives for a record the errors of the intersection that io-ts sees', () => {
  const required = { id: t.string, at: Integer, inner: t.type({ n: t.number }) }
  const optional = { tags: t.array(t.string), more: t.array(t.type({ a: t.string })) }
  const Ours = record('R', required, optional)
  const Theirs = t.intersection([t.type(required, 'R'), t.partial(optional, 'R')], 'R')
  for (const u of [
    {},
    null,
    [],
    { id: 1, at: 1.5, inner: null, tags: null, more: 1 },
    { id: 'a', at: 1, inner: { n: 'n' }, tags: ['a', 1, 2], more: [{ a: 'a' }, { a: 1 }, null] },
  ]) {
    const [ours, theirs] = [Ours.decode(u), Theirs.decode(u)]
    if (ours._tag === 'Right' || theirs._tag === 'Right') throw new Error('this value is invalid')
    expect(outline(ours.left)).toStrictEqual(outline(theirs.left))
  }
})

test('Validator puts keys and literals into its code as nothing but strings', () => {
  const keys = [
    "'",
    '"',
    '`',
    '\\',
    '\n',
    '\u2028\u2029',
    '\ud800',
    '"]; globalThis.broken = 1; x["',
    '${globalThis.broken = 1}',
    '*/ globalThis.broken = 1 /*',
    '</script>',
    'constructor',
    '__proto__',
    'prototype',
    'hasOwnProperty',
    'k[0]',
    '',
  ]
  for (const key of keys) {
    const props: t.Props = Object.defineProperty({}, key, { value: t.literal(key), enumerable: true })
    const good = JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(key)}}`)
    agrees(t.type(props), good, {}, { [key]: 1 }, [])
    agrees(t.partial(props), good, {}, { [key]: 1 })
    agrees(t.strict(props), good, { ...good, other: 1 })
    agrees(t.keyof(JSON.parse(`{${JSON.stringify(key)}:null}`)), key, 'x')
    agrees(t.union([t.literal(key), t.null]), key, 'x', null)
    if (key !== '__proto__') agrees(record(key, {}, props), good, {}, { [key]: 1 })
  }
  expect(globalThis).not.toHaveProperty('broken')
})

test('Validator answers for deep and cyclic values, where io-ts overflows', () => {
  const List: t.Any = t.recursion<any>('List', self => record('List', {}, { next: self }))
  const cyclic: { next?: unknown } = {}
  cyclic.next = cyclic
  let deep: object = {}
  for (let i = 0; i < 100_000; i++) deep = { next: deep }
  for (const u of [cyclic, deep]) {
    expect(Validator.of(List).accepts(u)).toBe(false)
    expect(decode(List)(u)).toMatchObject({
      left: { issues: [{ expected: 'List, nested less deeply' }] },
    })
  }
  expect(Validator.of(List).accepts({ next: { next: {} } })).toBe(true)
})

test('Validator goes through a deep value with a fault at its end in linear time', () => {
  let reads = 0
  const counted = t.refinement(t.number, () => {
    reads++
    return true
  })
  const listOf = (next: (self: t.Any) => t.Any): t.Any =>
    t.recursion<any>('List', self => record('List', { n: counted }, { next: next(self) }))
  const lists = [
    [listOf(self => self), (u: object) => u],
    [listOf(self => t.type({ in: self })), (u: object) => ({ in: u })],
    [listOf(self => t.array(t.type({ in: self }))), (u: object) => [{ in: u }]],
  ] as const
  for (const [List, within] of lists)
    for (const length of [100, 200]) {
      reads = 0
      expect(Validator.of(List).decode(chain(length, within))._tag).toBe('Left')
      expect(reads).toBeLessThanOrEqual(4 * length)
    }
})

test('Validator keeps its code linear where a codec is used in many places', () => {
  const nest = (codec: t.Any, depth: number): t.Any =>
    depth === 0 ? codec : nest(t.type({ a: codec, b: codec, c: codec }, 'Nest'), depth - 1)
  // inlined everywhere, it would not fit into memory
  expect(Validator.of(nest(t.string, 40)).accepts({})).toBe(false)
})

test('Validator gives the same answers where code generation is forbidden, or not wanted', () => {
  const program = `
    import * as t from 'io-ts'
    import { codeGeneration, decode, Integer, record, Validator } from '@finetune-kit/codec'
    if (process.argv[1] === 'told') codeGeneration(false)
    const Inner = record('Inner', { n: Integer }, { note: t.string })
    const Outer = record('Outer', { id: t.string, inner: t.array(Inner) })
    const value = { id: 'a', inner: [{ n: 1 }] }
    const answers = [value, { id: 'a', inner: [{ n: 1, note: undefined }] }, { id: 1, inner: [{ n: 'n' }, 2] }, null]
      .map(u => decode(Outer)(u))
    console.log(JSON.stringify([Validator.of(Outer).accepts(value), answers[0].right === value, answers, Outer.is(value)]))`
  const run = (flags: ReadonlyArray<string>, ...args: ReadonlyArray<string>) => {
    const options = { cwd: import.meta.dirname, encoding: 'utf8' } as const
    const node = [
      '--conditions=@finetune-kit/source',
      '--input-type=module',
      ...flags,
      '-e',
      program,
      ...args,
    ]
    const { stdout, stderr } = spawnSync(process.execPath, node, options)
    return stdout === '' ? stderr : (JSON.parse(stdout) as [boolean, ...unknown[]])
  }
  const [accepts, ...answers] = run([])
  expect(accepts).toBe(true)
  expect(answers[0]).toBe(true)
  expect(run(['--disallow-code-generation-from-strings'])).toEqual([false, ...answers])
  expect(run(['--disallow-code-generation-from-strings'], 'told')).toEqual([false, ...answers])
  expect(run([], 'told')).toEqual([false, ...answers])
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

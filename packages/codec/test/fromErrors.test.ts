import * as t from 'io-ts'
import { expect, test } from 'vitest'
import {
  type DecodeError,
  decode,
  draw,
  Integer,
  nullable,
  record,
  toStandardIssues,
} from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'

const textOf = (codec: t.Mixed, value: unknown): string => {
  const result = decode(codec)(value)
  return result._tag === 'Left' ? draw(result.left) : 'nothing is wrong'
}

/** Replaces `validate` as io-ts-types does. */
const withMessage = <C extends t.Any>(codec: C, message: string): C => {
  const copy: C = Object.create(Object.getPrototypeOf(codec), Object.getOwnPropertyDescriptors(codec))
  return Object.assign(copy, {
    validate: (u: unknown, c: t.Context) =>
      E.isLeft(codec.validate(u, c)) ? t.failure(u, c, message) : t.success(u),
  })
}
const Suffix = withMessage(t.string, 'write the suffix in 1 to 40 characters')

test('fromErrors keeps the messages of authors', () => {
  expect(textOf(record('Request', { suffix: Suffix }), { suffix: 1 })).toBe(
    '/suffix: write the suffix in 1 to 40 characters',
  )
  expect(textOf(record('Request', { suffix: nullable(Suffix) }), { suffix: 1 })).toBe(
    '/suffix: write the suffix in 1 to 40 characters',
  )
  expect(textOf(t.array(t.intersection([Suffix, t.string])), [1])).toBe(
    '/0: write the suffix in 1 to 40 characters',
  )
})

const A = t.type({ a: Integer })
const B = t.type({ b: Integer })
test.each([
  ['a refinement', t.refinement(t.intersection([A, B]), () => true)],
  ['a brand', t.brand(t.intersection([A, B]), (both): both is never => both.a !== 0, 'Both')],
  ['readonly', t.readonly(t.intersection([A, B]))],
  ['exact', t.exact(t.intersection([A, B]))],
  ['recursion', t.recursion('Both', () => t.intersection([A, B]))],
  ['an intersection in another', t.intersection([A, t.intersection([B, A])])],
  ['a union of which one member is meant', t.union([t.intersection([A, B]), t.string, t.null])],
] as ReadonlyArray<[string, t.Mixed]>)(
  'fromErrors leaves the numbers of members out of paths through %s',
  (_, codec) => {
    expect(textOf(t.type({ x: codec }), { x: { a: 1.5 } })).toBe(
      '/x/a: expected integer, found 1.5\n/x/b: missing, expected integer',
    )
  },
)

test.each([
  [t.intersection([A, B]), 'object'],
  [t.intersection([t.string, t.refinement(t.string, Boolean, 'text')]), 'string and text'],
  [t.intersection([A, B], 'Both'), 'Both'],
  [t.union([t.literal('a'), t.literal(0), t.keyof({ b: 0, c: 0 }), t.null]), '"a", 0, "b", "c" or null'],
  [t.union([t.string, t.null], 'Name'), 'Name'],
  [t.never, 'no value at all'],
  [t.undefined, 'nothing'],
  [t.UnknownArray, 'list of anything'],
  [t.array(nullable(t.string)), 'list of string or null'],
  [t.array(t.string, 'Names'), 'Names'],
  [t.UnknownRecord, 'object'],
  [t.tuple([t.string]), 'list of 1'],
  [t.refinement(t.string, s => s !== ''), 'string of a certain kind'],
  [
    t.refinement(t.string, function isId(s) {
      return s !== ''
    }),
    'string (isId)',
  ],
  [t.bigint, 'bigint'],
  [
    t.keyof(Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`k${i}`, 0]))),
    `${Array.from({ length: 20 }, (_, i) => `"k${i}"`).join(', ')} or 5 more`,
  ],
] as ReadonlyArray<[t.Mixed, string]>)(
  'fromErrors says in words what a codec expects: $1',
  (codec, words) => {
    expect(textOf(codec, true)).toBe(`expected ${words}, found true`)
  },
)

test('fromErrors names the refinement of a union that refuses a value of a member', () => {
  const Some = t.refinement(nullable(t.type({ n: t.number })), u => u?.n !== 0, 'Some')
  expect(textOf(Some, { n: 0 })).toBe('expected Some, found an object')
})

test('fromErrors names a field once that several members of an intersection refuse', () => {
  expect(textOf(t.intersection([A, t.type({ a: t.number })]), { a: '1' })).toBe(
    '/a: expected number, found "1"',
  )
})

test('fromErrors holds 100 issues', () => {
  const result = decode(t.array(Integer))(Array.from({ length: 250_000 }, () => null)) as E.Left<DecodeError>
  expect(result.left).toMatchObject({ _tag: 'Invalid', more: 1 })
  const lines = draw(result.left).split('\n')
  expect(lines).toHaveLength(101)
  expect(lines[100]).toBe('… and at least 1 more')
  expect(toStandardIssues(result.left)).toHaveLength(101)
  expect(toStandardIssues(result.left).at(-1)).toEqual({ message: '… and at least 1 more', path: [] })
})

interface List {
  readonly next?: List
}
const List: t.Type<List> = t.recursion('List', () => record('List', {}, { next: List }))

test('decode answers for values that no stack holds, and for cyclic ones', () => {
  let deep: object = {}
  for (let i = 0; i < 1_000_000; i++) deep = { next: deep }
  expect(textOf(List, deep)).toBe('expected List, nested less deeply, found an object')
  const cyclic: { next?: object } = {}
  cyclic.next = cyclic
  expect(textOf(List, cyclic)).toBe('expected List, nested less deeply, found an object')
})

test('decode lets the errors of a codec pass that are not about depth', () => {
  const broken = t.refinement(t.string, () => {
    throw new TypeError('mine')
  })
  expect(() => decode(broken)('a')).toThrow('mine')
})

test('draw stays within 8 kB, whatever the sizes of keys, values, names and messages', () => {
  const huge = '\u{e0001}\u202e😀\u0000'.repeat(20_000)
  const value = Object.fromEntries(Array.from({ length: 120 }, (_, i) => [huge + i, huge]))
  const text = textOf(t.record(t.string, Integer), value)
  expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(8000)
  expect(text).toMatch(/^\/\\u\{e0001\}\\u202e😀\\u0000.*\n… and at least \d+ more$/s)
  const error = { path: Array.from({ length: 1e5 }, () => huge), expected: huge, actual: huge, message: huge }
  const one = draw({ _tag: 'Invalid', issues: [error], more: 0 }, huge)
  expect(new TextEncoder().encode(one).length).toBeLessThanOrEqual(8000)
  expect(one).toContain('/…/')
  expect(
    draw({ _tag: 'Malformed', format: huge, reason: huge, offset: 0, line: 1, column: 1 }).length,
  ).toBeLessThan(2000)
})

test('draw leaves out the middle of a long path', () => {
  const path = Array.from({ length: 30 }, (_, i) => i)
  expect(draw({ _tag: 'Unencodable', path, reason: 'NaN is no JSON value' }, 'a.json')).toBe(
    'a.json /0/1/2/3/4/5/…/25/26/27/28/29: NaN is no JSON value',
  )
})

const found = (actual: unknown) =>
  draw({ _tag: 'Invalid', issues: [{ path: [], expected: 'x', actual }], more: 0 })

test('draw writes every kind of value', () => {
  expect([-0, Number.NaN, 10n ** 1000n, Symbol('s'), found, [1, 2], new Map(), '\n'].map(found)).toEqual(
    ['-0', 'NaN', 'a bigint', 'a symbol', 'a function', 'a list of 2', 'an object', '"\\n"'].map(
      text => `expected x, found ${text}`,
    ),
  )
})

test('toStandardIssues gives the message and the path of each issue', () => {
  const result = decode(record('Point', { x: Integer }))({ x: '1' }) as E.Left<DecodeError>
  expect(toStandardIssues(result.left)).toEqual([{ message: '/x: expected integer, found "1"', path: ['x'] }])
  expect(
    toStandardIssues({
      _tag: 'Malformed',
      format: 'JSON',
      reason: 'the text ends here',
      offset: 0,
      line: 1,
      column: 1,
    }),
  ).toEqual([{ message: '1:1 not JSON: the text ends here', path: [] }])
})

test('fromErrors picks, of union members that fit alike, the one whose keys are there', () => {
  const Either = t.union([record('A', { a: t.string }), record('B', { b: t.string })])
  const textOf = (u: unknown) => {
    const result = decode(Either)(u)
    return result._tag === 'Left' ? draw(result.left) : 'valid'
  }
  expect(textOf({ b: 1 })).toBe('/b: expected string, found 1')
  expect(textOf({ a: 1 })).toBe('/a: expected string, found 1')
  expect(textOf({ c: 1 })).toBe('/a: missing, expected string')
})

import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { closed, decode, dictionary, nullable, record, Validator } from '@finetune-kit/codec'
import { fromErrors } from '../src/fromErrors.ts'

let calls = 0

/** A codec that io-ts cannot look into, and that counts how often it is asked. */
const Counted = new t.Type<string>(
  'counted',
  t.string.is,
  (u, c) => (calls++, t.string.validate(u, c)),
  t.identity,
)

const Pair = t.type({ a: Counted, b: t.number })
const Event = record('Event', { at: Counted }, { note: t.string })
const Tagged = t.union([
  t.type({ kind: t.literal('a'), items: t.array(Counted) }),
  t.type({ kind: t.literal('b'), items: t.array(Counted) }),
])
interface Tree {
  readonly items: ReadonlyArray<string>
  readonly next: Tree | null
}
const Tree: t.Type<Tree> = t.recursion('Tree', () =>
  t.type({ items: t.readonlyArray(Counted), next: nullable(Tree) }),
)

const wrong = (n: number) => Array.from({ length: n }, () => 1)
const empty = (n: number) => Array.from({ length: n }, () => ({}))
const fields = (n: number) => Object.fromEntries(wrong(n).map((x, i) => [`k${i}`, x]))

/** Codecs, and values with that many wrong parts. */
const cases: ReadonlyArray<readonly [string, t.Mixed, (n: number) => unknown]> = [
  ['a list', t.array(Counted), wrong],
  ['a list in a list', t.array(t.array(Counted)), n => wrong(n / 500).map(() => wrong(500))],
  ['a list of io-ts objects', t.array(Pair), empty],
  ['a list of records', record('Run', {}, { events: t.array(Event) }), n => ({ events: empty(n) })],
  [
    'a required and an optional list',
    record('Run', { a: t.array(Counted) }, { b: t.array(Counted) }),
    n => ({ a: wrong(n), b: wrong(n) }),
  ],
  ['a list or null', record('Run', { events: nullable(t.array(Counted)) }), n => ({ events: wrong(n) })],
  ['a list in a tagged union', Tagged, n => ({ kind: 'b', items: wrong(n) })],
  ['a list under a refinement', t.refinement(t.array(Counted), xs => xs.length > 0, 'Some'), wrong],
  ['a list in an exact object', t.exact(t.type({ items: t.array(Counted) })), n => ({ items: wrong(n) })],
  [
    'a list in an intersection',
    t.intersection([t.type({ items: t.array(Counted) }), t.partial({ b: t.string })]),
    n => ({ items: wrong(n) }),
  ],
  ['a list in a tuple', t.tuple([t.array(Counted), t.string]), n => [wrong(n), '']],
  ['a list in a recursive object', Tree, n => ({ items: [], next: { items: wrong(n), next: null } })],
  ['a dictionary', dictionary(Counted), fields],
  ['a dictionary of lists', dictionary(t.array(Counted)), n => ({ a: wrong(n), b: wrong(n) })],
  ['a dictionary of io-ts', t.record(t.string, Counted), fields],
  ['a closed record', closed(record('Run', { events: t.array(Counted) })), n => ({ events: wrong(n) })],
]

const issuesOf = (codec: t.Mixed, value: unknown) => {
  const result = decode(codec)(value)
  return result._tag === 'Left' && result.left._tag === 'Invalid' && result.left.issues
}

/** The issues of all errors that io-ts collects. */
const allIssuesOf = (codec: t.Mixed, value: unknown) => {
  const result = codec.decode(value)
  return result._tag === 'Left' && fromErrors(result.left).issues
}

describe.each(cases)('decode of %s', (_, codec, valueOf) => {
  test('stops soon after the issues that an error holds', () => {
    calls = 0
    const result = decode(codec)(valueOf(200_000))
    expect(result).toMatchObject({ _tag: 'Left', left: { issues: { length: 100 } } })
    expect(calls).toBeLessThan(500)
  })

  test('has the issues of all errors, up to the limit', () => {
    const value = valueOf(2000)
    expect(issuesOf(codec, value)).toEqual(allIssuesOf(codec, value))
  })
})

const errorsOf = (length: number): number => {
  const result = Validator.of(t.array(Pair)).decode(empty(length))
  return result._tag === 'Left' ? result.left.length : 0
}

test('Validator keeps a number of errors that does not grow with the value', () => {
  expect(errorsOf(100_000)).toBe(errorsOf(1000))
})

const tenOf = (type: t.Mixed) =>
  record('Ten', Object.fromEntries('abcdefghij'.split('').map(key => [key, type])))

test('decode counts the issues of a union as one', () => {
  // each item makes 20 errors, and 10 issues at most
  const Either = t.array(t.union([tenOf(t.string), tenOf(t.number)]))
  const value = empty(300)
  expect(issuesOf(Either, value)).toEqual(allIssuesOf(Either, value))
})

test('decode of unknown keys stops soon after the issues that an error holds', () => {
  const result = Validator.of(closed(record('None', {}))).decode(fields(200_000))
  expect(result._tag === 'Left' && result.left.length).toBe(101)
})

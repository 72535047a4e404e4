import { record } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { JsonPatch } from '@finetune-kit/diff'
import { run } from './runPatch.ts'

const own = (text: string): unknown => JSON.parse(text)

const refused: ReadonlyArray<readonly [doc: unknown, operation: object, message: string]> = [
  [{}, { op: 'add', path: '/__proto__/x', value: 1 }, '0 /__proto__/x: there is no key "__proto__"'],
  [
    {},
    { op: 'add', path: '/constructor/prototype/x', value: 1 },
    '0 /constructor/prototype/x: there is no key "constructor"',
  ],
  [
    { a: {} },
    { op: 'replace', path: '/a/__proto__', value: 1 },
    '0 /a/__proto__: there is no key "__proto__"',
  ],
  [
    { arr: [] },
    { op: 'add', path: '/arr/__proto__/x', value: 1 },
    '0 /arr/__proto__/x: "__proto__" is not an index: a list has 0, 1, 2, …',
  ],
  [
    {},
    { op: 'copy', from: '/constructor/constructor', path: '/x' },
    '0 /constructor/constructor: there is no key "constructor"',
  ],
  [
    {},
    { op: 'move', from: '/constructor/constructor', path: '/x' },
    '0 /constructor/constructor: there is no key "constructor"',
  ],
  [{}, { op: 'remove', path: '/__proto__/toString' }, '0 /__proto__/toString: there is no key "__proto__"'],
  [
    { arr: [1] },
    { op: 'replace', path: '/arr/length', value: 0 },
    '0 /arr/length: "length" is not an index: a list has 0, 1, 2, …',
  ],
  [
    { arr: [1, 2] },
    { op: 'remove', path: '/arr/1e0' },
    '0 /arr/1e0: "1e0" is not an index: a list has 0, 1, 2, …',
  ],
  [
    { arr: [1, 2] },
    { op: 'remove', path: '/arr/01' },
    '0 /arr/01: "01" is not an index: a list has 0, 1, 2, …',
  ],
  [
    { arr: [1, 2] },
    { op: 'remove', path: '/arr/-1' },
    '0 /arr/-1: "-1" is not an index: a list has 0, 1, 2, …',
  ],
  [
    { arr: [1] },
    { op: 'remove', path: '/arr/-' },
    '0 /arr/-: "-" is past the end of the list: only what is added can go there',
  ],
  [{ arr: [1] }, { op: 'add', path: '/arr/3', value: 0 }, '0 /arr/3: index 3 is past the end of a list of 1'],
  [
    { arr: [1] },
    { op: 'add', path: '/arr/9007199254740993', value: 0 },
    '0 /arr/9007199254740993: index 9007199254740993 is past the end of a list of 1',
  ],
  [{ a: 'text' }, { op: 'add', path: '/a/0', value: 1 }, '0 /a/0: a string has no members'],
  [{ a: null }, { op: 'test', path: '/a/b', value: 1 }, '0 /a/b: null has no members'],
  [{ a: 1 }, { op: 'add', path: '/~2', value: 1 }, '/0/path: expected JSON Pointer, found "/~2"'],
  [{ a: 1 }, { op: 'add', path: '/a~', value: 1 }, '/0/path: expected JSON Pointer, found "/a~"'],
  [{ a: 1 }, { op: 'add', path: 'a', value: 1 }, '/0/path: expected JSON Pointer, found "a"'],
  [{ a: { b: 1 } }, { op: 'move', from: '/a', path: '/a/b' }, '0 /a: a value cannot be moved into itself'],
  [{ a: 1 }, { op: 'move', from: '', path: '/a' }, '0 : a value cannot be moved into itself'],
  [{ a: 1 }, { op: 'remove', path: '' }, '0 : the whole document cannot be removed'],
  [{ a: 1 }, { op: 'test', path: '/a', value: '1' }, '0 /a: expected "1", found 1'],
  [
    { a: `${'x'.repeat(500)}y` },
    { op: 'test', path: '/a', value: `${'x'.repeat(500)}z` },
    `0 /a: expected …${'x'.repeat(20)}z", found …${'x'.repeat(20)}y"`,
  ],
]

test.each(refused)('JsonPatch refuses, of %j, %j', (doc, operation, message) => {
  const before = structuredClone(doc)
  expect(run(doc, [operation])).toEqual(E.left(message))
  expect(doc).toEqual(before)
})

test('JsonPatch.apply refuses a pointer that is none, when the patch was not decoded', () => {
  expect(JsonPatch.apply([{ op: 'remove', path: '/~2' }])({})).toEqual(
    E.left({
      _tag: 'PatchError',
      index: 0,
      pointer: '/~2',
      reason: 'this is not a JSON Pointer: "~" is not followed by 0 or 1',
    }),
  )
})

test('JsonPatch takes __proto__ and constructor for keys like others', () => {
  const doc = own('{"__proto__":{"x":1},"constructor":{"prototype":2}}')
  const result = run(doc, [
    { op: 'replace', path: '/__proto__/x', value: 2 },
    { op: 'remove', path: '/constructor/prototype' },
    { op: 'add', path: '/constructor/__proto__', value: { toString: 3 } },
  ])
  expect(JSON.stringify(result)).toBe(
    '{"_tag":"Right","right":{"__proto__":{"x":2},"constructor":{"__proto__":{"toString":3}}}}',
  )
})

test('JsonPatch replaces the whole document by one of another type', () => {
  expect(run({ a: 1 }, [{ op: 'replace', path: '', value: [1] }])).toEqual(E.right([1]))
  expect(run([1], [{ op: 'add', path: '', value: null }])).toEqual(E.right(null))
})

test('JsonPatch copies do not alias', () => {
  expect(
    run({ a: { list: [1] } }, [
      { op: 'add', path: '/a/list/-', value: 2 },
      { op: 'copy', from: '/a', path: '/b' },
      { op: 'add', path: '/b/list/-', value: 3 },
      { op: 'add', path: '/a/list/0', value: 0 },
      { op: 'copy', from: '/a/list', path: '/c' },
      { op: 'move', from: '/a/list', path: '/d' },
      { op: 'remove', path: '/d/0' },
    ]),
  ).toEqual(E.right({ a: {}, b: { list: [1, 2, 3] }, c: [0, 1, 2], d: [1, 2] }))
})

test('JsonPatch does not write to the values of the patch', () => {
  const value = { list: [] }
  const patch = [
    { op: 'add', path: '/a', value },
    { op: 'add', path: '/a/list/-', value: 1 },
    { op: 'add', path: '/b', value },
  ]
  expect(run({}, patch)).toEqual(E.right({ a: { list: [1] }, b: { list: [] } }))
  expect(value).toEqual({ list: [] })
})

test('JsonPatch copies a value into itself, again and again, in little room', () => {
  const patch = Array.from({ length: 1000 }, () => ({ op: 'copy' as const, from: '', path: '/a' }))
  expect(JsonPatch.apply(patch)({ a: 1, b: 2 })._tag).toBe('Right')
})

test('JsonPatch applies 100,000 operations, and says which of them fails', () => {
  const patch = Array.from({ length: 100_000 }, (_, i) => ({ op: 'add', path: '/0', value: i }))
  const result = run([], patch) as E.Right<ReadonlyArray<number>>
  expect([result.right.length, result.right[0], result.right.at(-1)]).toEqual([100_000, 99_999, 0])
  expect(run([], [...patch, { op: 'remove', path: '/100000' }])).toEqual(
    E.left('100000 /100000: index 100000 is past the end of a list of 100000'),
  )
})

test('JsonPatch walks values that are 10,000 levels deep', () => {
  const deep = own(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`)
  const path = '/a'.repeat(10_000)
  const result = run(deep, [
    { op: 'test', path: '', value: deep },
    { op: 'replace', path, value: 2 },
    { op: 'copy', from: '/a', path: '/b' },
  ])
  expect(result._tag).toBe('Right')
  expect(run(deep, [{ op: 'remove', path: `${path}/a` }])).toEqual(
    E.left(`0 ${path}/a: a number has no members`),
  )
})

const Point = record('Point', { x: t.number, y: t.number })

test('JsonPatch.of refuses a patch whose result would not be what the codec describes', () => {
  const { patch } = JsonPatch.of(Point)
  const operations = [
    { op: 'replace', path: '/x', value: 'one' },
    { op: 'replace', path: '/y', value: 2 },
  ] as const
  expect(patch(operations)({ x: 1, y: 1 })).toEqual(
    E.left({
      _tag: 'PatchError',
      index: 0,
      pointer: '/x',
      reason: 'the result would not be a Point: expected number, found "one"',
    }),
  )
})

const notPatches: ReadonlyArray<readonly [patch: unknown, index: number, reason: string]> = [
  [null, -1, 'a patch is a list of operations'],
  [{ op: 'add', path: '/a', value: 1 }, -1, 'a patch is a list of operations'],
  [[null], 0, 'an operation is an object'],
  [[{}], 0, '"op" is missing or none of add, remove, replace, move, copy, test'],
  [[{ op: 'spam', path: '/a' }], 0, '"op" is missing or none of add, remove, replace, move, copy, test'],
  [
    [{ op: 'constructor', path: '/a' }],
    0,
    '"op" is missing or none of add, remove, replace, move, copy, test',
  ],
  [[{ op: 'remove' }], 0, '"path" is missing or not a text'],
  [
    [
      { op: 'test', path: '', value: {} },
      { op: 'add', path: '/a' },
    ],
    1,
    '"value" is missing',
  ],
  [[{ op: 'add', path: '/a', value: undefined }], 0, '"value" is missing'],
  [[{ op: 'test', path: '/a' }], 0, '"value" is missing'],
  [[{ op: 'move', path: '/a' }], 0, '"from" is missing'],
  [[{ op: 'copy', path: '/a', from: 1 }], 0, '"from" is not a text'],
  [[Object.create({ op: 'remove', path: '' })], 0, 'an operation is an object'],
]

test.each(notPatches)('JsonPatch.apply of %j is an error value', (patch, index, reason) => {
  const error = E.left({ _tag: 'PatchError', index, pointer: '', reason })
  expect(JsonPatch.apply(patch)({})).toEqual(error)
  expect(JsonPatch.of(t.unknown).patch(patch as JsonPatch.JsonPatch)({})).toEqual(error)
})

test('JsonPatch.apply refuses copies that double a value forty times, before memory or time are spent', () => {
  const doubling = Array.from({ length: 40 }, () => ({ op: 'copy', from: '/a', path: '/a/-' }))
  const result = JsonPatch.apply(doubling)({ a: ['bread'] })
  expect(result).toMatchObject({ left: { reason: 'the copies of this patch exceed the limit of 64 MiB' } })
  const few = doubling.slice(0, 10)
  expect(E.isRight(JsonPatch.apply(few)({ a: ['bread'] }))).toBe(true)
})

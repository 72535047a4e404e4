import { Canonical, record } from '@finetune-kit/codec'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { Delta, History, JsonPatch, JsonPointer, MergePatch, redact } from '@finetune-kit/diff'

const Run = record('Run', { a: t.number }, { note: t.string })
const delta = Delta.of(Run)
const history = History.of(Run)
const mergePatch = MergePatch.of(Run)
const value = { a: 1 }

/** Calls a function with JSON of any shape, as `JSON.parse` hands it on without a type. */
const calls: Readonly<Record<string, (json: never) => unknown>> = {
  'Delta.reverse': delta.reverse,
  'Delta.combine, first': json => delta.combine(json, delta.diff({ a: 1 }, { a: 2 })),
  'Delta.combine, second': json => delta.combine(delta.diff({ a: 1 }, { a: 2 }), json),
  'Delta.combine, both': json => delta.combine(json, json),
  'Delta.patch': json => delta.patch(json)(value),
  'JsonPatch.apply': json => JsonPatch.apply(json)(json),
  'JsonPatch.ofDelta': JsonPatch.ofDelta,
  'JsonPatch.patch': json => JsonPatch.of(Run).patch(json)(value),
  'JsonPointer.parse': JsonPointer.parse,
  'MergePatch.apply': json => MergePatch.apply(json)(json),
  'MergePatch.diff': json => mergePatch.diff(json, json),
  'MergePatch.patch': json => mergePatch.patch(json)(value),
  'History.append': json => history.append(value)(json),
  'History.append of a value': json => history.append(json)(history.empty),
  'History.at': json => history.at(0)(json),
  'History.at of an entry': json => history.at(0)({ entries: [json] }),
  'History.at of a later entry': json => history.at(1)({ entries: [{ digest: '', value }, json] }),
  'History.at of a number': json => history.at(json)({ entries: [{ digest: '', value }] }),
  'History.latest': history.latest,
  'History.next': json => history.next(value)(json),
  'History.next of a digest': json => history.next(value)({ index: 0, digest: json, value: { a: 2 } }),
  'History.valueDigest': history.valueDigest,
  'History.verify': history.verify,
  'History.verify of a delta': json =>
    history.verify({
      entries: [
        { digest: '', value },
        { digest: json, delta: json },
      ],
    }),
  'Canonical.stringify': Canonical.stringify,
  redact,
}

const hostileText = '{"__proto__":{"a":1},"constructor":{"prototype":1},"toString":1,"valueOf":[],"a":1}'
const key = fc.constantFrom('op', 'path', 'from', 'value', 'was', 'entries', 'digest', 'delta', '__proto__')
const word = fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'spam', 'constructor', '/a', '/', '')

/** JSON that resembles operations and histories. */
const { json } = fc.letrec(tie => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, -0, '\ud800'),
    word,
    fc.array(tie('json'), { maxLength: 3 }),
    fc
      .array(fc.tuple(key, tie('json')), { maxLength: 4 })
      .map(pairs => JSON.parse(JSON.stringify(Object.fromEntries(pairs))) as unknown),
    fc.constant(JSON.parse(hostileText) as unknown),
    fc.jsonValue(),
  ),
}))

describe.each(Object.entries(calls))('%s', (_, call) => {
  test('never throws, whatever the JSON', () => {
    fc.assert(
      fc.property(json, json => {
        call(json as never)
      }),
    )
  })

  test('returns for a value that holds itself', () => {
    const object: Record<string, unknown> = { a: 1, op: 'add', path: '/note', value: 'x' }
    object['value'] = object
    const list: Array<unknown> = [object]
    list.push(list)
    for (const cyclic of [object, list, { entries: list }]) call(cyclic as never)
  })
})

const results = (json: never): ReadonlyArray<readonly [string, unknown]> => [
  ['JsonPatch.apply', JsonPatch.apply(json)(value)],
  ['JsonPatch.apply to it', JsonPatch.apply([{ op: 'test', path: '', value: { a: 1 } }])(json)],
  ['MergePatch.patch', mergePatch.patch(json)(value)],
  ['Delta.patch', delta.patch(json)(value)],
  ['History.append', history.append(value)(json)],
  ['History.latest', history.latest(json)],
  ['History.verify', history.verify({ entries: [json] })],
  ['History.valueDigest', history.valueDigest(json)],
  ['Canonical.digest', Canonical.digest(json)],
]

describe('a value that cannot be read', () => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  const thrower = {
    get a(): never {
      throw new Error('no')
    },
  }
  test.each([...results(proxy as never), ...results(thrower as never)])('%s: an error value', (_, result) => {
    expect(result).toMatchObject({ _tag: 'Left' })
  })
})

describe('JSON that is no delta', () => {
  const { patch, reverse, combine } = delta
  test.each([null, {}, 'text', 1, [null], [{ op: 'spam', path: '/a' }], [{ op: 'remove', path: '/a' }]])(
    '%j is refused by patch, reversed and combined too',
    json => {
      const bad = json as never
      for (const d of [bad, reverse(bad), combine(bad, []), combine([], bad)])
        expect(patch(d)(value)).toMatchObject({ _tag: 'Left', left: { _tag: 'PatchError' } })
      expect(reverse(reverse(bad))).toEqual(bad)
    },
  )
})

test('a merge patch that holds itself replaces the value', () => {
  const patch: Record<string, unknown> = {}
  patch['self'] = patch
  expect(MergePatch.apply(patch)({ a: 1 })).toBe(patch)
  expect(mergePatch.patch(patch)(value)).toMatchObject({ _tag: 'Left' })
})

test('redact keeps the shape of a value that holds itself', () => {
  const value: Record<string, unknown> = { key: 'sk-Tomato123' }
  value['self'] = value
  const copy = redact(value)
  expect(copy['key']).toBe('sk-…')
  expect(copy['self']).toBe(copy)
})

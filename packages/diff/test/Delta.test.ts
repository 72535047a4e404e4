import { decode, record } from '@finetune-kit/codec'
import { FineTuneSnapshot } from '@finetune-kit/model'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { expect, expectTypeOf, test } from 'vitest'
import { Delta, JsonPatch } from '@finetune-kit/diff'
import { Box, box } from './boxes.ts'
import { edited, json } from './generators.ts'
import { DateFromISOString, pendingRun, succeededRun } from './samples.ts'

const laws = <A>(codec: t.Type<A, unknown>, pairs: fc.Arbitrary<readonly [A, A]>) => {
  const { diff, patch, reverse, combine, empty } = Delta.of(codec)
  test(`patch(diff(a, b))(a) is b, and back, for ${codec.name}`, () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const before = structuredClone(a)
        const delta = diff(a, b)
        expect(patch(delta)(a)).toEqual({ _tag: 'Right', right: b })
        expect(patch(reverse(delta))(b)).toEqual({ _tag: 'Right', right: a })
        expect(combine(delta, reverse(delta))).toEqual(empty)
        expect(combine(empty, delta)).toEqual(delta)
        expect(combine(delta, empty)).toEqual(delta)
        expect(decode(Delta.Delta)(delta)).toEqual({ _tag: 'Right', right: delta })
        expect(diff(a, a)).toEqual(empty)
        expect(diff(a, structuredClone(a))).toEqual(empty)
        expect(a).toEqual(before)
      }),
      { numRuns: 300 },
    )
  })
}

laws(Box, fc.oneof(fc.tuple(box, box), edited(box)))
laws(t.unknown, fc.oneof(fc.tuple(json, json), edited(json)))
laws(t.array(t.number), fc.tuple(fc.array(fc.nat(9)), fc.array(fc.nat(9))))

test('combine is faithful and associative', () => {
  const { diff, patch, combine } = Delta.of(Box)
  const chains = edited(box).chain(([a, b]) => fc.tuple(fc.constant(a), fc.constant(b), box, edited(box)))
  fc.assert(
    fc.property(chains, ([a, b, c, [d]]) => {
      const [ab, bc, cd] = [diff(a, b), diff(b, c), diff(c, d)]
      expect(patch(combine(ab, bc))(a)).toEqual({ _tag: 'Right', right: c })
      expect(combine(combine(ab, bc), cd)).toEqual(combine(ab, combine(bc, cd)))
      expect(combine(combine(ab, diff(b, a)), ab)).toEqual(combine(ab, combine(diff(b, a), ab)))
    }),
  )
})

const { diff, patch } = Delta.of(FineTuneSnapshot)

test('diff tells what happened to a run', () => {
  const delta = diff(pendingRun, succeededRun)
  expect(JsonPatch.ofDelta(delta)).toMatchInlineSnapshot(`
    [
      {
        "op": "replace",
        "path": "/updated_at",
        "value": 1690000500,
      },
      {
        "op": "replace",
        "path": "/fine_tuned_model",
        "value": "curie:ft-example-2023-07-22-04-26-40",
      },
      {
        "op": "replace",
        "path": "/status",
        "value": "succeeded",
      },
      {
        "op": "replace",
        "path": "/hyperparams/batch_size",
        "value": 1,
      },
      {
        "op": "replace",
        "path": "/hyperparams/learning_rate_multiplier",
        "value": 0.1,
      },
      {
        "op": "replace",
        "path": "/training_files/0/status",
        "value": "processed",
      },
      {
        "op": "add",
        "path": "/result_files/0",
        "value": {
          "bytes": 5120,
          "created_at": 1690000000,
          "filename": "compiled_results.csv",
          "id": "file-result",
          "object": "file",
          "purpose": "fine-tune-results",
          "status": "uploaded",
          "status_details": null,
        },
      },
      {
        "op": "add",
        "path": "/events/1",
        "value": {
          "created_at": 1690000100,
          "level": "info",
          "message": "Fine-tune started",
          "object": "fine-tune-event",
        },
      },
      {
        "op": "add",
        "path": "/events/2",
        "value": {
          "created_at": 1690000500,
          "level": "info",
          "message": "Fine-tune succeeded",
          "object": "fine-tune-event",
        },
      },
    ]
  `)
})

test.each<readonly [string, unknown, unknown]>([
  ['a key', { a: undefined }, { a: 'x' }],
  ['a nested key', { a: { b: undefined } }, { a: { b: 1 } }],
  ['a key among others', { a: undefined, b: [1] }, { a: { c: 1 }, b: [] }],
])('patch takes %s that is undefined for an absent one, as diff does', (_, a, b) => {
  const { diff, patch, reverse } = Delta.of(t.unknown)
  const delta = diff(a, b)
  expect(patch(delta)(a)).toEqual(E.right(b))
  expect(patch(reverse(delta))(b)).toEqual(E.right(a))
  expect(patch(diff(b, a))(b)).toEqual(E.right(a))
  expect(patch(reverse(diff(b, a)))(a)).toEqual(E.right(b))
})

test('patch takes the values of t.type, which makes an absent key undefined', () => {
  const Run = t.type({ model: t.union([t.string, t.undefined]) })
  const decoded = Run.decode({})
  if (E.isLeft(decoded)) throw new Error('not decoded')
  expect(Object.keys(decoded.right)).toEqual(['model'])
  const { diff, patch } = Delta.of(Run)
  expect(patch(diff(decoded.right, { model: 'curie' }))(decoded.right)).toEqual(E.right({ model: 'curie' }))
})

test('diff keeps 0 and -0 apart, as Eq does, and takes an undefined key for an absent one', () => {
  expect(Delta.of(t.unknown).diff({ a: 0, b: undefined }, { a: -0 })).toEqual([
    { op: 'replace', path: '/a', was: 0, value: -0 },
  ])
})

test('diff puts one event into the middle of 500 within 150 bytes', () => {
  const events = Array.from({ length: 500 }, (_, i) => ({
    object: 'fine-tune-event',
    created_at: 1_690_000_000 + i,
    level: 'info',
    message: `Completed epoch ${i}/500`,
  }))
  const inserted = { ...events[250], message: 'Fine-tune costs $3.67' } as (typeof events)[number]
  const a = { ...pendingRun, events }
  const b = { ...pendingRun, events: events.toSpliced(250, 0, inserted) }
  expect(JSON.stringify(diff(a, b)).length).toBeLessThanOrEqual(150)
})

test('diff moves an item once, wherever it goes', () => {
  const numbers = Delta.of(t.array(t.number))
  const list = Array.from({ length: 1000 }, (_, i) => i)
  expect(numbers.diff(list, [...list.slice(1), 0])).toEqual([{ op: 'move', from: '/0', path: '/999' }])
  expect(numbers.diff([...list.slice(1), 0], list)).toEqual([{ op: 'move', from: '/999', path: '/0' }])
})

test('patch gives the type of its codec, and takes no other', () => {
  expectTypeOf(patch([])(pendingRun)).toExtend<
    { _tag: 'Left' } | { _tag: 'Right'; right: FineTuneSnapshot }
  >()
  // @ts-expect-error -- not a run
  expect(patch([])({ id: 'file-1' })._tag).toBe('Left')
})

test('patch puts nothing in the place of what the delta does not know', () => {
  const { patch } = Delta.of(t.unknown)
  const left = { _tag: 'PatchError', index: 0, pointer: '/a', reason: 'there is a value already' }
  expect(patch([{ op: 'add', path: '/a', value: 1 }])({ a: 0 })).toEqual({ _tag: 'Left', left })
  expect(patch([{ op: 'move', from: '/b', path: '/a' }])({ a: 0, b: 1 })).toEqual({ _tag: 'Left', left })
})

test('patch applies 100,000 shuffled moves and takes them back', () => {
  const { diff, patch, reverse } = Delta.of(t.array(t.number))
  const a = Array.from({ length: 100_000 }, (_, i) => i)
  const b = a.map((_, i) => (i * 61_803) % 100_000)
  const delta = diff(a, b)
  expect(delta.length).toBeLessThan(100_000)
  expect(patch(delta)(a)).toEqual({ _tag: 'Right', right: b })
  expect(patch(reverse(delta))(b)).toEqual({ _tag: 'Right', right: a })
})

const deep = (leaf: string): unknown => JSON.parse(`${'[{"a":'.repeat(5000)}${leaf}${'}]'.repeat(5000)}`)

test('diff and patch bear values that are 10,000 levels deep', () => {
  const { diff, patch } = Delta.of(t.unknown)
  const delta = diff(deep('1'), deep('2'))
  expect(delta.map(operation => operation.op)).toEqual(['replace'])
  expect(diff((patch(delta)(deep('1')) as { right: unknown }).right, deep('2'))).toEqual([])
})

test('patch names the operation, the pointer and the reason, and leaves its input alone', () => {
  expect(
    patch([
      { op: 'replace', path: '/status', was: 'pending', value: 'running' },
      { op: 'replace', path: '/model', was: 'ada', value: 'curie' },
    ])(pendingRun),
  ).toEqual({
    _tag: 'Left',
    left: {
      _tag: 'PatchError',
      index: 1,
      pointer: '/model',
      reason: 'the value is not the one that the delta was made from',
    },
  })
  expect(pendingRun.status).toBe('pending')
})

test.each([
  [null, -1, 'a patch is a list of operations'],
  [[null], 0, 'an operation is an object'],
  [[{ op: 'remove', path: '/a' }], 0, '"was" is missing'],
  [[{ op: 'copy', from: '/a', path: '/b' }], 0, '"op" is missing or none of add, remove, replace, move'],
])('patch of a delta that was not decoded, %j, is an error value', (delta, index, reason) => {
  const { patch } = Delta.of(t.unknown)
  expect(patch(delta as never)({ a: 1 })).toEqual(E.left({ _tag: 'PatchError', index, pointer: '', reason }))
})

test('laws of Delta hold where the codec converts what it decodes', () => {
  const Seen = record('Seen', { at: DateFromISOString, n: t.number })
  const { diff, patch, reverse } = Delta.of(Seen)
  const a = { at: new Date(0), n: 1 }
  const b = { at: new Date(1000), n: 2 }
  expect(patch(diff(a, b))(a)).toEqual(E.right(b))
  expect(patch(reverse(diff(a, b)))(b)).toEqual(E.right(a))
  expect(patch([{ op: 'replace', path: '/n', was: 1, value: 'two' }])(a)._tag).toBe('Left')
})

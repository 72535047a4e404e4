import { FineTuneSnapshot } from '@finetune-kit/model'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { MergePatch } from '@finetune-kit/diff'
import { edited, json } from './generators.ts'
import { pendingRun, succeededRun } from './samples.ts'

// RFC 7396, appendix A: original, patch, result
test.each([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('MergePatch agrees with appendix A of RFC 7396: %j, %j', (original, patch, result) => {
  const before = structuredClone(original)
  expect(MergePatch.apply(patch)(original)).toEqual(result)
  expect(original).toEqual(before)
})

const { diff, patch } = MergePatch.of(t.unknown)

test('MergePatch makes b of a, or says which nulls it cannot', () => {
  fc.assert(
    fc.property(fc.oneof(edited(json), fc.tuple(json, json)), ([a, b]) => {
      const result = diff(a, b)
      if (E.isRight(result)) expect(patch(result.right)(a)).toEqual(E.right(b))
      else expect(result.left.pointers.length).toBeGreaterThan(0)
      expect(diff(a, a)).toEqual(E.right(typeof a === 'object' && a !== null && !Array.isArray(a) ? {} : a))
    }),
    { numRuns: 500 },
  )
})

test('MergePatch is refused where it would lose a null, and shows what it would be', () => {
  const runs = MergePatch.of(FineTuneSnapshot)
  expect(E.isRight(runs.diff(pendingRun, succeededRun))).toBe(true)
  const back = { ...succeededRun, fine_tuned_model: null, extra: { a: null, list: [null] } }
  expect(runs.diff(succeededRun, back)).toEqual(
    E.left({
      _tag: 'Lossy',
      pointers: ['/fine_tuned_model', '/extra/a'],
      patch: { fine_tuned_model: null, extra: { a: null, list: [null] } },
    }),
  )
})

test('MergePatch takes __proto__ for a key like others', () => {
  const result = MergePatch.apply(JSON.parse('{"__proto__":{"x":1},"constructor":{"y":2}}'))({})
  expect(JSON.stringify(result)).toBe('{"__proto__":{"x":1},"constructor":{"y":2}}')
  expect(Object.getPrototypeOf(result)).toBe(Object.prototype)
  expect('x' in {}).toBe(false)
})

test('MergePatch refuses a result that is not what the codec describes', () => {
  expect(MergePatch.of(FineTuneSnapshot).patch({ status: 4 })(pendingRun)).toEqual(
    E.left({
      _tag: 'PatchError',
      index: 0,
      pointer: '/status',
      reason: 'the result would not be a FineTuneSnapshot: expected string, found 4',
    }),
  )
})

const deep = (leaf: string): unknown => JSON.parse(`${'{"a":'.repeat(10_000)}${leaf}${'}'.repeat(10_000)}`)

test('MergePatch bears values that are 10,000 levels deep', () => {
  const result = diff(deep('1'), deep('2')) as E.Right<unknown>
  expect(diff(MergePatch.apply(result.right)(deep('1')), deep('2'))).toEqual(E.right({}))
})

import { Eq } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'
import * as model from '@finetune-kit/model'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { Delta, History, JsonPatch, Merge, MergePatch } from '@finetune-kit/diff'
import { Box } from './boxes.ts'

const Tree: t.Type<Tree> = t.recursion('Tree', () => t.type({ leaf: t.number, trees: t.array(Tree) }))
interface Tree {
  leaf: number
  trees: Array<Tree>
}

const codecs = new Map<string, t.Type<unknown>>(
  [...Object.values<unknown>(model), Box, Tree, t.tuple([t.string, t.array(t.number)]), t.unknown, t.null]
    .filter(codec => codec instanceof t.Type)
    .map(codec => [codec.name, codec as t.Type<unknown>]),
)
const numRuns = 25

describe.each([...codecs])('%s', (_, codec) => {
  const { equals } = Eq.of(codec)
  const pairs = fc.oneof(Arbitrary.pairs(codec), fc.tuple(Arbitrary.of(codec), Arbitrary.of(codec)))
  const holds = (law: (a: unknown, b: unknown) => void) =>
    fc.assert(
      fc.property(pairs, ([a, b]) => law(a, b)),
      { numRuns },
    )
  const is = (result: E.Either<unknown, unknown>, value: unknown): void => {
    if (E.isLeft(result) || !equals(result.right, value)) expect(result).toEqual(E.right(value))
  }

  test('Delta: patch(diff(a, b))(a) is b and back, and what is undone is nothing', () => {
    const { diff, patch, reverse, combine, empty } = Delta.of(codec)
    holds((a, b) => {
      const delta = diff(a, b)
      is(patch(delta)(a), b)
      is(patch(reverse(delta))(b), a)
      expect(diff(a, a)).toEqual(empty)
      expect(delta.length === 0).toBe(equals(a, b))
      expect(combine(delta, diff(b, a)).length).toBeLessThanOrEqual(delta.length + diff(b, a).length)
      is(patch(combine(delta, diff(b, a)))(a), a)
    })
  })

  test('JsonPatch: patch(diff(a, b))(a) is b', () => {
    const { diff, patch } = JsonPatch.of(codec)
    holds((a, b) => is(patch(diff(a, b))(a), b))
  })

  test('MergePatch: patch(diff(a, b))(a) is b, or diff says what would be lost', () => {
    const { diff, patch } = MergePatch.of(codec)
    holds((a, b) => {
      const merge = diff(a, b)
      if (E.isRight(merge)) is(patch(merge.right)(a), b)
      else expect(merge.left.pointers.length).toBeGreaterThan(0)
    })
  })

  test('Merge: what only one side changed is merged without conflict', () => {
    const { merge } = Merge.of(codec)
    holds((a, b) => {
      for (const { value, conflicts } of [merge(a, b, b), merge(a, a, b), merge(a, b, a)]) {
        is(E.right(value), b)
        expect(conflicts).toEqual([])
      }
    })
  })

  test('History: the latest value is the one that was appended', () => {
    const { empty, append, at, verify } = History.of(codec)
    holds((a, b) => {
      const history = E.chain(append(b))(append(a)(empty))
      is(E.chain(at(0))(history), a)
      if (!equals(a, b)) is(E.chain(at(1))(history), b)
      expect(E.isRight(E.chain(verify)(history))).toBe(true)
    })
  })
})

/**
 * The count of the commonest item. Copies are matched in their order, so an edit of one can
 * touch the others.
 */
const copies = (list: ReadonlyArray<number>): number =>
  Math.max(1, ...[...Map.groupBy(list, item => item).values()].map(same => same.length))

test('diff is no longer than twice the edits that were made, for each copy of an item', () => {
  const { diff } = Delta.of(t.array(t.number))
  const edit = fc.tuple(fc.constantFrom('remove', 'insert', 'repeat', 'move'), fc.nat(), fc.nat())
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.nat(20), fc.nat(1000)), { minLength: 1 }),
      fc.array(edit, { maxLength: 8 }),
      (a, edits) => {
        const b = [...a]
        for (const [kind, from, to] of edits) {
          const i = from % Math.max(b.length, 1)
          const item = kind === 'insert' ? 100 + to : b[i]
          if (kind === 'remove' || kind === 'move') b.splice(i, 1)
          if (kind !== 'remove' && item !== undefined) b.splice(to % (b.length + 1), 0, item)
        }
        expect(diff(a, b).length).toBeLessThanOrEqual(2 * edits.length * Math.max(copies(a), copies(b)))
      },
    ),
    { numRuns: 2000 },
  )
})

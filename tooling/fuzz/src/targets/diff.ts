import { Eq } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'
import { Delta, History, JsonPatch, Merge, MergePatch } from '@finetune-kit/diff'
import * as fc from 'fast-check'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { anySpecs, codecOf } from '../randomCodec.ts'
import { broken, type Target } from '../Target.ts'

/** A codec by its description, two values of it that are near each other, and a third. */
const samples = anySpecs.chain(spec => {
  const codec = codecOf(spec)
  return fc.tuple(fc.constant(spec), Arbitrary.pairs(codec), Arbitrary.of(codec))
})

export const diff: Target = {
  name: 'diff',
  runs: 50,
  property: fc.property(samples, ([spec, [a, b], c]) => {
    const codec = codecOf(spec)
    holds(codec, a, b, c)
    holds(codec, b, c, a)
  }),
}

const holds = (codec: t.Type<unknown>, a: unknown, b: unknown, c: unknown): void => {
  const { equals } = Eq.of(codec)
  const is = (law: string, result: E.Either<unknown, unknown>, value: unknown): void => {
    if (E.isLeft(result) || !equals(result.right, value))
      broken(law, fc.stringify(result), fc.stringify(value))
  }
  const delta = Delta.of(codec)
  const there = delta.diff(a, b)
  is('patch(diff(a, b))(a) = b', delta.patch(there)(a), b)
  is('patch(reverse(diff(a, b)))(b) = a', delta.patch(delta.reverse(there))(b), a)
  is('patch(combine(ab, bc))(a) = c', delta.patch(delta.combine(there, delta.diff(b, c)))(a), c)
  if (delta.diff(a, a).length > 0) broken('diff(a, a) = empty')
  if ((there.length === 0) !== equals(a, b)) broken('diff(a, b) = empty if and only if a = b')
  const json = JsonPatch.of(codec)
  is('JsonPatch', json.patch(json.diff(a, b))(a), b)
  const merging = MergePatch.of(codec)
  const patch = merging.diff(a, b)
  if (E.isRight(patch)) is('MergePatch', merging.patch(patch.right)(a), b)
  merges(codec, a, b, c)
  histories(codec, [a, b, c, a, a, b])
}

const merges = (codec: t.Type<unknown>, a: unknown, b: unknown, c: unknown): void => {
  const { equals } = Eq.of(codec)
  const { merge } = Merge.of(codec)
  for (const { value, conflicts } of [merge(a, b, b), merge(a, a, b), merge(a, b, a)])
    if (!equals(value, b) || conflicts.length > 0)
      broken('one side changed: no conflict', fc.stringify(value))
  const [ours, theirs] = [merge(a, b, c), merge(a, c, b)]
  const places = (of: typeof ours) => JSON.stringify(of.conflicts.map(({ path }) => path).toSorted())
  if (places(ours) !== places(theirs)) broken('swapping the sides swaps them', places(ours), places(theirs))
  if (ours.conflicts.length === 0 && !equals(ours.value, theirs.value))
    broken('without a conflict the sides are equal', fc.stringify(ours.value), fc.stringify(theirs.value))
}

const histories = (codec: t.Type<unknown>, values: ReadonlyArray<unknown>): void => {
  const { equals } = Eq.of(codec)
  const history = History.of(codec, { keyframeEvery: 2 })
  let kept = history.empty
  const known: Array<unknown> = []
  for (const value of values) {
    const next = history.append(value)(kept)
    if (E.isLeft(next)) throw new Error(`append: ${fc.stringify(next.left)}`)
    kept = next.right
    if (known.length === 0 || !equals(known.at(-1), value)) known.push(value)
  }
  if (kept.entries.length !== known.length) broken('an equal value adds no entry')
  for (const [n, value] of known.entries()) {
    const at = history.at(n)(kept)
    if (E.isLeft(at) || !equals(at.right, value)) broken(`at(${n})`, fc.stringify(at), fc.stringify(value))
  }
  if (E.isLeft(history.verify(kept))) broken('verify')
}

import * as fc from 'fast-check'
import { either as E } from 'fp-ts'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { Finite, Integer, nullable, record } from '@finetune-kit/codec'
import { Exactness } from '@finetune-kit/codec/compile'

const Inner = record('Inner', { n: Integer }, { m: nullable(Finite), s: t.string })
const codecs: ReadonlyArray<t.Any> = [
  t.unknown,
  t.number,
  t.string,
  Inner,
  t.array(Inner),
  t.array(t.array(t.number)),
  t.tuple([t.number, t.string]),
  t.record(t.string, t.number),
  t.record(t.string, Finite),
  record('Outer', { inner: Inner, list: t.array(Inner) }, { any: t.unknown, n: t.number }),
  record('Loose', { u: t.union([t.undefined, t.string]), n: t.union([t.number, t.undefined]) }),
  record('Inheriting', {}, { constructor: t.unknown, toString: t.string }),
  t.union([Inner, t.array(t.number), t.number]),
  t.intersection([Inner, t.UnknownRecord]),
  t.exact(t.type({ n: Integer })),
  t.refinement(t.type({ n: t.number }), ({ n }) => n !== 1),
  t.recursion('Tree', self => t.array(self)),
  new t.Type('anything', (u): u is unknown => u === u, t.success, t.identity),
]

const depthOf = (u: unknown): number =>
  typeof u === 'object' && u !== null ? 1 + Math.max(0, ...Object.values(u).map(depthOf)) : 0
const numbersIn = (u: unknown): ReadonlyArray<number> =>
  typeof u === 'number' ? [u] : typeof u === 'object' && u !== null ? Object.values(u).flatMap(numbersIn) : []

const key = fc.constantFrom('n', 'm', 's', 'u', 'any', 'inner', 'list', 'z', '__proto__', 'constructor', '0')
const { value } = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('"a"', '1', '2.5', '1e400', '-1e400', 'null', '{"n":1}', '{"n":1,"s":"a"}'),
    fc.array(tie('value'), { maxLength: 3 }).map(items => `[${items.join()}]`),
    fc
      .array(fc.tuple(key, tie('value')), { maxLength: 4 })
      .map(fields => `{${fields.map(([k, v]) => `${JSON.stringify(k)}:${v as string}`).join()}}`),
  ),
}))

test.each(codecs.map(codec => [codec.name, codec] as const))(
  'Known knows no infinity and no deeper nesting in a value of %s',
  (_, codec) => {
    const { isExact, maxDepth } = Exactness.of(codec)
    fc.assert(
      fc.property(value, text => {
        const u: unknown = JSON.parse(text)
        if (E.isLeft(codec.decode(u)) || !isExact(u)) return
        expect(numbersIn(u).every(Number.isFinite)).toBe(true)
        expect(depthOf(u)).toBeLessThanOrEqual(maxDepth)
      }),
      { numRuns: 2000 },
    )
  },
)

test('Known knows what a codec describes, and nothing of other keys', () => {
  const { isExact, maxDepth } = Exactness.of(
    record('Outer', { inner: nullable(Inner), list: t.array(Inner) }, { x: t.string }),
  )
  const known = { inner: { n: 1, m: null }, list: [{ n: 1, s: 'a' }, { n: 2 }] }
  expect(maxDepth).toBe(3)
  expect(isExact(known)).toBe(true)
  expect(isExact({ ...known, inner: null, x: 'a' })).toBe(true)
  expect(isExact({ ...known, y: 1 })).toBe(false)
  expect(isExact({ ...known, list: [{ n: 1, y: 1 }] })).toBe(false)
})

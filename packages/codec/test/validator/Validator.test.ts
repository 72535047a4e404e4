import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { annotate, Integer, record, Validator } from '@finetune-kit/codec'

/** Errors without the codecs, which differ between two codecs. */
const outline = (errors: t.Errors) =>
  errors.map(({ value, message, context }) => ({
    value,
    message,
    context: context.map(({ key, type, actual }) => ({ key, type: type.name, actual })),
  }))

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

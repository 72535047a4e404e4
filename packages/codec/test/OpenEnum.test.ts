import * as t from 'io-ts'
import { expect, expectTypeOf, test } from 'vitest'
import { decode, draw, Meta, OpenEnum, Shape } from '@finetune-kit/codec'

const Level = OpenEnum('Level', ['info', 'warn'])

test('OpenEnum accepts known values and others, and nothing but strings', () => {
  expect(decode(Level)('warn')).toEqual({ _tag: 'Right', right: 'warn' })
  expect(decode(Level)('debug')).toEqual({ _tag: 'Right', right: 'debug' })
  const refused = decode(Level)(1)
  expect(refused._tag === 'Left' && draw(refused.left)).toBe('expected string, found 1')
})

test('OpenEnum says what it knows, and leaves io-ts as it was', () => {
  expect(Meta.of(Level)).toEqual({ title: 'Level', known: ['info', 'warn'] })
  expect(Meta.of(t.string)).toEqual({})
  expect(Shape.fold<string>({ ...refusing, string: () => 'string' })(Level)).toBe('string')
})

test('OpenEnum is typed by its known values and any string', () => {
  expectTypeOf<t.TypeOf<typeof Level>>().toEqualTypeOf<OpenEnum<'info' | 'warn'>>()
  expectTypeOf<string>().toExtend<t.TypeOf<typeof Level>>()
})

const no = Shape.refuse('Test')
const refusing: Shape.Algebra<string> = {
  unknown: no,
  undefined: no,
  null: no,
  boolean: no,
  number: no,
  string: no,
  literal: (_, c) => no(c),
  array: (_, c) => no(c),
  tuple: (_, c) => no(c),
  record: (_d, _c, c) => no(c),
  struct: (_f, _u, c) => no(c),
  union: (_, c) => no(c),
  intersection: (_, c) => no(c),
  refine: (_i, _p, c) => no(c),
  lazy: (_, c) => no(c),
  opaque: no,
}

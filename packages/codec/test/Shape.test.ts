import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { annotate, closed, decode, draw, Integer, Meta, nullable, record, Shape } from '@finetune-kit/codec'

/** The structure of a codec as text. */
const textOf = Shape.fold<string>({
  unknown: () => 'unknown',
  undefined: () => 'undefined',
  null: () => 'null',
  boolean: () => 'boolean',
  number: () => 'number',
  string: () => 'string',
  literal: values => values.map(value => JSON.stringify(value)).join('|'),
  array: item => `${item}[]`,
  tuple: items => `[${items.join(', ')}]`,
  record: (domain, codomain) => `{ [${domain}]: ${codomain} }`,
  struct: (fields, unknownKeys) =>
    `${unknownKeys} { ${fields.map(f => `${f.key}${f.optional ? '?' : ''}: ${f.value}`).join(', ')} }`,
  union: members => `(${members.join(' | ')})`,
  intersection: members => `(${members.join(' & ')})`,
  refine: (inner, predicate) => `${inner} where ${predicate.name}`,
  lazy: (_, codec) => `lazy ${codec.name}`,
  opaque: codec => `opaque ${codec.name}`,
})

const A = t.type({ a: t.string })
const B = t.partial({ b: t.number })
const isLong = (s: string): boolean => s.length > 3
interface Tree {
  readonly left?: Tree
}
const Tree: t.Type<Tree> = t.recursion('Tree', () => t.partial({ left: Tree }))

test.each([
  [t.unknown, 'unknown'],
  [t.any, 'unknown'],
  [t.undefined, 'undefined'],
  [t.void, 'undefined'],
  [t.null, 'null'],
  [t.boolean, 'boolean'],
  [t.number, 'number'],
  [t.string, 'string'],
  [t.never, '()'],
  [t.literal('a'), '"a"'],
  [t.keyof({ a: 0, b: 0 }), '"a"|"b"'],
  [t.UnknownArray, 'unknown[]'],
  [t.array(t.string), 'string[]'],
  [t.readonlyArray(t.string), 'string[]'],
  [t.tuple([t.string, t.number]), '[string, number]'],
  [t.UnknownRecord, '{ [string]: unknown }'],
  [t.record(t.string, t.number), '{ [string]: number }'],
  [t.record(t.string, t.any), '({ [string]: unknown } | unknown[])'],
  [t.record(t.keyof({ a: 0, b: 0 }), t.number), 'strip { a: number, b: number }'],
  [t.record(t.union([t.literal('a'), t.literal('b')]), t.number), 'strip { a: number, b: number }'],
  [t.record(t.keyof(JSON.parse('{"a":0,"__proto__":0}')), t.number), 'strip { a: number }'],
  [A, 'keep { a: string }'],
  [B, 'keep { b?: number }'],
  [t.strict({ a: t.string }), 'strip { a: string }'],
  [t.exact(t.intersection([A, B])), 'strip { a: string, b?: number }'],
  [
    t.exact(
      t.refinement(A, function named() {
        return true
      }),
    ),
    'strip { a: string } where named',
  ],
  [t.readonly(A), 'keep { a: string }'],
  [t.readonly(t.array(t.string)), 'string[]'],
  [t.intersection([A, B]), 'keep { a: string, b?: number }'],
  [t.intersection([t.exact(A), t.exact(B)]), 'strip { a: string, b?: number }'],
  [t.intersection([t.exact(A), B]), 'keep { a: string, b?: number }'],
  [t.intersection([A, t.partial({ a: t.literal('x') })]), 'keep { a: (string & "x") }'],
  [t.intersection([t.type({ a: A }), t.type({ a: B })]), 'keep { a: keep { a: string, b?: number } }'],
  [t.intersection([A, t.type({ a: t.string })]), 'keep { a: string }'],
  [t.intersection([t.string, t.refinement(t.string, isLong)]), '(string & string where isLong)'],
  [t.union([t.string, t.null]), '(string | null)'],
  [
    t.union([t.type({ kind: t.literal(0) }), t.type({ kind: t.literal(1) })]),
    '(keep { kind: 0 } | keep { kind: 1 })',
  ],
  [
    t.taggedUnion('kind', [t.type({ kind: t.literal(0) }), t.type({ kind: t.literal(1) })]),
    '(keep { kind: 0 } | keep { kind: 1 })',
  ],
  [t.refinement(t.string, isLong), 'string where isLong'],
  [
    t.brand(t.string, (s): s is t.Branded<string, { readonly Long: symbol }> => s.length > 3, 'Long'),
    'string where ',
  ],
  [t.Int, 'number where '],
  [Tree, 'lazy Tree'],
  [t.bigint, 'opaque bigint'],
  [t.Function, 'opaque Function'],
  [t.string.pipe(t.string, 'Piped'), 'opaque Piped'],
  [
    record('R', { a: t.string }, { b: nullable(Integer) }),
    'keep { a: string, b?: (number where isSafeInteger | null) }',
  ],
  [t.exact(record('R', { a: t.string })), 'strip { a: string }'],
  [closed(t.type({ a: B })), 'refuse { a: refuse { b?: number } }'],
  [t.intersection([closed(A), B]), '(refuse { a: string } & keep { b?: number })'],
] as ReadonlyArray<[t.Mixed, string]>)('Shape folds case %#', (codec, text) => {
  expect(textOf(codec)).toBe(text)
  expect(textOf(annotate(codec, { title: 'a copy' }))).toBe(text)
})

const replaced = <C extends t.Any>(codec: C, methods: Partial<t.Any>): C =>
  Object.assign(Object.create(Object.getPrototypeOf(codec), Object.getOwnPropertyDescriptors(codec)), methods)

test.each([
  t.string,
  t.literal('a'),
  t.array(t.string),
  A,
  B,
  t.intersection([A, B]),
  t.union([A, B]),
  Tree,
  t.readonly(A),
  record('R', { a: t.string }),
] as ReadonlyArray<t.Mixed>)(
  'Shape takes a codec whose methods were replaced for one of unknown structure: case %#',
  codec => {
    expect(textOf(replaced(codec, {}))).not.toMatch(/^opaque/)
    expect(textOf(replaced(codec, { validate: u => t.success(u) }))).toBe(`opaque ${codec.name}`)
    expect(textOf(replaced(codec, { is: (u): u is unknown => u !== 0 }))).toBe(`opaque ${codec.name}`)
  },
)

test('Shape folds the inside of a recursive codec when asked, once', () => {
  const depth = Shape.fold<() => string>({
    ...(new Proxy({}, { get: () => () => () => 'other' }) as Shape.Algebra<() => string>),
    struct: fields => () => `{ ${fields.map(f => `${f.key}: ${f.value()}`).join()} }`,
    lazy: get => {
      let asked = 0
      return () => (asked++ === 0 ? get()() : 'again')
    },
  })
  expect(depth(Tree)()).toBe('{ left: again }')
})

test('Shape.refuse names the derivation, the codec and the remedy', () => {
  expect(() => Shape.refuse('Table')(t.bigint)).toThrow(
    'Table cannot be derived from bigint: its structure is not known. Write it with the combinators of io-ts or of ' +
      '@finetune-kit/codec, as a refinement of a codec that has a structure.',
  )
})

test('annotate makes a copy that decodes detached, and whose errors name the copy', () => {
  const copy = annotate(Integer, { description: 'how many' })
  // oxlint-disable-next-line typescript/unbound-method -- that it is bound is what is tested
  const { decode: detached } = copy
  expect(detached(1)).toEqual({ _tag: 'Right', right: 1 })
  const refused = detached('1') as { left: t.Errors }
  expect(refused.left[0]?.context[0]?.type).toBe(copy)
  expect(Meta.of(copy).description).toBe('how many')
  expect(Meta.of(copy).constraints).toEqual(Meta.of(Integer).constraints)
  expect(Meta.of(Integer).description).toBeUndefined()
  const error = decode(copy)('1')
  expect(error._tag === 'Left' && draw(error.left)).toBe('expected integer, found "1"')
})

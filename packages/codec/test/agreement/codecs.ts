import * as t from 'io-ts'
import { annotate, dictionary, Finite, Integer, JsonValue, nullable, record } from '@finetune-kit/codec'

/** A number from 0 to 1. */
export type Next = () => number

/** A random codec and a generator of its values, deterministic for the same random numbers. */
export interface Sample {
  readonly codec: t.Any
  /** A value that the codec accepts, as far as one is easily made. */
  readonly value: (next: Next) => unknown
}

export const below = (next: Next, n: number): number => Math.floor(next() * n)
export const pick = <A>(next: Next, items: ReadonlyArray<A>): A => items[below(next, items.length)] as A

const strings = ['', 'a', 'b', 'long enough', '__proto__', '\u2028', '\ud800', 'é']
const numbers = [0, -0, 1, 17, -1.5, 2 ** 53 - 1, 1e21]
export const keys = ['a', 'b', 'c', 'd', '"', '\u2028', '0', '']

/** Codecs whose io-ts tags prove nothing, and some that change values. */
const made: ReadonlyArray<Sample> = [
  {
    codec: new t.Type(
      'Upper',
      t.string.is,
      (u, c) => (typeof u === 'string' ? t.success(u.toUpperCase()) : t.failure(u, c)),
      t.identity,
    ),
    value: next => pick(next, strings),
  },
  {
    codec: new t.Type('Defaulted', t.string.is, (u, c) => t.string.validate(u ?? 'default', c), t.identity),
    value: next => pick(next, [undefined, ...strings]),
  },
  {
    codec: Object.assign(t.type({ a: t.string }), { validate: t.string.validate }),
    value: next => pick(next, [{ a: 'a' }, 'a']),
  },
  {
    codec: Object.assign(t.type({ a: t.literal('a') }), { is: () => false }),
    value: () => ({ a: 'a' }),
  },
  {
    codec: new t.Type(
      'Placed',
      t.string.is,
      (u, c) => (typeof u === 'string' && c.length > 2 ? t.success(u) : t.failure(u, c, 'misplaced')),
      t.identity,
    ),
    value: next => pick(next, strings),
  },
  { codec: t.bigint, value: () => 1n },
  { codec: t.Function, value: () => Math.sin },
  { codec: t.object, value: next => pick(next, [{}, []]) },
]

const leaves: ReadonlyArray<Sample> = [
  { codec: t.string, value: next => pick(next, strings) },
  { codec: t.number, value: next => pick(next, numbers) },
  { codec: t.boolean, value: next => next() < 0.5 },
  { codec: t.null, value: () => null },
  { codec: t.undefined, value: () => undefined },
  { codec: t.unknown, value: next => pick(next, [...strings, ...numbers, null, undefined, {}]) },
  { codec: t.any, value: next => pick(next, [...strings, []]) },
  { codec: t.void, value: () => undefined },
  { codec: t.never as never, value: () => 1 },
  { codec: t.UnknownRecord, value: () => ({}) },
  { codec: t.UnknownArray, value: () => [] },
  { codec: JsonValue, value: next => pick(next, [...strings, null, [], {}]) },
  { codec: t.Int, value: () => 3 },
  { codec: Integer, value: () => 3 },
  { codec: Finite, value: next => pick(next, numbers) },
  { codec: annotate(t.string, { title: 'text' }), value: next => pick(next, strings) },
  { codec: t.keyof({ a: null, toString: null }), value: next => pick(next, ['a', 'toString']) },
]

export const sampleOf = (next: Next, depth: number): Sample => {
  if (depth === 0 || next() < 0.15) return next() < 0.15 ? pick(next, made) : leafOf(next)
  return pick(next, combinators)(next, depth - 1)
}

const leafOf = (next: Next): Sample => {
  if (next() < 0.75) return pick(next, leaves)
  const value = pick<string | number | boolean>(next, [...strings, ...numbers, true, false])
  return { codec: t.literal(value), value: () => value }
}

type Fields = Readonly<Record<string, Sample>>

const fieldsOf = (next: Next, depth: number): Fields =>
  Object.fromEntries(Array.from({ length: below(next, 4) }, () => [pick(next, keys), sampleOf(next, depth)]))

const propsOf = (fields: Fields): t.Props =>
  Object.fromEntries(Object.entries(fields).map(([key, sample]) => [key, sample.codec]))

const objectOf = (fields: Fields, next: Next, mayLack = false): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([key, sample]) =>
      mayLack && next() < 0.4 ? [] : [[key, sample.value(next)]],
    ),
  )

const type = (next: Next, depth: number): Sample => {
  const fields = fieldsOf(next, depth)
  return { codec: t.type(propsOf(fields)), value: next => objectOf(fields, next) }
}

const partial = (next: Next, depth: number): Sample => {
  const fields = fieldsOf(next, depth)
  return { codec: t.partial(propsOf(fields)), value: next => objectOf(fields, next, true) }
}

const ours = (next: Next, depth: number): Sample => {
  const required = fieldsOf(next, depth)
  const optional = Object.fromEntries(
    Object.entries(fieldsOf(next, depth)).filter(([key]) => !(key in required)),
  )
  const codec = record('R', propsOf(required), propsOf(optional))
  return {
    codec: next() < 0.3 ? annotate(codec, { title: 'copy' }) : codec,
    value: next => ({ ...objectOf(required, next), ...objectOf(optional, next, true) }),
  }
}

const both = (a: Sample, b: Sample): Sample => ({
  codec: t.intersection([a.codec, b.codec]),
  value: next => {
    const [x, y] = [a.value(next), b.value(next)]
    return typeof x === 'object' && typeof y === 'object' ? { ...x, ...y } : x
  },
})

const struct = (next: Next, depth: number): Sample => pick(next, [type, partial, ours])(next, depth)

const tagged = (next: Next, depth: number): Sample => {
  const members = ['a', 'b', 3].slice(0, 2 + below(next, 2)).map((tag): Sample => {
    const fields = { tag: { codec: t.literal(tag), value: () => tag }, ...fieldsOf(next, depth) }
    const props = propsOf(fields)
    const codec = pick(next, [t.type, t.strict, (p: t.Props) => record('T', p)])(props as never) as t.Any
    return { codec, value: next => objectOf(fields, next) }
  })
  return unionOf(members)
}

const unionOf = (members: ReadonlyArray<Sample>): Sample => ({
  codec: t.union(members.map(member => member.codec) as [t.Any, t.Any]) as t.Any,
  value: next => pick(next, members).value(next),
})

const recursive = (next: Next, depth: number): Sample => {
  const inner = sampleOf(next, depth)
  const build = pick(next, [
    (self: t.Any): t.Any => record('Node', { in: inner.codec }, { next: self }),
    (self: t.Any): t.Any => t.type({ in: inner.codec, next: t.union([self, t.null, t.undefined]) }),
    (self: t.Any): t.Any =>
      t.intersection([t.type({ in: inner.codec }), t.partial({ next: nullable(self) })]),
  ])
  const value = (next: Next): unknown =>
    next() < 0.5 ? { in: inner.value(next), next: undefined } : { in: inner.value(next), next: value(next) }
  // oxlint-disable-next-line no-explicit-any -- the type of a random codec
  return { codec: t.recursion<any>('Node', self => build(self)), value }
}

/** True for most values. */
const odd = (u: unknown): boolean => JSON.stringify(u)?.length !== 7

const combinators: ReadonlyArray<(next: Next, depth: number) => Sample> = [
  type,
  type,
  partial,
  ours,
  ours,
  tagged,
  recursive,
  (next, depth) => both(struct(next, depth), struct(next, depth)),
  (next, depth) => both(sampleOf(next, depth), sampleOf(next, depth)),
  (next, depth) => unionOf([sampleOf(next, depth), sampleOf(next, depth)]),
  (next, depth) => unionOf([struct(next, depth), struct(next, depth), sampleOf(next, depth)]),
  (next, depth) => {
    const { codec, value } = pick(next, [type, partial])(next, depth)
    return { codec: t.exact(codec as t.HasProps), value }
  },
  (next, depth) => {
    const { codec, value } = sampleOf(next, depth)
    return { codec: nullable(codec), value: next => (next() < 0.3 ? null : value(next)) }
  },
  (next, depth) => {
    const { codec, value } = sampleOf(next, depth)
    const list = pick(next, [t.array, t.readonlyArray])
    return { codec: list(codec), value: next => Array.from({ length: below(next, 4) }, () => value(next)) }
  },
  (next, depth) => {
    const items = [sampleOf(next, depth), sampleOf(next, depth)] as const
    return {
      codec: t.tuple([items[0].codec, items[1].codec]),
      value: next => items.map(item => item.value(next)),
    }
  },
  (next, depth) => {
    const { codec, value } = sampleOf(next, depth)
    if (next() < 0.3) return { codec: dictionary(codec), value: next => ({ a: value(next), b: value(next) }) }
    const domain = pick<t.Any>(next, [
      t.string,
      t.keyof({ a: 0, b: 0 }),
      t.refinement(t.string, s => s.length < 2),
    ])
    return { codec: t.record(domain, codec), value: next => ({ a: value(next), b: value(next) }) }
  },
  (next, depth) => {
    const { codec, value } = sampleOf(next, depth)
    return {
      codec: pick(next, [t.refinement(codec, odd), t.brand(codec, odd as never, 'odd' as never) as t.Any]),
      value,
    }
  },
  (next, depth) => {
    const { codec, value } = sampleOf(next, depth)
    return { codec: t.readonly(codec), value }
  },
]

import * as fc from 'fast-check'

/** Texts and keys that have broken a diff before. */
export const awkward = fc.constantFrom(
  '',
  'a',
  'b',
  '0',
  '-',
  '~1/',
  '__proto__',
  'constructor',
  'toString',
  '\r\n',
  '\ud800',
)

/** A short list with duplicates, or a long one. */
export const listOf = <A>(item: fc.Arbitrary<A>): fc.Arbitrary<Array<A>> =>
  fc.oneof(fc.array(item, { maxLength: 6 }), fc.array(item, { maxLength: 30, size: 'max' }))

/** A dictionary with an own key named `__proto__`, if it is to have one. */
const own = (dictionary: object): unknown => Object.fromEntries(Object.entries(dictionary))

/** Any JSON value, with few distinct parts, so that two of them have much in common. */
export const json: fc.Arbitrary<unknown> = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'json' },
    fc.constantFrom(null, true, false, 0, -0, 1, 1.5, 2 ** 53 - 1),
    awkward,
    fc.array(tie('value'), { maxLength: 6, depthIdentifier: 'json' }),
    fc
      .dictionary(awkward, tie('value'), { maxKeys: 5, depthIdentifier: 'json', noNullPrototype: true })
      .map(own),
  ),
})).value

/** A value, and one made from it by some edits of its lists and keys. */
export const edited = <A>(values: fc.Arbitrary<A>): fc.Arbitrary<readonly [A, A]> =>
  fc
    .tuple(values, fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { minLength: 1, maxLength: 6 }))
    .map(([a, edits]) => [a, edits.reduce<A>((b, edit) => editOnce(b, edit), structuredClone(a))] as const)

const editOnce = <A>(value: A, [where, which, what]: readonly [number, number, number]): A => {
  const lists = listsIn(value)
  const list = lists[where % Math.max(lists.length, 1)]
  if (list === undefined || list.length === 0) return value
  const i = which % list.length
  const [item] = list.slice(i)
  if (what % 4 === 0) list.splice(i, 1)
  else if (what % 4 === 1) list.splice(what % (list.length + 1), 0, structuredClone(item))
  else if (what % 4 === 2) list.splice(what % Math.max(list.length, 1), 0, ...list.splice(i, 1))
  else list.reverse()
  return value
}

const listsIn = (value: unknown): ReadonlyArray<Array<unknown>> =>
  typeof value !== 'object' || value === null
    ? []
    : [...(Array.isArray(value) ? [value] : []), ...Object.values(value).flatMap(listsIn)]

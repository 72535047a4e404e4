import * as fc from 'fast-check'
import type { Algebra } from '../Algebra.ts'
import { json, keys, type Options } from './edgeCases.ts'
import { algebra as sources, extras, maxFuel, type ValueSource, withSameIdentity } from './ValueSource.ts'

/** A source that also edits a value of its codec into another one. */
export interface Mutator extends ValueSource {
  readonly edit: (a: unknown) => fc.Arbitrary<unknown>
}

/** Edits the values of a codec: a field, list items, optional and unknown keys, key order. */
export const algebra = (options: Options): Algebra<Mutator> => {
  const source = sources(options)
  return {
    unknown: codec => another(source.unknown(codec)),
    undefined: codec => another(source.undefined(codec)),
    null: codec => another(source.null(codec)),
    boolean: codec => another(source.boolean(codec)),
    number: codec => another(source.number(codec)),
    string: codec => another(source.string(codec)),
    literal: (values, codec) => another(source.literal(values, codec)),
    array: (item, codec) => ({
      ...source.array(item, codec),
      edit: a => editItems(item, a as ReadonlyArray<unknown>),
    }),
    tuple: (items, codec) => ({
      ...source.tuple(items, codec),
      edit: a =>
        oneOf(
          a,
          items.map((item, i) =>
            item.edit((a as Array<unknown>)[i]).map(v => (a as Array<unknown>).with(i, v)),
          ),
        ),
    }),
    record: (domain, codomain, codec) => {
      const made = source.record(domain, codomain, codec)
      return {
        ...made,
        edit: a =>
          oneOf(a, [
            ...Object.entries(a as object).map(([key, v]) => codomain.edit(v).map(w => set(a, key, w))),
            ...Object.keys(a as object).map(key => fc.constant(remove(a, key))),
            fresh(made, a).map(more =>
              Object.fromEntries([a, more].flatMap(o => Object.entries(o as object))),
            ),
          ]),
      }
    },
    struct: structMutator(options, source.struct),
    union: (members, codec) => {
      const made = source.union(members, codec)
      return {
        ...made,
        edit: a =>
          oneOf(a, [...members.filter(member => member.is(a)).map(member => member.edit(a)), fresh(made, a)]),
      }
    },
    intersection: (members, codec) => {
      const made = source.intersection(members, codec)
      return {
        ...made,
        edit: a =>
          oneOf(
            a,
            members.map(member => member.edit(a)),
          ).map(b => (made.is(b) ? b : a)),
      }
    },
    refine: (inner, predicate, codec) => {
      const made = source.refine(inner, predicate, codec)
      return { ...made, edit: a => oneOf(a, [inner.edit(a), fresh(made, a)]).map(b => (made.is(b) ? b : a)) }
    },
    lazy: (get, codec) => ({ ...source.lazy(get, codec), edit: a => get().edit(a) }),
    opaque: source.opaque as Algebra<Mutator>['opaque'],
  }
}

/** Edits a field, removes an optional or unknown key, adds unknown keys, or reverses the key order. */
const structMutator = (
  options: Options,
  sourceOf: Algebra<ValueSource>['struct'],
): Algebra<Mutator>['struct'] => {
  const others = extras([], keys(options), json(options, 2)).filter(entries => entries.length > 0)
  return (fields, unknownKeys, codec) => {
    const made = sourceOf(fields, unknownKeys, codec)
    const names = new Set(fields.map(field => field.key))
    const more = unknownKeys === 'keep' && options.unknownKeys !== false
    return {
      ...made,
      edit: a =>
        oneOf(a, [
          ...fields.flatMap(({ key, optional, value }) => [
            (Object.hasOwn(a as object, key) ? value.edit((a as Fields)[key]) : fresh(value, undefined)).map(
              v => (optional && v === undefined ? remove(a, key) : set(a, key, v)),
            ),
            ...(optional ? [fc.constant(remove(a, key))] : []),
          ]),
          ...Object.keys(a as object)
            .filter(key => !names.has(key))
            .map(key => fc.constant(remove(a, key))),
          ...(more
            ? [others.map(entries => entries.reduce((b, [k, v]) => (names.has(k) ? b : set(b, k, v)), a))]
            : []),
          fc.constant(Object.fromEntries(Object.entries(a as object).toReversed())),
        ]).map(b => (made.is(b) ? b : a)),
    }
  }
}

const another = (made: ValueSource): Mutator => ({ ...made, edit: a => fresh(made, a) })

type Fields = Record<string, unknown>

/** Another value; `a` itself where there is none. */
const fresh = (source: ValueSource, a: unknown): fc.Arbitrary<unknown> =>
  source.make(maxFuel) ?? fc.constant(a)

const oneOf = (a: unknown, edits: ReadonlyArray<fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
  edits.length === 0 ? fc.constant(a) : fc.oneof(...edits)

const set = (a: unknown, key: string, value: unknown): unknown =>
  Object.fromEntries([...Object.entries(a as object), [key, value]])

const remove = (a: unknown, key: string): unknown =>
  Object.fromEntries(Object.entries(a as object).filter(([k]) => k !== key))

/** Changes, appends, inserts, deletes, moves, repeats and reorders items. */
const editItems = (item: Mutator, a: ReadonlyArray<unknown>): fc.Arbitrary<unknown> => {
  const made = item.make(maxFuel)
  const at = fc.nat({ max: Math.max(0, a.length - 1) })
  const insert =
    made === undefined
      ? []
      : [
          made.map(v => [...a, v]),
          fc.tuple(made, fc.nat({ max: a.length })).map(([v, i]) => a.toSpliced(i, 0, v)),
        ]
  if (a.length === 0) return oneOf(a, insert)
  return fc.oneof(
    ...insert,
    at.chain(i => item.edit(a[i]).map(v => a.with(i, v))),
    at.map(i => a.toSpliced(i, 1)),
    fc.tuple(at, at).map(([i, j]) => a.toSpliced(i, 1).toSpliced(j, 0, a[i])),
    fc
      .tuple(at, fc.nat({ max: a.length }), fc.option(made ?? fc.constant(null)))
      .map(([i, j, other]) => a.toSpliced(j, 0, withSameIdentity(item, a[i], other)))
      .map(b => (b.every(item.is) ? b : a)),
    fc.shuffledSubarray([...a], { minLength: a.length }),
    fc.constant([]),
  )
}

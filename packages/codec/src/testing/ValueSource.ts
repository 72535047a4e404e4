import * as fc from 'fast-check'
import type * as t from 'io-ts'
import { isObject } from '../internal/objects.ts'
import type { Algebra, Field } from '../Algebra.ts'
import { meetConstraints } from '../internal/meetConstraints.ts'
import { refusesInherited } from '../internal/refusesInherited.ts'
import * as Meta from '../Meta.ts'
import * as Shape from '../Shape.ts'
import { json, keys, numbers, type Options, strings } from './edgeCases.ts'
import { limitMisses, tooNarrow } from './limitMisses.ts'

/** A source of the values of a codec. */
export interface ValueSource {
  /** True if a value is one of the codec's. */
  readonly is: (u: unknown) => boolean
  /**
   * Values that pass through at most `fuel` nested recursive codecs; `undefined` when there are
   * none.
   */
  readonly make: (fuel: number) => fc.Arbitrary<unknown> | undefined
  /** Generates values that meet the constraints of a named codec: refinements need not search. */
  readonly meet?: (constraints: Meta.Constraints, name: string) => fc.Arbitrary<unknown>
  readonly constraints?: Meta.Constraints
  readonly identity?: Meta.Identity
}

/** The deepest nesting of a recursive codec's values. */
export const maxFuel = 4

/** Generates the values of a codec. */
export const algebra = (options: Options): Algebra<ValueSource> => {
  const any = json(options)
  return {
    unknown: codec => values(codec, any),
    undefined: codec => values(codec, fc.constant(undefined)),
    null: codec => values(codec, fc.constant(null)),
    boolean: codec => values(codec, fc.boolean()),
    number: codec => ({ ...values(codec, numbers(options)), meet: c => numbers(options, c) }),
    string: codec => {
      const { known = [] } = Meta.of(codec)
      const text = strings(options)
      const arbitrary =
        known.length === 0
          ? text
          : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: text })
      return { ...values(codec, arbitrary), meet: (c, name) => strings(options, c, name) }
    },
    literal: (all, codec) => ({
      is: codec.is,
      make: () => (all.length === 0 ? undefined : fc.constantFrom(...all)),
    }),
    array: (item, codec) => ({ is: codec.is, make: fuel => lists(item, item.make(fuel)) }),
    tuple: (items, codec) => ({
      is: codec.is,
      make: fuel => {
        const made = all(items.map(item => item.make(fuel)))
        return made && fc.tuple(...made)
      },
    }),
    record: (domain, codomain, codec) => ({
      is: codec.is,
      make: fuel => {
        const key = domain.make(fuel)
        const value = codomain.make(fuel)
        if (key === undefined || value === undefined) return fc.constant({})
        return fc.array(fc.tuple(key, value), { maxLength: 5 }).map(entries => Object.fromEntries(entries))
      },
    }),
    struct: structSource(options),
    union: members => ({
      is: u => members.some(member => member.is(u)),
      make: fuel => {
        const made = members.map(member => member.make(fuel)).filter(arbitrary => arbitrary !== undefined)
        return made.length === 0 ? undefined : fc.oneof(...made)
      },
    }),
    intersection: (members, codec) => {
      const is = (u: unknown) => members.every(member => member.is(u))
      return {
        is,
        make: fuel => {
          const made = all(members.map(member => member.make(fuel)))
          return made && search(codec.name, is, fc.oneof(fc.tuple(...made).map(merge), ...made))
        },
      }
    },
    refine: (inner, _predicate, codec) => {
      const constraints = meetConstraints(inner.constraints ?? {}, Meta.of(codec).constraints ?? {})
      const { meet } = inner
      const met = meet && Object.keys(constraints).length > 0 ? meet(constraints, codec.name) : undefined
      return {
        ...inner,
        ...identityOf(codec),
        constraints,
        is: codec.is,
        make: fuel => search(codec.name, codec.is, met ?? inner.make(fuel)),
      }
    },
    lazy: (get, codec) => {
      const made = new Map<number, ReturnType<ValueSource['make']>>()
      return {
        ...identityOf(codec),
        is: codec.is,
        make: fuel => {
          if (fuel > 0 && !made.has(fuel)) made.set(fuel, get().make(fuel - 1))
          return made.get(fuel)
        },
      }
    },
    opaque: Shape.refuse('Arbitrary'),
  }
}

/** Records with keys in any order, and unknown keys where they are kept. */
const structSource = (options: Options): Algebra<ValueSource>['struct'] => {
  const extra = json(options, 2)
  const key = keys(options)
  return (fields, unknownKeys, codec) => ({
    ...identityOf(codec),
    is: codec.is,
    make: fuel => {
      const named = all(fields.map(field => entryOf(field, fuel)))
      const others =
        unknownKeys !== 'keep' || options.unknownKeys === false ? fc.constant([]) : extras(fields, key, extra)
      return (
        named &&
        fc
          .tuple(fc.tuple(...named), others, fc.constantFrom(...orders))
          .map(([named, others, order]) => Object.fromEntries(order([...named.flat(), ...others])))
      )
    },
  })
}

const values = (codec: t.Any, arbitrary: fc.Arbitrary<unknown>): ValueSource => ({
  is: codec.is,
  make: () => arbitrary,
})

/** Keeps the values that a guard accepts, and throws after too many others in a row. */
const search = (name: string, is: (u: unknown) => boolean, made: fc.Arbitrary<unknown> | undefined) =>
  made?.filter(limitMisses(is, tooNarrow(name)))

type Entry = readonly [key: string, value: unknown]

const identityOf = (codec: t.Any): Pick<ValueSource, 'identity'> => {
  const { identity } = Meta.of(codec)
  return identity === undefined ? {} : { identity }
}

const all = <A>(parts: ReadonlyArray<A | undefined>): Array<A> | undefined =>
  parts.every(part => part !== undefined) ? [...parts] : undefined

/**
 * A key and its value, or nothing where the key may be absent. An optional key with an undefined
 * value is absent.
 */
const entryOf = ({ key, optional, value }: Field<ValueSource>, fuel: number) => {
  const made = value.make(fuel)
  // absent, it would be the value that every object inherits
  if (optional && refusesInherited(key, value.is))
    return search(key, v => v !== undefined, made)?.map((v): ReadonlyArray<Entry> => [[key, v]])
  const entries = made?.map((v): ReadonlyArray<Entry> => (optional && v === undefined ? [] : [[key, v]]))
  return optional ? fc.oneof(fc.constant([]), ...(entries === undefined ? [] : [entries])) : entries
}

/** Entries with keys that a struct does not name. */
export const extras = (
  fields: ReadonlyArray<Field<unknown>>,
  key: fc.Arbitrary<string>,
  value: fc.Arbitrary<unknown>,
): fc.Arbitrary<ReadonlyArray<Entry>> => {
  const names = new Set(fields.map(field => field.key))
  return fc.array(
    fc.tuple(key, value).filter(([name]) => !names.has(name)),
    { maxLength: 2 },
  )
}

/** Three key orders that the services use; nothing may depend on them. */
const orders = [
  (entries: ReadonlyArray<Entry>) => entries,
  (entries: ReadonlyArray<Entry>) => entries.toReversed(),
  (entries: ReadonlyArray<Entry>) => entries.toSorted(([a], [b]) => (a < b ? -1 : 1)),
]

/** Lists with equal items, and with different items of the same identity. */
const lists = (item: ValueSource, made: fc.Arbitrary<unknown> | undefined): fc.Arbitrary<Array<unknown>> =>
  made === undefined
    ? fc.constant([])
    : fc
        .tuple(
          fc.array(made, { maxLength: 5 }),
          fc.array(fc.tuple(fc.nat(), fc.nat(), fc.option(made)), { maxLength: 2 }),
        )
        .map(([items, doubles]) =>
          doubles.reduce<Array<unknown>>((list, [from, to, other]) => {
            const double = list.length === 0 ? other : withSameIdentity(item, list[from % list.length], other)
            return item.is(double) ? list.toSpliced(to % (list.length + 1), 0, double) : list
          }, items),
        )

/** Returns `item` again, or, where items have an identifying key, `other` under that key. */
export const withSameIdentity = ({ identity }: ValueSource, item: unknown, other: unknown): unknown =>
  isObject(item) && isObject(other) && identity !== undefined && identity !== 'value'
    ? { ...other, [identity.key]: item[identity.key] }
    : item

const merge = (parts: ReadonlyArray<unknown>): unknown =>
  parts.every(isObject) ? Object.fromEntries(parts.flatMap(part => Object.entries(part))) : parts[0]

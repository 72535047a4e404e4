import * as t from 'io-ts'
import type { Algebra, Field, UnknownKeys } from './Algebra.ts'
import { describedBy } from './internal/declaredStructure.ts'
import { once } from './internal/once.ts'
import { hasStockMethods, isTrusted, sameSource } from './internal/stock.ts'
import { nullable } from './nullable.ts'

export { type Algebra, type Field, refuse, type UnknownKeys } from './Algebra.ts'

/** Folds the structure of a codec bottom-up: the only way that derivations read it. */
export const fold =
  <R>(algebra: Algebra<R>) =>
  (codec: t.Any): R => {
    const seen = new Map<t.Any, R>()
    const go = (c: t.Any): R => {
      const known = seen.get(c)
      if (known !== undefined) return known
      const r = cases(c as Stock, algebra, go)
      seen.set(c, r)
      return r
    }
    return go(codec)
  }

const cases = <R>(c: Stock, on: Algebra<R>, go: (c: t.Any) => R): R => {
  if (!isStock(c)) return on.opaque(c)
  const described = describedBy(c)
  if (described !== undefined)
    return on.struct(
      described.fields.map(f => ({ ...f, value: go(f.value) })),
      described.unknownKeys,
      c,
    )
  switch (c._tag) {
    case 'UnknownType':
    case 'AnyType':
      return on.unknown(c)
    case 'UndefinedType':
    case 'VoidType':
      return on.undefined(c)
    case 'NullType':
      return on.null(c)
    case 'BooleanType':
      return on.boolean(c)
    case 'NumberType':
      return on.number(c)
    case 'StringType':
      return on.string(c)
    case 'NeverType':
      return on.union([], c)
    case 'LiteralType':
      return on.literal([c.value], c)
    case 'KeyofType':
      return on.literal(Object.keys(c.keys), c)
    case 'AnyArrayType':
      return on.array(go(t.unknown), c)
    case 'ArrayType':
    case 'ReadonlyArrayType':
      return on.array(go(c.type), c)
    case 'TupleType':
      return on.tuple(c.types.map(go), c)
    case 'AnyDictionaryType':
      return on.record(go(t.string), go(t.unknown), c)
    case 'UnionType':
      return on.union(c.types.map(go), c)
    case 'ReadonlyType':
      return go(c.type)
    case 'RefinementType':
      return on.refine(go(c.type), c.predicate as (a: never) => boolean, c)
    case 'RecursiveType':
      return on.lazy(() => go(c.type), c)
    case 'DictionaryType':
    case 'InterfaceType':
    case 'PartialType':
    case 'IntersectionType':
    case 'ExactType': {
      const struct = structOf(c)
      if (struct !== undefined)
        return on.struct(
          struct.fields.map(f => ({ ...f, value: go(allOf(f.value)) })),
          struct.unknownKeys,
          c,
        )
      if (c._tag === 'IntersectionType') return on.intersection(c.types.map(go), c)
      if (c._tag === 'ExactType' && c.type instanceof t.RefinementType)
        return on.refine(go(t.exact(c.type.type)), c.type.predicate as (a: never) => boolean, c)
      return c._tag === 'DictionaryType' ? dictionary(c, on, go) : on.opaque(c)
    }
    default:
      return on.opaque(c satisfies never)
  }
}

/** io-ts lets a dictionary of `any` be a list as well. */
const dictionary = <R>(c: t.DictionaryType<t.Any, t.Any>, on: Algebra<R>, go: (c: t.Any) => R): R => {
  const record = on.record(go(c.domain), go(c.codomain), c)
  return c.codomain instanceof t.AnyType ? on.union([record, on.array(go(t.unknown), c)], c) : record
}

/** A field that several members of an intersection name has several codecs. */
const allOf = (codecs: ReadonlyArray<t.Any>): t.Any => {
  const [one, two, ...others] = new Set(codecs)
  return two === undefined ? (one as t.Any) : t.intersection([one as t.Any, two, ...others] as [t.Any, t.Any])
}

interface Struct {
  readonly fields: ReadonlyArray<Field<ReadonlyArray<t.Any>>>
  readonly unknownKeys: UnknownKeys
}

const structOf = (c: t.Any): Struct | undefined => {
  const s = c as Stock
  // a member with its own validation does not merge into one object with the others
  if (!isStock(s) || describedBy(s) !== undefined) return undefined
  switch (s._tag) {
    case 'InterfaceType':
      return { fields: fieldsOf(s.props, false), unknownKeys: 'keep' }
    case 'PartialType':
      return { fields: fieldsOf(s.props, true), unknownKeys: 'keep' }
    case 'ReadonlyType':
      return structOf(s.type)
    case 'ExactType': {
      const inner = structOf(s.type)
      return inner && { ...inner, unknownKeys: 'strip' }
    }
    case 'DictionaryType': {
      const keys = namedKeys(s.domain as Stock)
      return (
        keys && {
          fields: fieldsOf(Object.fromEntries(keys.map(k => [k, s.codomain])), false),
          unknownKeys: 'strip',
        }
      )
    }
    case 'IntersectionType': {
      const members = s.types.map(structOf)
      if (members.length === 0 || !members.every(m => m !== undefined)) return undefined
      // a stripping member still sees the keys that another member keeps: the merge has both
      const unknownKeys = members.every(m => m.unknownKeys === 'strip') ? 'strip' : 'keep'
      return { fields: joinFields(members.flatMap(m => m.fields)), unknownKeys }
    }
    default:
      return undefined
  }
}

const fieldsOf = (props: t.Props, optional: boolean): Struct['fields'] =>
  Object.entries(props).map(([key, codec]) => ({ key, optional, value: [codec] }))

const joinFields = (fields: Struct['fields']): Struct['fields'] => {
  const joined = new Map<string, Field<ReadonlyArray<t.Any>>>()
  for (const f of fields) {
    const before = joined.get(f.key)
    joined.set(
      f.key,
      before === undefined
        ? f
        : { key: f.key, optional: before.optional && f.optional, value: [...before.value, ...f.value] },
    )
  }
  return [...joined.values()]
}

/**
 * The keys of a dictionary whose domain is a literal, a `keyof` or a union of them: io-ts requires
 * each.
 */
const namedKeys = (domain: Stock): ReadonlyArray<string> | undefined => {
  if (domain._tag === 'LiteralType')
    return typeof domain.value === 'string' ? [domain.value].filter(isSettable) : undefined
  if (domain._tag === 'KeyofType') return Object.keys(domain.keys).filter(isSettable)
  if (domain._tag !== 'UnionType') return undefined
  const keys = domain.types.map(d => namedKeys(d as Stock))
  return keys.every(k => k !== undefined) ? [...new Set(keys.flat())] : undefined
}

/** False for the one name that an assignment loses. */
const isSettable = (key: string): boolean => key !== '__proto__'

/** The io-ts classes that have a case; every other codec is opaque. */
type Stock =
  | t.UnknownType
  | t.AnyType
  | t.UndefinedType
  | t.VoidType
  | t.NullType
  | t.BooleanType
  | t.NumberType
  | t.StringType
  // io-ts's `NeverType` is not assignable to its own `Any`
  | (t.Any & { readonly _tag: 'NeverType' })
  | t.LiteralType<string | number | boolean>
  | t.KeyofType<Record<string, unknown>>
  | t.AnyArrayType
  | t.ArrayType<t.Any>
  | t.ReadonlyArrayType<t.Any>
  | t.TupleType<Array<t.Any>>
  | t.AnyDictionaryType
  | t.DictionaryType<t.Any, t.Any>
  | t.UnionType<Array<t.Any>>
  | t.IntersectionType<Array<t.Any>>
  | t.ReadonlyType<t.Any>
  | t.RefinementType<t.Any>
  | t.RecursiveType<t.Any>
  | t.InterfaceType<t.Props>
  | t.PartialType<t.Props>
  | t.ExactType<t.Any>

/** A codec of each class as its constructor makes it, for comparing methods. */
const exemplars = once((): { readonly [Tag in Stock['_tag']]: ReadonlyArray<t.Any> } => ({
  UnknownType: [t.unknown],
  AnyType: [t.any],
  UndefinedType: [t.undefined],
  VoidType: [t.void],
  NullType: [t.null],
  BooleanType: [t.boolean],
  NumberType: [t.number],
  StringType: [t.string],
  NeverType: [t.never as never],
  LiteralType: [t.literal(0)],
  KeyofType: [t.keyof({}) as never],
  AnyArrayType: [t.UnknownArray],
  ArrayType: [t.array(t.unknown)],
  ReadonlyArrayType: [t.readonlyArray(t.unknown)],
  TupleType: [t.tuple([t.unknown])],
  AnyDictionaryType: [t.UnknownRecord],
  DictionaryType: [t.record(t.string, t.unknown), t.record(t.literal('a'), t.unknown)],
  UnionType: [
    t.union([t.null, t.undefined]),
    nullable(t.unknown),
    t.union([t.type({ tag: t.literal(0) }), t.type({ tag: t.literal(1) })]),
  ],
  IntersectionType: [t.intersection([t.unknown, t.unknown])],
  ReadonlyType: [],
  RefinementType: [t.refinement(t.unknown, () => true)],
  RecursiveType: [t.recursion('', () => t.unknown)],
  InterfaceType: [t.type({})],
  PartialType: [t.partial({})],
  ExactType: [t.exact(t.type({}))],
}))

const isStock = (c: Stock): boolean => {
  if (isTrusted(c)) return true
  // these two guard exactly as the inner codec does
  if (c._tag === 'ReadonlyType') return c.validate === c.type.validate && c.is === c.type.is
  const known = exemplars()
  if (c._tag === 'ExactType')
    return sameSource(c.validate, known.ExactType[0]?.validate) && c.is === c.type.is
  return Object.hasOwn(known, c._tag) && known[c._tag].some(exemplar => hasStockMethods(c, exemplar))
}

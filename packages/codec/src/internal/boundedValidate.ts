import * as t from 'io-ts'
import { errorCollector, type ErrorCollector } from './errorCollector.ts'
import * as E from '#fp-ts/Either'
import { isTrusted, sameSource } from './stock.ts'
import { withMethods } from './withMethods.ts'

type Validate = t.Validate<unknown, unknown>

/** The bounded `validate` of a member: its own, but for the errors beyond the limit. */
export type Bound = (member: t.Any) => Validate

/**
 * The `validate` of a combinator, with members that stop collecting errors at the limit. Made by
 * io-ts from copies of the members, so that its results stay the same. A codec with its own
 * `validate` keeps it.
 */
export const boundedValidate = (c: t.Any, bound: Bound): Validate => {
  if (isTrusted(c)) return c.validate
  const member = (inner: t.Any): t.Any => copyOf(inner, bound(inner))
  if (c instanceof t.TaggedUnionType) return tagged(c, t.union(many(c.types, member), c.name))
  if (c instanceof t.UnionType) return firstOf(c.types, bound)
  if (c instanceof t.IntersectionType)
    return c.types.length === 0 ? c.validate : t.intersection(many(c.types, member), c.name).validate
  if (c instanceof t.TupleType) return t.tuple(many(c.types, member), c.name).validate
  if (c instanceof t.RefinementType) return t.refinement(member(c.type), c.predicate, c.name).validate
  if (c instanceof t.ExactType) return t.exact(member(c.type) as t.HasProps, c.name).validate
  if (c instanceof t.RecursiveType) return bound(c.type)
  return c instanceof t.DictionaryType ? dictionary(c, bound) : c.validate
}

const many = (members: ReadonlyArray<t.Any>, copy: (member: t.Any) => t.Any) =>
  members.map(copy) as [t.Any, t.Any]

/** A copy of a codec with another `validate`; contexts keep the codec itself. */
const copyOf = (codec: t.Any, validate: Validate): t.Any => {
  if (validate === codec.validate) return codec
  const copy: t.Any = withMethods(codec, {
    validate: (u: unknown, c: t.Context) => {
      const last = c.at(-1)
      return validate(u, last?.type === copy ? [...c.slice(0, -1), { ...last, type: codec }] : c)
    },
  })
  return copy
}

/** io-ts finds other tags once the definition of a recursive codec is complete. */
const tagged = (c: t.TaggedUnionType<string, Array<t.Any>>, copy: t.Any): Validate =>
  copy instanceof t.TaggedUnionType && copy.tag === c.tag && sameSource(copy.validate, c.validate)
    ? copy.validate
    : c.validate

/** The loop of io-ts's `union` without a tag. */
const firstOf = (members: ReadonlyArray<t.Any>, bound: Bound): Validate => {
  const all = members.map((codec, i) => ({ codec, key: String(i), validate: bound(codec) }))
  return (u, c) => {
    const errors: t.Errors = []
    for (const { codec, key, validate } of all) {
      const result = validate(u, t.appendContext(c, key, codec, u))
      if (E.isRight(result)) return result
      for (const error of result.left) errors.push(error)
    }
    return t.failures(errors)
  }
}

/** Once the collector is full, everything else is accepted unseen: the result is a failure anyway. */
const dictionary = (c: t.DictionaryType<t.Any, t.Any>, bound: Bound): Validate => {
  let collector: ErrorCollector | undefined
  const limited = (inner: t.Any): t.Any => {
    const validate = bound(inner)
    return copyOf(inner, (u, context) => {
      if (collector?.isFull() === true) return t.success(u)
      const result = validate(u, context)
      if (E.isLeft(result)) collector?.add(result.left)
      return result
    })
  }
  const copy: t.Any = t.record(limited(c.domain), limited(c.codomain), c.name)
  return (u, context) => {
    const outer = collector
    collector = errorCollector(context)
    try {
      return copy.validate(u, context) as t.Validation<unknown>
    } finally {
      collector = outer
    }
  }
}

import * as t from 'io-ts'
import type { Field } from '../Algebra.ts'
import { dictionary } from '../dictionary.ts'
import { annotate, of as metaOf } from '../Meta.ts'
import { record } from '../record.ts'
import * as Shape from '../Shape.ts'

/**
 * The codec with each object codec in it remade by `struct` from a `record` of its fields. Names
 * and facts are kept; parts without an object codec stay the same reference.
 *
 * @throws at load, for intersections that are not simply one object
 */
export const mapStructs = (
  derivation: string,
  struct: (inner: t.Any, fields: ReadonlyArray<Field<t.Any>>) => t.Any,
): ((codec: t.Any) => t.Any) =>
  Shape.fold<t.Any>({
    unknown: same,
    undefined: same,
    null: same,
    boolean: same,
    number: same,
    string: same,
    literal: (_, c) => c,
    array: (item, c) => (c instanceof t.AnyArrayType ? c : like(c, t.array(item, c.name))),
    tuple: (items, c) => like(c, t.tuple(items as [t.Any], c.name)),
    record: (domain, codomain, c) => {
      if (c instanceof t.AnyDictionaryType) return c
      return like(c, domain === t.string ? dictionary(codomain, c.name) : t.record(domain, codomain, c.name))
    },
    struct: (fields, _, c) => like(c, struct(recordOf(c.name, fields), fields)),
    union: (members, c) => (members.length === 0 ? c : like(c, t.union(members as [t.Any, t.Any], c.name))),
    intersection: (_, c) => Shape.refuse(derivation)(c),
    refine: (inner, predicate, c) =>
      inner === (c as t.RefinementType<t.Any>).type
        ? c
        : like(c, t.refinement(inner, predicate as (a: unknown) => boolean, c.name)),
    lazy: (get, c) => like(c, t.recursion(c.name, get)),
    opaque: same,
  })

const like = (c: t.Any, rebuilt: t.Any): t.Any => annotate(rebuilt, metaOf(c))
const same = (c: t.Any): t.Any => c

const recordOf = (name: string, fields: ReadonlyArray<Field<t.Any>>): t.Any => {
  const props = (optional: boolean): t.Props =>
    Object.fromEntries(fields.filter(f => f.optional === optional).map(f => [f.key, f.value]))
  return record(name, props(false), props(true))
}

import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { introduce, type Meta } from '../Meta.ts'
import { RecordType, type StandardSchema } from '../StandardSchema.ts'
import * as Fallback from '../ValidatorFallback.ts'
import * as Predicate from '../ValidatorPredicate.ts'
import { errorCollector } from './errorCollector.ts'
import { once } from './once.ts'
import { trust } from './stock.ts'

/**
 * The codec that `record` makes: to io-ts an intersection of a `type` and a `partial`; a
 * Standard Schema, too.
 */
export interface RecordC<R extends t.Props, O extends t.Props>
  extends t.IntersectionC<[t.TypeC<R>, t.PartialC<O>]>,
    StandardSchema<OutputOf<R, O>, TypeOf<R, O>> {}

type OutputOf<R extends t.Props, O extends t.Props> = t.OutputOf<t.IntersectionC<[t.TypeC<R>, t.PartialC<O>]>>
type TypeOf<R extends t.Props, O extends t.Props> = t.TypeOf<t.IntersectionC<[t.TypeC<R>, t.PartialC<O>]>>

/**
 * Makes a record, and its fields when they are first needed: most records that a program imports
 * are never used. Whether all its fields encode as they are is known before that, because codecs
 * around this one ask when they are made.
 */
export const lazyRecord = <R extends t.Props, O extends t.Props>(
  name: string,
  facts: Meta,
  encodesAsIs: boolean,
  fields: () => readonly [required: R, optional: O],
): RecordC<R, O> => {
  const parts = once(() => {
    const [required, optional] = fields()
    refuseFields(name, required, optional)
    return [t.type(Object.freeze(required), name), t.partial(Object.freeze(optional), name)] as const
  })
  const validators = once(() => {
    const [must, may] = parts()
    const keys: Keys = { required: Object.keys(must.props), optional: Object.keys(may.props) }
    return { required: validateOf(must, '0', false), optional: validateOf(may, '1', true), keys }
  })

  const decide = (u: unknown, c: t.Context): t.Validation<unknown> => {
    const { required, optional, keys } = validators()
    const collector = errorCollector(c)
    const r = required(u, c)
    if (E.isLeft(r)) collector.add(r.left)
    if (collector.isFull()) return r
    const o = optional(u, c)
    if (E.isLeft(o)) collector.add(o.left)
    return E.isLeft(r) || E.isLeft(o)
      ? collector.result(u)
      : t.success(merge(u as Fields, r.right as Fields, o.right as Fields, keys))
  }
  const validate = trust((u: unknown, c: t.Context): t.Validation<unknown> => {
    const { accepts, without } = predicate()
    return accepts(u) ? t.success(u) : without(() => decide(u, c))
  })
  const isOne = (u: unknown): boolean => {
    const [must, may] = parts()
    return must.is(u) && may.is(u) && !validators().keys.optional.some(k => isUndefinedKey(u, k))
  }
  const is = trust((u: unknown): boolean => {
    const { accepts, without } = predicate()
    return accepts(u) || without(() => isOne(u))
  })
  const encode = (a: unknown) => {
    const [must, may] = parts()
    return merge(a as Fields, must.encode(a as never), may.encode(a as never), validators().keys)
  }

  const codec = new RecordType(name, is as t.Is<unknown>, validate, encodesAsIs ? t.identity : encode, parts)
  const predicate = once(() => Predicate.of(codec))
  return introduce(codec, facts) as never
}

/**
 * Copies by spreading: io-ts's own `type` would turn an own `__proto__` key into the prototype of
 * the copy.
 */
const validateOf = (part: t.Any & { readonly props: t.Props }, member: string, optional: boolean) =>
  Fallback.fieldsOf(
    Object.entries(part.props).map(([key, codec]) => ({ key, optional, value: Fallback.of(codec) })),
    u => ({ ...u }),
    (c, u) => t.appendContext(c, member, part, u),
  )

type Fields = Record<string, unknown>
type Keys = { readonly required: ReadonlyArray<string>; readonly optional: ReadonlyArray<string> }

const isUndefinedKey = (u: Fields, key: string): boolean => u[key] === undefined && Object.hasOwn(u, key)

/** Returns `base` when nothing differs, else a copy with the parts' fields; other keys stay. */
const merge = (base: Fields, required: Fields, optional: Fields, keys: Keys): Fields => {
  let out = base
  const copy = () => (out === base ? (out = { ...base }) : out)
  for (const k of keys.required)
    if (!Object.is(required[k], base[k]) || (required[k] === undefined && !(k in base)))
      copy()[k] = required[k]
  for (const k of keys.optional)
    if (optional[k] !== undefined) {
      if (!Object.is(optional[k], base[k])) copy()[k] = optional[k]
    } else if (Object.hasOwn(base, k)) delete copy()[k]
  return out
}

/** Throws for fields that no record can have. */
export const refuseFields = (name: string, required: object, optional: object): void => {
  const both = Object.keys(optional).find(k => Object.hasOwn(required, k))
  if (both !== undefined)
    throw new Error(`record ${name}: the field "${both}" is both required and optional; name it once`)
  if ([required, optional].some(fields => Object.hasOwn(fields, '__proto__')))
    throw new Error(`record ${name}: a field cannot be named "__proto__"; leave it to the unknown keys`)
}

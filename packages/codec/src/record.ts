import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { errorCollector } from './internal/errorCollector.ts'
import { once } from './internal/once.ts'
import { trust } from './internal/stock.ts'
import { introduce } from './Meta.ts'
import { RecordType, type StandardSchema } from './StandardSchema.ts'
import * as Predicate from './ValidatorPredicate.ts'
import * as Walk from './ValidatorFallback.ts'

/**
 * The codec that {@link record} makes: to io-ts an intersection of a `type` and a `partial`; a
 * Standard Schema, too.
 */
export interface RecordC<R extends t.Props, O extends t.Props>
  extends t.IntersectionC<[t.TypeC<R>, t.PartialC<O>]>,
    StandardSchema<OutputOf<R, O>, TypeOf<R, O>> {}

type OutputOf<R extends t.Props, O extends t.Props> = t.OutputOf<t.IntersectionC<[t.TypeC<R>, t.PartialC<O>]>>
type TypeOf<R extends t.Props, O extends t.Props> = t.TypeOf<t.IntersectionC<[t.TypeC<R>, t.PartialC<O>]>>

/**
 * The one way to write an object codec: its name, the required fields, the optional fields.
 *
 * - Unknown keys stay, at every level, also `__proto__` and `constructor` as own keys.
 * - An optional key whose value is `undefined` is absent: decoding leaves the key out (plain
 *   `t.partial` infers `note?: string` and accepts `{ note: undefined }`).
 * - An absent key named as what every object inherits, such as `constructor`, is read as inherited:
 *   io-ts does, so an optional `constructor: t.string` refuses `{}`.
 * - A value that needs no change is returned as it is, the same reference.
 *
 * @example
 * const Point = record('Point', { x: t.number, y: t.number }, { label: t.string })
 * type Point = t.TypeOf<typeof Point> // { x: number; y: number } & { label?: string }
 *
 * @throws at load, when a field is named `__proto__`, or is both required and optional
 */
export const record = <R extends t.Props, O extends t.Props = {}>(
  name: string,
  required: R,
  optional: O = {} as O,
): RecordC<R, O> => {
  const keys: Keys = { required: Object.keys(required), optional: Object.keys(optional) }
  refuseFields(name, keys)
  const must = t.type(Object.freeze({ ...required }), name)
  const may = t.partial(Object.freeze({ ...optional }), name)
  const parts = once(() => [walkOf(must, '0', false), walkOf(may, '1', true)] as const)

  const decide = (u: unknown, c: t.Context): t.Validation<unknown> => {
    const [walkMust, walkMay] = parts()
    const collector = errorCollector(c)
    const r = walkMust(u, c)
    if (E.isLeft(r)) collector.add(r.left)
    if (collector.isFull()) return r
    const o = walkMay(u, c)
    if (E.isLeft(o)) collector.add(o.left)
    return E.isLeft(r) || E.isLeft(o)
      ? collector.result(u)
      : t.success(merge(u as Fields, r.right as Fields, o.right as Fields, keys))
  }
  const validate = trust((u: unknown, c: t.Context): t.Validation<unknown> => {
    const { accepts, without } = predicate()
    return accepts(u) ? t.success(u) : without(() => decide(u, c))
  })
  const isOne = (u: unknown): boolean =>
    must.is(u) && may.is(u) && !keys.optional.some(k => isUndefinedKey(u, k))
  const is = trust((u: unknown): boolean => {
    const { accepts, without } = predicate()
    return accepts(u) || without(() => isOne(u))
  })
  const asItIs = [...Object.values(required), ...Object.values(optional)].every(
    field => field.encode === t.identity,
  )
  const encode = asItIs
    ? t.identity
    : (a: unknown) => merge(a as Fields, must.encode(a as never), may.encode(a as never), keys)

  const codec = new RecordType(name, is as never, validate as never, encode as never, [must, may])
  const predicate = once(() => Predicate.of(codec))
  return introduce(codec, { title: name }) as never
}

/**
 * Copies by spreading: io-ts's own `type` would turn an own `__proto__` key into the prototype of
 * the copy.
 */
const walkOf = (part: t.Any & { readonly props: t.Props }, member: string, optional: boolean) =>
  Walk.fieldsOf(
    Object.entries(part.props).map(([key, codec]) => ({ key, optional, value: Walk.of(codec) })),
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

const refuseFields = (name: string, { required, optional }: Keys): void => {
  const both = optional.find(k => required.includes(k))
  if (both !== undefined)
    throw new Error(`record ${name}: the field "${both}" is both required and optional; name it once`)
  if ([...required, ...optional].includes('__proto__'))
    throw new Error(`record ${name}: a field cannot be named "__proto__"; leave it to the unknown keys`)
}

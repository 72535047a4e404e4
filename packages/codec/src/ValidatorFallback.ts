import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import type { Algebra, Field } from './Algebra.ts'
import * as Predicate from './ValidatorPredicate.ts'
import * as Shape from './Shape.ts'
import { boundedValidate } from './internal/boundedValidate.ts'
import { errorCollector, type ErrorCollector } from './internal/errorCollector.ts'
import { once } from './internal/once.ts'
import { isTrusted } from './internal/stock.ts'

/** A codec whose `validate` skips the parts that predicates accept. */
export interface ValidatorFallback {
  readonly codec: t.Any
  /** True only for a value that decodes to itself. */
  readonly accepts: (u: unknown) => boolean
  /** The result of the codec's own `validate`. */
  readonly validate: t.Validate<unknown, unknown>
  /** True if the codec has no parts: `accepts` is then true for everything that decodes. */
  readonly isLeaf: boolean
}

/**
 * The `validate` of a codec for a value that its predicate refused: the same result, errors and
 * contexts as its own, without visiting the accepted fields and items.
 */
export const of = (codec: t.Any): ValidatorFallback => {
  let fallback = fallbacks.get(codec)
  if (fallback === undefined) fallbacks.set(codec, (fallback = as(codec)(Shape.fold(algebra)(codec))))
  return fallback
}

const fallbacks = new WeakMap<t.Any, ValidatorFallback>()

/** `readonly` folds to its inner codec, but appears in contexts itself. */
const as =
  (codec: t.Any) =>
  (fallback: ValidatorFallback): ValidatorFallback => ({ ...fallback, codec })

const stock = (codec: t.Any): ValidatorFallback => ({
  codec,
  accepts: () => false,
  validate: codec.validate,
  isLeaf: false,
})

/** A combinator that io-ts itself runs, with bounded members. */
const bounded = (codec: t.Any): ValidatorFallback => {
  const validate = once(() => boundedValidate(codec, validateOf))
  return { ...stock(codec), validate: isTrusted(codec) ? codec.validate : (u, c) => validate()(u, c) }
}

const validateOf = (codec: t.Any): ValidatorFallback['validate'] => {
  if (isTrusted(codec)) return codec.validate
  const { accepts, validate, isLeaf } = of(codec)
  return isLeaf ? validate : (u, c) => (accepts(u) ? t.success(u) : validate(u, c))
}

const leaf =
  (accepts: ValidatorFallback['accepts']) =>
  (codec: t.Any): ValidatorFallback => ({ ...stock(codec), accepts, isLeaf: true })

const literal = (codec: t.Any): ValidatorFallback => leaf(u => codec.is(u))(codec)

const compiled = (
  codec: t.Any,
  validate: ValidatorFallback['validate'] = bounded(codec).validate,
): ValidatorFallback => {
  const { accepts, without } = Predicate.of(codec)
  return { ...stock(codec), accepts, validate: (u, c) => without(() => validate(u, c)) }
}

/** The loop of io-ts's `array`. */
const arrayOf =
  (item: ValidatorFallback): ValidatorFallback['validate'] =>
  (u, c) => {
    if (!Array.isArray(u)) return t.failure(u, c)
    const collector = errorCollector(c)
    let out: Array<unknown> = u
    for (let i = 0, n = u.length; i < n && !collector.isFull(); i++) {
      const x: unknown = u[i]
      if (item.accepts(x)) continue
      const result = item.validate(x, t.appendContext(c, String(i), item.codec, x))
      if (E.isLeft(result)) collector.add(result.left)
      else if (result.right !== x) {
        if (out === u) out = u.slice()
        out[i] = result.right
      }
    }
    return collector.result(out)
  }

/**
 * The loops of io-ts's `type` and `partial`. `copy` clones an object to change a field; `enter`
 * returns the context of the fields when one is needed.
 */
export const fieldsOf = (
  fields: ReadonlyArray<Field<ValidatorFallback>>,
  copy: (u: object) => object,
  enter: (c: t.Context, u: unknown) => t.Context = c => c,
): ValidatorFallback['validate'] => {
  return (u, c) => {
    if (typeof u !== 'object' || u === null || Array.isArray(u)) return t.failure(u, enter(c, u))
    let here: t.Context | undefined
    let collector: ErrorCollector | undefined
    let out = u as Record<string, unknown>
    for (const { key, optional, value } of fields) {
      const x = out[key]
      if (x === undefined ? optional && value.isLeaf : value.accepts(x)) continue
      here ??= enter(c, u)
      const result = value.validate(x, t.appendContext(here, key, value.codec, x))
      if (E.isLeft(result)) {
        if (optional && x === undefined) continue
        collector ??= errorCollector(here)
        collector.add(result.left)
        if (collector.isFull()) break
      } else if (result.right !== x || (!optional && x === undefined && !Object.hasOwn(out, key))) {
        if (out === u) out = copy(u) as typeof out
        out[key] = result.right
      }
    }
    return collector === undefined ? t.success(out) : collector.result(out)
  }
}

const assign = (u: object) => Object.assign({}, u)

const algebra: Algebra<ValidatorFallback> = {
  // io-ts copies what contains NaN
  unknown: leaf(u => u === u),
  undefined: leaf(u => u === undefined),
  null: leaf(u => u === null),
  boolean: leaf(u => typeof u === 'boolean'),
  number: leaf(u => typeof u === 'number' && u === u),
  string: leaf(u => typeof u === 'string'),
  literal: (_, c) => literal(c),
  array: (item, c) =>
    c instanceof t.AnyArrayType
      ? literal(c)
      : { ...stock(c), validate: arrayOf(as((c as t.ArrayType<t.Any>).type)(item)) },
  tuple: (_, c) => compiled(c),
  record: (_, __, c) => compiled(c),
  struct: (fields, _, c) => {
    if (!(c instanceof t.InterfaceType || c instanceof t.PartialType)) return compiled(c)
    const props: t.Props = c.props
    const own = fields.map(field => ({ ...field, value: as(props[field.key] as t.Any)(field.value) }))
    const validate = fieldsOf(own, assign)
    if (c instanceof t.InterfaceType) return compiled(c, validate)
    // `t.partial` reads a field's codec at each decode
    const isSame = () => own.every(({ key, value }) => props[key] === value.codec)
    return compiled(c, (u, context) => (isSame() ? validate : c.validate)(u, context))
  },
  union: (members, c) =>
    members.every(member => member.isLeaf)
      ? leaf(u => members.some(member => member.accepts(u)))(c)
      : bounded(c),
  intersection: (_, c) => bounded(c),
  refine: (inner, predicate, c) =>
    inner.isLeaf ? leaf(u => inner.accepts(u) && predicate(u as never))(c) : bounded(c),
  lazy: (_, c) => bounded(c),
  opaque: stock,
}

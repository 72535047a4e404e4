import * as t from 'io-ts'
import type { Algebra } from '../Algebra.ts'
import { describedBy } from '../internal/declaredStructure.ts'
import { decodesToItself } from '../internal/probe.ts'
import { isTrusted } from '../internal/stock.ts'
import * as Shape from '../Shape.ts'
import * as Predicate from '../ValidatorPredicate.ts'
import { codeEmitter, type Source, stockPredicates } from './CodeEmitter.ts'
import {
  type FailureEmitter,
  failureEmitter,
  type FailurePart,
  fieldsOf,
  isObject,
  type NotesOf,
  objectOnly,
  plainOnly,
  unknownPart,
} from './FailurePart.ts'
import { allOf, union } from './memberFailures.ts'

/** Thrown by generated code where only io-ts knows the answer. */
export const unsure: unique symbol = Symbol('unsure')

/**
 * Generates a function `(x, e)` that adds everything wrong with `x` to `e`, in the order of
 * io-ts's errors. It throws {@link unsure} where a value decodes to another one that something
 * depends on, and for codecs whose structure is unknown.
 */
export const sourceOf = (codec: t.Any, notesOf: NotesOf<unknown>): Source => {
  const code = codeEmitter()
  const bail = code.bound(() => {
    throw unsure
  })
  const emitter = failureEmitter(code, notesOf(code, bail), bail)
  const part: (c: t.Any) => FailurePart = Shape.fold(algebra(emitter, c => part(c)))
  const root = part(codec)
  // asking an opaque codec here gains nothing: only io-ts knows what is wrong
  if (root.isOpaque === true) return emitter.source('return () => {}')
  return emitter.source(`return (x, e) => ${root.collect()}(x, e, ${emitter.notes.entry(codec)})`)
}

const algebra = (
  emitter: FailureEmitter,
  partOf: (codec: t.Any) => FailurePart,
  lazies = new Map<t.Any, FailurePart>(),
): Algebra<FailurePart> => ({
  ...leaves(emitter),
  array: (item, c) => {
    if (c instanceof t.AnyArrayType) return emitter.leaf(c, x => `Array.isArray(${x})`)
    const { type } = c as t.ArrayType<t.Any>
    const visit = () => emitter.at('v', 'i', item, type)
    return emitter.block(
      c,
      () =>
        `if (!Array.isArray(x)) {\n${emitter.notes.own}\nreturn\n}\nfor (let i = 0, n = x.length; i < n; i++) {\n${emitter.notes.full}\nconst v = x[i]\n${visit()}}\n`,
    )
  },
  tuple: (items, c) => {
    const { types } = c as t.TupleType<Array<t.Any>>
    const visit = () =>
      items.map(
        (item, i) => `{\nconst v = x[${i}]\n${emitter.at('v', String(i), item, types[i] as t.Any)}}\n`,
      )
    return emitter.block(
      c,
      () => `if (!Array.isArray(x)) {\n${emitter.notes.own}\nreturn\n}\n${visit().join('')}`,
    )
  },
  record: (domain, codomain, c) => {
    if (c instanceof t.AnyDictionaryType) return emitter.leaf(c, isObject, false)
    if (domain.codec !== t.string || codomain.codec instanceof t.AnyType) return unknownPart(emitter, c)
    const visit = () => emitter.at('v', 'key', codomain, (c as t.DictionaryType<t.Any, t.Any>).codomain)
    return emitter.block(
      c,
      () =>
        `${objectOnly(emitter)}for (const key of Object.keys(x)) {\n${emitter.notes.full}\nconst v = x[key]\n${visit()}}\n`,
    )
  },
  struct: (fields, _, c) => {
    if (describedBy(c) !== undefined) return unknownPart(emitter, c)
    if (c instanceof t.ExactType) {
      const inner = partOf(c.type as t.Any)
      const body = () => `${objectOnly(emitter)}${inner.collect()}(x, e, t)\n`
      return emitter.block(c, body, inner.fields && { fields: inner.fields })
    }
    if (c instanceof t.IntersectionType)
      return isTrusted(c) ? recordPart(emitter, fields, c) : allOf(emitter, () => c.types.map(partOf), c)
    if (!(c instanceof t.InterfaceType || c instanceof t.PartialType)) return unknownPart(emitter, c)
    const props: t.Props = c.props
    return emitter.block(
      c,
      () => `${objectOnly(emitter)}${plainOnly(emitter)}${fieldsOf(emitter, fields, props)}`,
      {
        fields: () => codecsOf(fields, props),
      },
    )
  },
  union: (members, c) => union(emitter, members, c),
  intersection: (members, c) => allOf(emitter, () => members, c),
  refine: (inner, predicate, c) => {
    if (isTrusted(c)) return unknownPart(emitter, c) // its errors have places of their own
    const test = () => stockPredicates.get(predicate) ?? emitter.bound(predicate)
    if (inner.test !== undefined && inner.isLeaf === true && inner.isPrimitive === true) {
      const f = test()
      return emitter.leaf(c, x => `(${inner.test?.(x)}) && ${f}(${x})`)
    }
    const accepts = Predicate.of((c as t.RefinementType<t.Any>).type)
    const body = () => `const m = e.length
${inner.collect()}(x, e, t)
if (e.length !== m) return
if (!${emitter.bound(accepts.accepts)}(x)) ${emitter.unsure}()
if (!${test()}(x)) ${emitter.notes.own}
`
    return emitter.block(c, body, inner.fields && { fields: inner.fields })
  },
  lazy: (get, c) => {
    let part = lazies.get(c)
    if (part === undefined)
      lazies.set(
        c,
        (part = emitter.block(c, () => `${get().collect()}(x, e, t)\n`, {
          fields: () => get().fields?.(),
        })),
      )
    return part
  },
  opaque: c => {
    const accepts = emitter.bound(decodesToItself(c))
    return { ...emitter.leaf(c, x => `${accepts}(${x}) || ${emitter.unsure}()`, false), isOpaque: true }
  },
})

type Leaves = 'unknown' | 'undefined' | 'null' | 'boolean' | 'number' | 'string' | 'literal'

const leaves = ({ leaf, bound }: FailureEmitter): Pick<Algebra<FailurePart>, Leaves> => ({
  unknown: c => leaf(c, () => 'true', false),
  undefined: c => leaf(c, x => `${x} === undefined`),
  null: c => leaf(c, x => `${x} === null`),
  boolean: c => leaf(c, x => `typeof ${x} === 'boolean'`),
  number: c => leaf(c, x => `typeof ${x} === 'number'`),
  string: c => leaf(c, x => `typeof ${x} === 'string'`),
  literal: (values, c) => {
    if (c instanceof t.KeyofType) {
      const keys = bound(c.keys)
      return leaf(c, x => `typeof ${x} === 'string' && Object.hasOwn(${keys}, ${x})`)
    }
    const value = bound(values[0])
    return leaf(c, x => `${x} === ${value}`)
  },
})

type Fields = Parameters<typeof fieldsOf>[1]

const codecsOf = (fields: Fields, props: t.Props): ReadonlyArray<readonly [key: string, codec: t.Any]> =>
  fields.map(({ key }) => [key, props[key] as t.Any] as const)

/** The part of our own `record`. */
const recordPart = (
  emitter: FailureEmitter,
  fields: Fields,
  c: t.IntersectionType<Array<t.Any>>,
): FailurePart => {
  const [must, may] = c.types.map(part => (part as t.InterfaceType<t.Props>).props) as [t.Props, t.Props]
  const of = (optional: boolean) =>
    fieldsOf(
      emitter,
      fields.filter(field => field.optional === optional),
      optional ? may : must,
    )
  return emitter.block(c, () => emitter.notes.record(c, plainOnly(emitter) + of(false), of(true)), {
    fields: () => codecsOf(fields, { ...must, ...may }),
  })
}

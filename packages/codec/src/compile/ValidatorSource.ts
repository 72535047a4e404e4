import * as t from 'io-ts'
import type { Algebra, Field, UnknownKeys } from '../Algebra.ts'
import { decodesToItself, staysAbsent } from '../internal/probe.ts'
import { codeEmitter, isNoObject, quote, type Source, stockPredicates } from './CodeEmitter.ts'
import { once } from '../internal/once.ts'
import { type Kinds, kinds, leaf, type ValidatorPart, yields } from './ValidatorPart.ts'
import { isTrusted } from '../internal/stock.ts'
import * as Shape from '../Shape.ts'

const accepts = (part: ValidatorPart, kind: keyof typeof kinds) => (part.kinds() & kinds[kind]) !== 0

/** How often one part is written out in place; after that it is called, which keeps the text linear in the codec. */
const maxInlined = 4

/**
 * The predicate of a codec, as source text: true is enough for "decoding gives back this very value, and `is` is
 * true of it". Of the codec only keys and literals stand in the text, as JSON string literals, numbers and booleans;
 * everything else is a constant beside it.
 */
export const sourceOf = (codec: t.Any): Source => {
  const { name, bound, define, source } = codeEmitter()
  const recursive = new Map<t.Any, string>()

  const block = (part: Omit<ValidatorPart, 'test'>): ValidatorPart => {
    let inlined = 0
    let f: string | undefined
    const test = (x: string) => {
      if (f === undefined) define((f = name()), part.body)
      return `${f}(${x})`
    }
    const body = (x: string) => (inlined++ < maxInlined ? part.body(x) : `if (!${test(x)}) return false\n`)
    return { ...part, test, body }
  }

  const literalOf = (value: unknown): string => {
    if (typeof value === 'string') return quote(value)
    return typeof value === 'number' || typeof value === 'boolean'
      ? Object.is(value, -0)
        ? '-0'
        : String(value)
      : bound(value)
  }

  const required = (x: string, { key, value }: Field<ValidatorPart>): string => {
    const v = name()
    const own = `if (${v} === undefined && !Object.hasOwn(${x}, ${quote(key)})) return false\n`
    // io-ts copies an object to give it a key that it lacks
    return `const ${v} = ${x}[${quote(key)}]\n${accepts(value, 'undefined') ? own : ''}${value.body(v)}`
  }

  const optional = (x: string, { key, value }: Field<ValidatorPart>, c: t.Any): string => {
    const v = name()
    const k = quote(key)
    const props: t.Props | undefined = c instanceof t.PartialType ? c.props : undefined
    const wrong = [
      isTrusted(c) ? `${k} in ${x}` : '', // `record` leaves a key out whose value is undefined
      accepts(value, 'undefined') ? `!${bound(staysAbsent(value.codec))}()` : '',
    ].filter(test => test !== '')
    return [
      `const ${v} = ${x}[${k}]\n`,
      // `t.partial` looks a field's codec up whenever it decodes
      props === undefined || Object.isFrozen(props)
        ? ''
        : `if (${bound(props)}[${k}] !== ${bound(props[key])}) return false\n`,
      `if (${v} !== undefined) {\n${value.body(v)}}`,
      wrong.length === 0 ? '\n' : ` else if (${wrong.join(' || ')}) return false\n`,
    ].join('')
  }

  const struct = (
    fields: ReadonlyArray<Field<ValidatorPart>>,
    unknownKeys: UnknownKeys,
    c: t.Any,
  ): ValidatorPart => {
    if (c instanceof t.IntersectionType && !isTrusted(c)) return allOf(() => c.types.map(part), c)
    const inner = c instanceof t.ExactType ? once(() => part(c.type)) : undefined
    return block({
      codec: c,
      body: x => {
        const each = fields.map(field => (field.optional ? optional(x, field, c) : required(x, field)))
        const known = Object.fromEntries(fields.map(({ key }) => [key, true]))
        return [
          ...(inner === undefined ? [isNoObject(x), ...each] : [inner().body(x)]),
          unknownKeys === 'keep'
            ? ''
            : `for (const key of Object.getOwnPropertyNames(${x})) if (!Object.hasOwn(${bound(known)}, key)) return false\n`,
        ].join('')
      },
      kinds: () => kinds.object,
      steady: () =>
        unknownKeys === 'keep' &&
        !(c instanceof t.PartialType) &&
        fields.every(f => f.value.steady() && (f.optional ? !isTrusted(c) : !accepts(f.value, 'undefined'))),
      tags: () =>
        new Map(
          fields.flatMap(f => (f.optional || !f.value.literal ? [] : [[f.key, f.value.literal.value]])),
        ),
    })
  }

  const allOf = (members: () => ReadonlyArray<ValidatorPart>, c: t.Any): ValidatorPart => {
    const parts = once(members)
    return block({
      codec: c,
      body: x =>
        parts()
          .map(member => member.body(x))
          .join(''),
      kinds: () => parts().reduce<Kinds>((all, member) => all & member.kinds(), kinds.all),
      steady: () => parts().every(member => member.steady()),
      tags: () => new Map(parts().flatMap(member => Array.from(member.tags?.() ?? []))),
    })
  }

  const loop = (x: string, item: ValidatorPart): string => {
    const [i, n, v] = [name(), name(), name()]
    return `for (let ${i} = 0, ${n} = ${x}.length; ${i} < ${n}; ${i}++) {\nconst ${v} = ${x}[${i}]\n${item.body(v)}}\n`
  }

  const algebra: Algebra<ValidatorPart> = {
    unknown: c => leaf(c, kinds.all, x => `${x} === ${x}`, false),
    undefined: c => leaf(c, kinds.undefined, x => `${x} === undefined`),
    null: c => leaf(c, kinds.null, x => `${x} === null`),
    boolean: c => leaf(c, kinds.boolean, x => `typeof ${x} === 'boolean'`),
    // NaN is not equal to itself, so that io-ts copies what it stands in
    number: c => leaf(c, kinds.number, x => `typeof ${x} === 'number' && ${x} === ${x}`, false),
    string: c => leaf(c, kinds.string, x => `typeof ${x} === 'string'`),
    literal: (values, c) => {
      if (c instanceof t.KeyofType) {
        const keys = bound(c.keys)
        return leaf(c, kinds.string, x => `typeof ${x} === 'string' && Object.hasOwn(${keys}, ${x})`)
      }
      const [value] = values
      // io-ts gives back its own zero for the other one
      const test = (x: string) =>
        value === 0 ? `Object.is(${x}, ${literalOf(value)})` : `${x} === ${literalOf(value)}`
      return { ...leaf(c, value === 0 ? kinds.number : kinds.all, test, value !== 0), literal: { value } }
    },
    array: (item, c) =>
      block({
        codec: c,
        body: x =>
          `if (!Array.isArray(${x})) return false\n${c instanceof t.AnyArrayType ? '' : loop(x, item)}`,
        kinds: () => kinds.array,
        steady: () => c instanceof t.AnyArrayType || item.steady(),
      }),
    tuple: (items, c) =>
      block({
        codec: c,
        body: x =>
          `if (!Array.isArray(${x}) || ${x}.length !== ${items.length}) return false\n${items
            .map((item, i) => {
              const v = name()
              return `const ${v} = ${x}[${i}]\n${item.body(v)}`
            })
            .join('')}`,
        kinds: () => kinds.array,
        steady: () => false,
      }),
    record: (domain, codomain, c) =>
      block({
        codec: c,
        body: x => {
          if (c instanceof t.AnyDictionaryType) return isNoObject(x)
          const [key, v] = [name(), name()]
          return `${isNoObject(x)}for (const ${key} of Object.keys(${x})) {\n${domain.body(key)}const ${v} = ${x}[${key}]\n${codomain.body(v)}}\n`
        },
        // io-ts takes an array for a dictionary of anything
        kinds: () => kinds.object | (codomain.codec instanceof t.AnyType ? kinds.array : 0),
        steady: () => false,
      }),
    struct,
    union: (members, c) => {
      const usable = once(() =>
        members.filter(
          (member, i) =>
            members.slice(0, i).every(earlier => yields(earlier, member)) &&
            // a tagged union asks the one member that its tag names
            (!(c instanceof t.TaggedUnionType) || member.tags?.().has(c.tag) === true),
        ),
      )
      return {
        ...leaf(
          c,
          kinds.all,
          x =>
            usable()
              .map(m => `(${m.test(x)})`)
              .join(' || ') || 'false',
        ),
        kinds: () => members.reduce<Kinds>((all, member) => all | member.kinds(), 0),
        steady: () => members.every(member => member.steady()),
      }
    },
    intersection: (members, c) => allOf(() => members, c),
    refine: (inner, predicate, c) => {
      const stock = stockPredicates.get(predicate)
      const test = stock ?? bound(predicate)
      return {
        ...inner,
        codec: c,
        body: x => `${inner.body(x)}if (!${test}(${x})) return false\n`,
        test: x => `(${inner.test(x)}) && ${test}(${x})`,
        steady: () => (stock !== undefined && inner.codec instanceof t.NumberType) || inner.steady(),
      }
    },
    lazy: (get, c) => {
      const inner = once(get)
      let asking = false
      return {
        ...leaf(c, kinds.all, x => {
          let f = recursive.get(c)
          if (f === undefined) {
            recursive.set(c, (f = name()))
            define(f, inner().body)
          }
          return `${f}(${x})`
        }),
        kinds: () => {
          if (asking) return 0
          asking = true
          const of = inner().kinds()
          asking = false
          return of
        },
        steady: () => false,
      }
    },
    opaque: c => {
      const kept = bound(decodesToItself(c))
      return { ...leaf(c, kinds.all, x => `${kept}(${x})`, false), opaque: true }
    },
  }

  const part = Shape.fold(algebra)
  const root = part(codec)
  if (root.opaque) return source('return () => false') // nothing is gained by asking a codec twice
  define('accepts', root.body)
  return source('return accepts')
}

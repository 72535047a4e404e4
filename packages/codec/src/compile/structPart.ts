import * as t from 'io-ts'
import type { Field, UnknownKeys } from '../Algebra.ts'
import { once } from '../internal/once.ts'
import { staysAbsent } from '../internal/probe.ts'
import { isTrusted } from '../internal/stock.ts'
import { isNoObject, quote } from './CodeEmitter.ts'
import type { ValidatorEmitter } from './ValidatorEmitter.ts'
import { accepts, type Kinds, kinds, type ValidatorPart } from './ValidatorPart.ts'

/** The part of an object with named fields. `partOf` returns the part of a codec inside it. */
export const structPart =
  (emitter: ValidatorEmitter, partOf: (codec: t.Any) => ValidatorPart) =>
  (fields: ReadonlyArray<Field<ValidatorPart>>, unknownKeys: UnknownKeys, c: t.Any): ValidatorPart => {
    if (c instanceof t.IntersectionType && !isTrusted(c)) return allOf(emitter, () => c.types.map(partOf), c)
    const inner = c instanceof t.ExactType ? once(() => partOf(c.type)) : undefined
    const lost = c instanceof t.ExactType && mergesProps(c.type) ? '__proto__' : undefined
    const known = Object.fromEntries(fields.flatMap(({ key }) => (key === lost ? [] : [[key, true]])))
    const statements = (x: string) =>
      inner === undefined
        ? [
            isNoObject(x),
            ...fields.map(f => (f.optional ? optional(emitter, x, f, c) : required(emitter, x, f))),
          ].join('')
        : inner().body(x)
    const noOthers = (x: string) =>
      `for (const key of Object.getOwnPropertyNames(${x})) if (!Object.hasOwn(${emitter.bound(known)}, key)) return false\n`
    return emitter.block({
      codec: c,
      body: x => statements(x) + (unknownKeys === 'keep' ? '' : noOthers(x)),
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

/** True if `t.exact` merges the fields of members by assignment, which loses one named `__proto__`. */
const mergesProps = (codec: t.Any): boolean =>
  codec instanceof t.IntersectionType ||
  ((codec instanceof t.RefinementType || codec instanceof t.ReadonlyType) && mergesProps(codec.type as t.Any))

/** The part of an intersection. */
export const allOf = (
  { block }: ValidatorEmitter,
  members: () => ReadonlyArray<ValidatorPart>,
  c: t.Any,
): ValidatorPart => {
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

const required = ({ name }: ValidatorEmitter, x: string, { key, value }: Field<ValidatorPart>): string => {
  const v = name()
  // io-ts copies an object to add a key that it lacks
  const own = `if (${v} === undefined && !Object.hasOwn(${x}, ${quote(key)})) return false\n`
  return `const ${v} = ${x}[${quote(key)}]\n${accepts(value, 'undefined') ? own : ''}${value.body(v)}`
}

const optional = (
  { name, bound }: ValidatorEmitter,
  x: string,
  { key, value }: Field<ValidatorPart>,
  c: t.Any,
): string => {
  const v = name()
  const k = quote(key)
  const props: t.Props | undefined = c instanceof t.PartialType ? c.props : undefined
  const wrong = [
    isTrusted(c) ? `${k} in ${x}` : '', // `record` removes a key whose value is undefined
    accepts(value, 'undefined') ? `!${bound(staysAbsent(value.codec))}()` : '',
  ].filter(test => test !== '')
  return [
    `const ${v} = ${x}[${k}]\n`,
    // `t.partial` looks up the codec of a field each time it decodes
    props === undefined || Object.isFrozen(props)
      ? ''
      : `if (${bound(props)}[${k}] !== ${bound(props[key])}) return false\n`,
    `if (${v} !== undefined) {\n${value.body(v)}}`,
    wrong.length === 0 ? '\n' : ` else if (${wrong.join(' || ')}) return false\n`,
  ].join('')
}

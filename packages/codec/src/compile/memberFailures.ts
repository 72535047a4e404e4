import * as t from 'io-ts'
import { quote } from './CodeEmitter.ts'
import { type FailureEmitter, type FailurePart, objectOnly, unknownPart } from './FailurePart.ts'

/** The part of an intersection: every member is asked. */
export const allOf = (
  emitter: FailureEmitter,
  members: () => ReadonlyArray<FailurePart>,
  c: t.Any,
): FailurePart => {
  const { types } = c as t.IntersectionType<Array<t.Any>>
  const { notes, block } = emitter
  return block(
    c,
    () => `const m = e.length
let n = m, failed = 0
${members()
  .map(
    (member, i) =>
      `${notes.member(i, member, types[i] as t.Any)}if (e.length > n) {\nfailed++\nn = e.length\n}\n`,
  )
  .join('')}${notes.intersection(types.length)}
`,
    {
      fields: () => {
        const all = members().map(member => member.fields?.())
        return all.every(fields => fields !== undefined) ? all.flat() : undefined
      },
    },
  )
}

/** The part of a union: a tag names the member, or each is asked until one has no failure. */
export const union = (
  emitter: FailureEmitter,
  members: ReadonlyArray<FailurePart>,
  c: t.Any,
): FailurePart => {
  if (!(c instanceof t.UnionType))
    return members.length === 0 ? emitter.leaf(c, () => 'false') : unknownPart(emitter, c)
  const types: ReadonlyArray<t.Any> = c.types
  if (types.length === 0) return unknownPart(emitter, c)
  const { notes } = emitter
  const tests = members.flatMap(({ test }) => test ?? [])
  const isAny = (x: string) => tests.map(test => `(${test(x)})`).join(' || ')
  const isTested = tests.length === members.length && !(c instanceof t.TaggedUnionType)
  const isPrimitive = members.every(member => member.isPrimitive === true)
  if (isTested && !notes.namesMembers) return emitter.leaf(c, isAny, isPrimitive)
  const all = () => {
    const marks = members.map((_, i) => `m${i}`)
    const visit = members.map(
      (member, i) =>
        `${notes.member(i, member, types[i] as t.Any)}const m${i + 1} = e.length\nif (m${i + 1} === m${i}) {\ne.length = m0\nreturn\n}\n`,
    )
    return `const m0 = e.length\n${visit.join('')}${notes.union(members, c, `[${marks.join(', ')}]`)}\n`
  }
  if (isTested) return { ...emitter.block(c, all), test: isAny, isPrimitive }
  if (!(c instanceof t.TaggedUnionType)) {
    return emitter.block(c, () => `${tests.length === 0 ? '' : `if (${isAny('x')}) return\n`}${all()}`)
  }
  const literals = members.map(({ fields }) => fields?.()?.find(([key]) => key === c.tag)?.[1])
  if (!literals.every(literal => literal instanceof t.LiteralType)) return unknownPart(emitter, c)
  const chosen = () =>
    members.map(
      (member, i) =>
        `if (tag === ${emitter.bound((literals[i] as t.LiteralType<string>).value)}) {\n${notes.member(i, member, types[i] as t.Any)}return\n}\n`,
    )
  return emitter.block(
    c,
    () =>
      `${objectOnly(emitter)}const tag = x[${quote(c.tag)}]\n${chosen().join('')}${notes.unknownTag(all())}\n`,
  )
}

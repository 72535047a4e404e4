import type * as t from 'io-ts'
import * as Predicate from '../ValidatorPredicate.ts'
import { type CodeEmitter, quote } from './CodeEmitter.ts'

/** The code of one case of a codec that collects what is wrong with a value. */
export interface FailurePart {
  readonly codec: t.Any
  /** An expression that is true if `x` decodes, where one decides. */
  readonly test?: (x: string) => string
  /** The name of a function `(x, e, t)` that adds the failures of `x` to `e`. */
  readonly collect: () => string
  /** True if the only failure is that of the value itself. */
  readonly isLeaf?: boolean
  /** True if no object decodes. */
  readonly isPrimitive?: boolean
  /** True for a codec whose structure is unknown. */
  readonly isOpaque?: boolean
  /** The fields of an object; `undefined` if the value has other parts. */
  readonly fields?: () => ReadonlyArray<readonly [key: string, codec: t.Any]> | undefined
}

/**
 * The notes that collected failures are written in: io-ts's errors, or issues. In the generated
 * code `x` is the value, `e` the list of failures and `t` the codec that the parent has for `x`.
 * A failure gets its path from the inside out, so that values without one pay nothing for it.
 */
export interface FailureNotes<F = unknown> {
  /** Never set: the type of a failure. */
  readonly failure?: F

  /** The statement for a failure of `x` itself. */
  readonly own: string
  /** The statement for a failure of the value `v` at this key. */
  readonly field: (v: string, key: string, codec: t.Any) => string
  /** The statement that puts this key before the paths of the failures since `e[m]`. */
  readonly within: (m: string, v: string, key: string, codec: t.Any) => string
  /** The codec as `t`, where notes need it. */
  readonly entry: (codec: t.Any) => string
  /** The statements that visit the member of this index of a union or an intersection. */
  readonly member: (index: number, part: FailurePart, codec: t.Any) => string
  /** The statements of a `record`, whose parts io-ts numbers. */
  readonly record: (codec: t.IntersectionType<Array<t.Any>>, required: string, optional: string) => string
  /** The statement after all members of an intersection, whose failures begin at `e[m]`. */
  readonly intersection: (count: number) => string
  /** The statement after all members of a union, whose failures begin at the marks; no member fits. */
  readonly union: (
    members: ReadonlyArray<FailurePart>,
    codec: t.UnionType<Array<t.Any>>,
    marks: string,
  ) => string
  /** The statements for an object without a known tag. */
  readonly unknownTag: (all: string) => string
  /** True if members of a union have failures of their own, even those without parts. */
  readonly namesMembers: boolean
  /** The statement in a loop once the limit is passed. */
  readonly full: string
}

/** Makes the notes of failures, given the function that leaves the decision to io-ts. */
export type NotesOf<F> = (emitter: CodeEmitter, unsure: string) => FailureNotes<F>

/** Emits the code that collects failures. */
export interface FailureEmitter extends CodeEmitter {
  readonly notes: FailureNotes
  /** The name of the function that leaves the decision to io-ts. */
  readonly unsure: string
  /** A part whose function has these statements, defined at its first use. */
  readonly block: (codec: t.Any, statements: () => string, more?: Partial<FailurePart>) => FailurePart
  /** A part of one expression. */
  readonly leaf: (codec: t.Any, test: (x: string) => string, isPrimitive?: boolean) => FailurePart
  /** The statements for a value at a key. */
  readonly at: (v: string, key: string, part: FailurePart, codec: t.Any) => string
}

export const failureEmitter = (emitter: CodeEmitter, notes: FailureNotes, unsure: string): FailureEmitter => {
  const { name, add } = emitter
  const block: FailureEmitter['block'] = (codec, statements, more) => {
    let f: string | undefined
    return {
      codec,
      ...more,
      collect: () => {
        // named before its statements are written: a recursive codec calls itself
        if (f === undefined) add(`const ${(f = name())} = (x, e, t) => {\n${statements()}}\n`)
        return f
      },
    }
  }
  return {
    ...emitter,
    notes,
    unsure,
    block,
    leaf: (codec, test, isPrimitive = true) => ({
      ...block(codec, () => `if (!(${test('x')})) ${notes.own}\n`),
      test,
      isLeaf: true,
      isPrimitive,
    }),
    at: collectAt(emitter, notes),
  }
}

/** Writes the statements that collect the failures of the value `v` at a key. */
export const collectAt =
  ({ name }: CodeEmitter, notes: FailureNotes): FailureEmitter['at'] =>
  (v, key, { test, isLeaf, collect }, codec) => {
    const unless = test === undefined ? '' : `if (!(${test(v)})) `
    if (isLeaf === true) return `${unless}${notes.field(v, key, codec)}\n`
    const m = name()
    return `${unless}{
const ${m} = e.length
${collect()}(${v}, e, ${notes.entry(codec)})
if (e.length !== ${m}) ${notes.within(m, v, key, codec)}
}
`
  }

export const isObject = (x: string): string =>
  `typeof ${x} === 'object' && ${x} !== null && !Array.isArray(${x})`

/** The statements of these fields. */
export const fieldsOf = (
  emitter: FailureEmitter,
  fields: ReadonlyArray<{ readonly key: string; readonly optional: boolean; readonly value: FailurePart }>,
  props: t.Props,
): string =>
  fields
    .map(({ key, optional, value }) => {
      const [v, k, codec] = [emitter.name(), quote(key), props[key] as t.Any]
      const visit = emitter.at(v, k, value, codec)
      // `t.partial` looks up the codec of a field each time it decodes
      const isLive = optional && !Object.isFrozen(props)
      const guard = isLive
        ? `if (${emitter.bound(props)}[${k}] !== ${emitter.bound(codec)}) ${emitter.unsure}()\n`
        : ''
      return `${guard}const ${v} = x[${k}]\n${optional ? `if (${v} !== undefined) {\n${visit}}\n` : visit}`
    })
    .join('')

/**
 * The statement that leaves an object with inherited fields to io-ts: the copy that it makes of an
 * object to change a field lacks them. V8 reads this property faster than it asks for a prototype.
 */
export const plainOnly = ({ unsure }: FailureEmitter): string =>
  `if (x.__proto__ !== Object.prototype) ${unsure}()\n`

/** A part whose failures only io-ts knows. */
export const unknownPart = (emitter: FailureEmitter, c: t.Any): FailurePart => {
  const { accepts } = Predicate.of(c)
  const test = emitter.bound(accepts)
  return emitter.leaf(c, x => `${test}(${x}) || ${emitter.unsure}()`, false)
}

/** The statements that end with the failure of a value that is no object. */
export const objectOnly = ({ notes }: FailureEmitter): string =>
  `if (!(${isObject('x')})) {\n${notes.own}\nreturn\n}\n`

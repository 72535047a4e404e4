import type * as t from 'io-ts'
import { maxIssues } from '../DecodeError.ts'
import type { CodeEmitter } from './CodeEmitter.ts'
import { reverse } from './reverse.ts'
import { collectAt, type FailureNotes, isObject } from './FailurePart.ts'

/** The context of a collected error, which the generated code made for it alone. */
const contextOf = ({ context }: t.ValidationError) => context as Array<t.ContextEntry>

/** Adds the next outer entry to the contexts of the errors from this index on. */
const addEntry = (errors: t.Errors, from: number, entry: t.ContextEntry): void => {
  for (let i = from; i < errors.length; i++) contextOf(errors[i] as t.ValidationError).push(entry)
}

/** Ends the contexts of collected errors, which were made from the inside out. */
export const turnContexts = (errors: t.Errors, root: t.ContextEntry): void => {
  addEntry(errors, 0, root)
  for (const error of errors) reverse(contextOf(error))
}

/** Failures as io-ts's errors, whose contexts begin with the innermost entry. */
export const errorNotes = (emitter: CodeEmitter, unsure: string): FailureNotes<t.ValidationError> => {
  const { bound, name } = emitter
  const own = 'e.push({ value: x, context: [], message: undefined })'
  const entry = (v: string, key: string, codec: unknown) =>
    `{ key: ${key.startsWith('"') ? key : `String(${key})`}, type: ${bound(codec)}, actual: ${v} }`
  const notes: FailureNotes<t.ValidationError> = {
    own,
    field: (v, key, codec) =>
      `e.push({ value: ${v}, context: [${entry(v, key, codec)}], message: undefined })`,
    within: (m, v, key, codec) => `${bound(addEntry)}(e, ${m}, ${entry(v, key, codec)})`,
    entry: () => 'undefined',
    member: (index, part, codec) => collectAt(emitter, notes)('x', `"${index}"`, part, codec),
    record: ({ types }, ...fields) => {
      const none = types.map((part, i) => `${notes.field('x', `"${i}"`, part)}\n`)
      const all = fields.map((visit, i) => {
        if (visit === '') return ''
        const m = name()
        return `const ${m} = e.length\n${visit}if (e.length !== ${m}) ${notes.within(m, 'x', `"${i}"`, types[i] as t.Any)}\n`
      })
      return `if (!(${isObject('x')})) {\n${none.join('')}return\n}\n${all.join('')}`
    },
    intersection: () => '',
    union: () => '',
    unknownTag: () => own,
    namesMembers: true,
    // the limit is one of issues, which several errors can make
    full: `if (e.length > ${maxIssues}) ${unsure}()`,
  }
  return notes
}

import { compileFunction, put, quote } from '@finetune-kit/codec/compile'
import * as E from '#fp-ts/Either'
import { encodeJson } from '../../json/encodeJson.ts'
import { hasLoneSurrogate } from '../../json/hasLoneSurrogate.ts'
import type { Field, Group, Leaf, List, RecordSchema } from '../../schema/RecordSchema.ts'
import type { Levels } from '../Levels.ts'
import type { EntrySink } from './shred.ts'

/** Shreds a value; false, and nothing is written, if the value needs its row. */
export type ShredValue = (value: unknown) => boolean

/**
 * Compiles a function that shreds values directly, without a row: one call site for each column,
 * which V8 optimizes by itself. The entries are those of `shred` for the value's row. Returns
 * undefined where code may not be generated.
 *
 * The function first checks the whole value, since entries cannot be taken back, and keeps the JSON
 * texts that it makes on the way.
 */
export const compileShred = (group: Group, columns: ReadonlyArray<EntrySink>): ShredValue | undefined => {
  const draft: Draft = { functions: [], others: [], columns: 0, names: 0 }
  const root = addGroup(draft, group, { definition: 0, repetition: 0 })
  const text = `"use strict"
let at = 0
${columns.map((_, i) => `const c${i} = push[${i}], a${i} = absent[${i}]\n`).join('')}${draft.functions.join('')}
return value => {
at = 0
const fits = f${root}(value)
if (fits) p${root}(value, 0)
texts.length = 0
return fits
}`
  if (text.length > longest) return undefined
  return compileFunction(
    text,
    'push',
    'absent',
    'json',
    'others',
    'texts',
  )?.(
    columns.map(({ push }) => push),
    columns.map(({ absent }) => absent),
    jsonOf,
    draft.others,
    [],
  ) as ShredValue | undefined
}

/** Length of generated code at most: a codec of several thousand fields is shredded by its rows. */
const longest = 1_000_000

/** The text of a value, or undefined if JSON cannot hold it, or only in a text of a text. */
const jsonOf = (value: unknown): string | undefined => {
  const text = encodeJson(value)
  return E.isRight(text) && !hasLoneSurrogate(text.right) ? text.right : undefined
}

/**
 * Returns the text of what a group's columns do not hold: unknown keys, and nulls where empty means
 * absent. It is null if there is nothing, and undefined if JSON cannot hold it.
 */
const othersOf = ({ fields }: Group) => {
  const known = new Set(fields.map(({ key }) => key))
  const absentIfNull = fields.flatMap(({ key, value, emptyMeans }) =>
    emptyMeans === 'absent' && value.kind !== 'json' ? [key] : [],
  )
  // records of one service have the same nulls: their text is made once for the whole file
  const nullTexts = absentIfNull.map(key => jsonOf({ [key]: null }))
  return (value: Readonly<Record<string, unknown>>): string | null | undefined => {
    let found: Record<string, unknown> | undefined
    for (const key in value)
      if (!known.has(key) && value[key] !== undefined && Object.hasOwn(value, key))
        put((found ??= {}), key, value[key])
    let nulls = 0
    let last = 0
    for (let i = 0; i < absentIfNull.length; i++)
      if (isNull(value, absentIfNull[i] as string)) {
        nulls++
        last = i
      }
    if (nulls === 0) return found === undefined ? null : jsonOf(found)
    if (nulls === 1 && found === undefined) return nullTexts[last]
    for (const key of absentIfNull) if (isNull(value, key)) put((found ??= {}), key, null)
    return jsonOf(found)
  }
}

const isNull = (value: Readonly<Record<string, unknown>>, key: string): boolean =>
  value[key] === null && Object.hasOwn(value, key)

/** A part of the value in the generated code. */
interface Place {
  /** The expression of the value, and that of its repetition level. */
  readonly x: string
  readonly r: string
  readonly isOptional: boolean
  readonly above: Levels
}

/** Statements that check a value and return false if it does not fit, and those that shred it. */
interface Code {
  readonly check: string
  readonly push: string
}

/** The code so far: of each group a function `f` that checks a value, and `p` that shreds it. */
interface Draft {
  readonly functions: Array<string>
  readonly others: Array<ReturnType<typeof othersOf>>
  columns: number
  names: number
}

/** Entries of the columns since `from`, for a value that is absent. */
const absentFrom = ({ columns }: Draft, from: number, level: number, r: string): string =>
  Array.from({ length: columns - from }, (_, i) => `a${from + i}(${level}, ${r})\n`).join('')

/** Statements that shred a value that may be absent. The columns since `from` are its own. */
const optional = (draft: Draft, { x, r, isOptional, above }: Place, from: number, push: string): string =>
  isOptional
    ? `if (${x} === undefined || ${x} === null) {\n${absentFrom(draft, from, above.definition, r)}} else {\n${push}}\n`
    : push

const valueCode = (draft: Draft, structure: RecordSchema, place: Place): Code => {
  const from = draft.columns
  const { x, r, isOptional, above } = place
  const definition = above.definition + (isOptional ? 1 : 0)
  switch (structure.kind) {
    case 'list': {
      const { check, push } = listCode(draft, structure, place, definition)
      return { check, push: optional(draft, place, from, push) }
    }
    case 'group': {
      const group = addGroup(draft, structure, { ...above, definition })
      return {
        check: `if (!f${group}(${x})) return false\n`,
        push: optional(draft, place, from, `p${group}(${x}, ${r})\n`),
      }
    }
    case 'json': {
      const column = draft.columns++
      const text = `c${column}(texts[at++], ${definition}, ${r})\n`
      return {
        check: `u = json(${x})\nif (u === undefined) return false\ntexts.push(u)\n`,
        push: isOptional
          ? `if (${x} === undefined) a${column}(${above.definition}, ${r})\nelse ${text}`
          : text,
      }
    }
    default: {
      const column = draft.columns++
      return {
        check: `if (${misfit(structure.kind, x)}) return false\n`,
        push: optional(draft, place, from, `c${column}(${x}, ${definition}, ${r})\n`),
      }
    }
  }
}

const listCode = (
  draft: Draft,
  { item: structure, nullable }: List,
  { x, r, above }: Place,
  definition: number,
): Code => {
  const from = draft.columns
  const n = draft.names++
  const [item, i, s] = [`x${n}`, `i${n}`, `r${n}`]
  const repetition = above.repetition + 1
  const inner = valueCode(draft, structure, {
    x: item,
    r: s,
    isOptional: nullable,
    above: { definition: definition + 1, repetition },
  })
  const loop = `for (let ${i} = 0; ${i} < ${x}.length; ${i}++) {\nconst ${item} = ${x}[${i}]\n`
  const check = nullable ? `if (${item} !== null) {\n${inner.check}}\n` : inner.check
  return {
    check: `if (!Array.isArray(${x})) return false\n${loop}${check}}\n`,
    push: `if (${x}.length === 0) {\n${absentFrom(draft, from, definition, r)}} else ${loop}const ${s} = ${i} === 0 ? ${r} : ${repetition}\n${inner.push}}\n`,
  }
}

const fieldCode = (draft: Draft, { key, value: structure, emptyMeans }: Field, above: Levels): Code => {
  const x = `x${draft.names++}`
  const isOptional = emptyMeans !== 'never'
  const { check, push } = valueCode(draft, structure, { x, r: 'r', isOptional, above })
  const name = quote(key)
  // an inherited value must not be read as a field
  const read = key in Object.prototype ? `Object.hasOwn(v, ${name}) ? v[${name}] : undefined` : `v[${name}]`
  const present = {
    never: `${check}n--\n`,
    null: `if (${x} !== null) {\n${check}}\nn--\n`,
    absent: `if (${x} !== undefined${structure.kind === 'json' ? '' : ` && ${x} !== null`}) {\n${check}n--\n}\n`,
  }[emptyMeans]
  return { check: `const ${x} = ${read}\n${present}`, push: `const ${x} = ${read}\n${push}` }
}

/** Adds the functions of a group, and returns their number. */
const addGroup = (draft: Draft, group: Group, levels: Levels): number => {
  const fields = group.fields.map(field => fieldCode(draft, field, levels))
  const unknown = draft.columns++
  const n = draft.others.push(othersOf(group)) - 1
  draft.functions.push(`const f${n} = v => {
if (typeof v !== 'object' || v === null || Object.getPrototypeOf(v) !== Object.prototype) return false
let n = 0, u
for (const _ in v) n++
${fields.map(({ check }) => check).join('')}if (n === 0) texts.push(null)
else {
u = others[${n}](v)
if (u === undefined) return false
texts.push(u)
}
return true
}
const p${n} = (v, r) => {
${fields.map(({ push }) => push).join('')}const t = texts[at++]
if (t === null) a${unknown}(${levels.definition}, r)
else c${unknown}(t, ${levels.definition + 1}, r)
}
`)
  return n
}

/** The expression that is true if a column of this kind does not hold a value. */
const misfit = (kind: Exclude<Leaf['kind'], 'json'>, x: string): string => {
  switch (kind) {
    case 'boolean':
      return `typeof ${x} !== 'boolean'`
    case 'long':
      return `!Number.isSafeInteger(${x}) || (${x} === 0 && 1 / ${x} < 0)`
    case 'double':
      return `!Number.isFinite(${x})`
    default:
      return `typeof ${x} !== 'string' || !${x}.isWellFormed()`
  }
}

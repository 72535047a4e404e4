import { compileFunction, put, quote } from '@finetune-kit/codec/compile'
import * as E from '#fp-ts/Either'
import { encodeJson } from '../../json/encodeJson.ts'
import type { Field, Group, Leaf, RecordSchema } from '../../schema/RecordSchema.ts'
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
  const code = shredderCode()
  const root = code.group(group, { definition: 0, repetition: 0 })
  const text = code.text(`let at = 0
return value => {
at = 0
const fits = f${root}(value)
if (fits) p${root}(value, 0)
texts.length = 0
return fits
}`)
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
    code.others,
    [],
  ) as ShredValue | undefined
}

/** Length of generated code at most: a codec of several thousand fields is shredded by its rows. */
const longest = 1_000_000

/** The text of a value, or undefined if JSON cannot hold it. */
const jsonOf = (value: unknown): string | undefined => {
  const text = encodeJson(value)
  return E.isRight(text) ? text.right : undefined
}

/**
 * Returns the text of what a group's columns do not hold, null if there is nothing, and undefined if
 * JSON cannot hold it: unknown keys, and nulls where empty means absent.
 */
const othersOf = ({ fields }: Group) => {
  const known = new Set(fields.map(({ key }) => key))
  const absentIfNull = fields.flatMap(({ key, value, emptyMeans }) =>
    emptyMeans === 'absent' && value.kind !== 'json' ? [key] : [],
  )
  return (value: Readonly<Record<string, unknown>>): string | null | undefined => {
    let found: Record<string, unknown> | undefined
    for (const key of Object.keys(value))
      if (!known.has(key) && value[key] !== undefined) put((found ??= {}), key, value[key])
    for (const key of absentIfNull)
      if (Object.hasOwn(value, key) && value[key] === null) put((found ??= {}), key, null)
    return found === undefined ? null : jsonOf(found)
  }
}

/** Number of optional or repeated fields, and of repeated fields, around a value. */
interface Levels {
  readonly definition: number
  readonly repetition: number
}

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

/** Collects functions: of each group `f` checks a value, and `p` shreds it. */
const shredderCode = () => {
  const functions: Array<string> = []
  const others: Array<ReturnType<typeof othersOf>> = []
  let columns = 0
  let names = 0

  /** Entries of the columns since `from`, for a value that is absent. */
  const absentFrom = (from: number, level: number, r: string): string =>
    Array.from({ length: columns - from }, (_, i) => `a${from + i}(${level}, ${r})\n`).join('')

  const optional = ({ x, r, isOptional, above }: Place, from: number, push: string): string =>
    isOptional
      ? `if (${x} === undefined || ${x} === null) {\n${absentFrom(from, above.definition, r)}} else {\n${push}}\n`
      : push

  const value = (structure: RecordSchema, place: Place): Code => {
    const from = columns
    const { x, r, isOptional, above } = place
    const definition = above.definition + (isOptional ? 1 : 0)
    switch (structure.kind) {
      case 'list': {
        const [item, i, s] = [`x${names}`, `i${names}`, `r${names}`]
        names++
        const inner = value(structure.item, {
          x: item,
          r: s,
          isOptional: structure.nullable,
          above: { definition: definition + 1, repetition: above.repetition + 1 },
        })
        const loop = `for (let ${i} = 0; ${i} < ${x}.length; ${i}++) {\nconst ${item} = ${x}[${i}]\n`
        const check = structure.nullable ? `if (${item} !== null) {\n${inner.check}}\n` : inner.check
        return {
          check: `if (!Array.isArray(${x})) return false\n${loop}${check}}\n`,
          push: optional(
            place,
            from,
            `if (${x}.length === 0) {\n${absentFrom(from, definition, r)}} else ${loop}const ${s} = ${i} === 0 ? ${r} : ${above.repetition + 1}\n${inner.push}}\n`,
          ),
        }
      }
      case 'group': {
        const place = addGroup(structure, { ...above, definition })
        return {
          check: `if (!f${place}(${x})) return false\n`,
          push: optional({ x, r, isOptional, above }, from, `p${place}(${x}, ${r})\n`),
        }
      }
      case 'json': {
        const column = columns++
        const text = `c${column}(texts[at++], ${definition}, ${r})\n`
        return {
          check: `u = json(${x})\nif (u === undefined) return false\ntexts.push(u)\n`,
          push: isOptional
            ? `if (${x} === undefined) a${column}(${above.definition}, ${r})\nelse ${text}`
            : text,
        }
      }
      default: {
        const column = columns++
        return {
          check: `if (${misfit(structure.kind, x)}) return false\n`,
          push: optional(place, from, `c${column}(${x}, ${definition}, ${r})\n`),
        }
      }
    }
  }

  const field = ({ key, value: structure, emptyMeans }: Field, x: string, above: Levels): Code => {
    const { check, push } = value(structure, { x, r: 'r', isOptional: emptyMeans !== 'never', above })
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
  const addGroup = (group: Group, levels: Levels): number => {
    const fields = group.fields.map(each => field(each, `x${names++}`, levels))
    const unknown = columns++
    const place = others.push(othersOf(group)) - 1
    functions.push(`const f${place} = v => {
if (typeof v !== 'object' || v === null || Object.getPrototypeOf(v) !== Object.prototype) return false
let n = 0, u
for (const _ in v) n++
${fields.map(({ check }) => check).join('')}if (n === 0) texts.push(null)
else {
u = others[${place}](v)
if (u === undefined) return false
texts.push(u)
}
return true
}
const p${place} = (v, r) => {
${fields.map(({ push }) => push).join('')}const t = texts[at++]
if (t === null) a${unknown}(${levels.definition}, r)
else c${unknown}(t, ${levels.definition + 1}, r)
}
`)
    return place
  }

  return {
    group: addGroup,
    others,
    text: (last: string): string =>
      `"use strict"\n${Array.from({ length: columns }, (_, i) => `const c${i} = push[${i}], a${i} = absent[${i}]\n`).join('')}${functions.join('')}${last}`,
  }
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

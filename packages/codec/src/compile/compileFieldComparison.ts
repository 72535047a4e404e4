import { compileFunction } from './compileFunction.ts'
import { isPlainObject } from '../internal/objects.ts'

/**
 * Callbacks for the differences of two objects; each returns true to continue. `C` is the caller's
 * context.
 */
export interface FieldVisitor<C> {
  /** Two different values of the key with this index, or two zeros; `undefined` means absent. */
  readonly visit: (index: number, a: unknown, b: unknown, context: C) => boolean
  /** The objects have keys that were not named, or that hold `undefined`. */
  readonly others: (a: Fields, b: Fields, context: C) => boolean
  /** The values are not both plain objects. */
  readonly unlike: (a: unknown, b: unknown, context: C) => boolean
}
type Fields = Readonly<Record<string, unknown>>

/** Compares two values; true if every callback returned true. */
export type FieldComparison<C> = (a: unknown, b: unknown, context: C) => boolean

/**
 * Compiles a comparison of the same keys of two objects: a fifth of the time of reading them one by
 * one. Interprets where code may not be generated, or there is no key to read.
 */
export const compileFieldComparison = <C>(
  keys: ReadonlyArray<string>,
  visitor: FieldVisitor<C>,
): FieldComparison<C> => {
  const slow = interpreted(keys, visitor)
  if (keys.length === 0) return slow
  const { visit, others } = visitor
  const generated = compileFunction(sourceOf(keys), 'visit', 'others', 'slow')
  return generated === undefined ? slow : (generated(visit, others, slow) as FieldComparison<C>)
}

/**
 * Reads `__proto__`, which is cheaper than `Object.getPrototypeOf`: an own key of that name only
 * takes the slower path. An inherited `constructor` would make instances plain objects.
 */
const sourceOf = (keys: ReadonlyArray<string>): string => `return (a, b, c) => {
if (a === b && a !== 0) return true
if (a?.__proto__ !== Object.prototype || b?.__proto__ !== Object.prototype) return slow(a, b, c)
let n = 0, m = 0, u, v
${keys.map(read).join('\n')}
for (const _ in a) n--
for (const _ in b) m--
return (n === 0 && m === 0) || others(a, b, c)
}`

const read = (key: string, i: number): string => {
  const name = JSON.stringify(key)
  // an inherited value must not be read as a field
  const of = (o: string) =>
    key in Object.prototype ? `Object.hasOwn(${o}, ${name}) ? ${o}[${name}] : undefined` : `${o}[${name}]`
  return `u = ${of('a')}
v = ${of('b')}
if (u !== undefined) n++
if (v !== undefined) m++
if ((u !== v || u === 0) && !visit(${i}, u, v, c)) return false`
}

const interpreted =
  <C>(keys: ReadonlyArray<string>, { visit, others, unlike }: FieldVisitor<C>): FieldComparison<C> =>
  (a, b, context) => {
    if (a === b && a !== 0) return true
    if (!isPlainObject(a) || !isPlainObject(b)) return unlike(a, b, context)
    let n = 0
    let m = 0
    for (const [i, key] of keys.entries()) {
      const u = Object.hasOwn(a, key) ? a[key] : undefined
      const v = Object.hasOwn(b, key) ? b[key] : undefined
      if (u !== undefined) n++
      if (v !== undefined) m++
      if ((u !== v || u === 0) && !visit(i, u, v, context)) return false
    }
    return (n === Object.keys(a).length && m === Object.keys(b).length) || others(a, b, context)
  }

import { compileFunction } from './compileFunction.ts'
import { isPlain } from '../internal/isPlain.ts'

/** What to do with what is found in two objects; every answer says whether to go on. `C` comes along from the caller. */
export interface FieldVisitor<C> {
  /** The two values of the key of that number, which are not one (or are zeros, which are two); `undefined` is absent. */
  readonly visit: (index: number, a: unknown, b: unknown, context: C) => boolean
  /** There are keys that were not named, or that hold `undefined`. */
  readonly others: (a: Fields, b: Fields, context: C) => boolean
  /** They are not two plain objects. */
  readonly unlike: (a: unknown, b: unknown, context: C) => boolean
}
type Fields = Readonly<Record<string, unknown>>

/** Whether all answers were to go on. */
export type FieldComparison<C> = (a: unknown, b: unknown, context: C) => boolean

/**
 * A way to look at the same keys of two objects, in a fifth of the time that reading keys one by one takes: code is
 * generated for it, where that is allowed.
 */
export const compileFieldComparison = <C>(
  keys: ReadonlyArray<string>,
  pairing: FieldVisitor<C>,
): FieldComparison<C> => {
  const slow = interpreted(keys, pairing)
  const { visit, others } = pairing
  const generated = compileFunction(sourceOf(keys), 'visit', 'others', 'slow')
  return generated === undefined ? slow : (generated(visit, others, slow) as FieldComparison<C>)
}

/** `constructor` is cheaper than the prototype, and as good: an own key of that name only takes the slower way. */
const sourceOf = (keys: ReadonlyArray<string>): string => `return (a, b, c) => {
if (a === b && a !== 0) return true
if (a?.constructor !== Object || b?.constructor !== Object) return slow(a, b, c)
let n = 0, m = 0, u, v
${keys.map(read).join('\n')}
for (const _ in a) n--
for (const _ in b) m--
return (n === 0 && m === 0) || others(a, b, c)
}`

const read = (key: string, i: number): string => {
  const name = JSON.stringify(key)
  // what every object inherits is not seen by reading it
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
    if (!isFields(a) || !isFields(b)) return unlike(a, b, context)
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

const isFields = (u: unknown): u is Fields => typeof u === 'object' && u !== null && isPlain(u)

import { generate } from './internal/generate.ts'
import { isPlain } from './internal/same.ts'

/**
 * Looks at the same keys of two objects. `visit` gets the number of each key whose two values are not one (and of
 * zeros, which are two); an absent key is `undefined`. It says whether to go on.
 */
export type Pairwise = (a: unknown, b: unknown, visit: Visit) => Outcome
export type Visit = (index: number, a: unknown, b: unknown) => boolean

/** What came of it. `others`: there are keys that were not looked at, or hold `undefined`. `unlike`: not two plain objects. */
export const outcomes = { stopped: 0, done: 1, others: 2, unlike: 3 } as const
export type Outcome = (typeof outcomes)[keyof typeof outcomes]

/**
 * A way to look at these keys of two objects, in a fifth of the time that reading keys one by one takes: code is
 * generated for it, where that is allowed.
 */
export const pairwise = (keys: ReadonlyArray<string>): Pairwise => {
  const slow = interpreted(keys)
  const generated = generate(sourceOf(keys), 'slow')
  return generated === undefined ? slow : (generated(slow) as Pairwise)
}

/** `constructor` is cheaper than the prototype, and as good: an own key of that name only takes the slower way. */
const sourceOf = (keys: ReadonlyArray<string>): string => `return (a, b, visit) => {
if (a?.constructor !== Object || b?.constructor !== Object) return slow(a, b, visit)
let n = 0, m = 0, u, v
${keys.map(read).join('\n')}
for (const _ in a) n--
for (const _ in b) m--
return n === 0 && m === 0 ? ${outcomes.done} : ${outcomes.others}
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
if ((u !== v || u === 0) && !visit(${i}, u, v)) return ${outcomes.stopped}`
}

const interpreted =
  (keys: ReadonlyArray<string>): Pairwise =>
  (a, b, visit) => {
    if (!isFields(a) || !isFields(b)) return outcomes.unlike
    let n = 0
    let m = 0
    for (const [i, key] of keys.entries()) {
      const u = Object.hasOwn(a, key) ? a[key] : undefined
      const v = Object.hasOwn(b, key) ? b[key] : undefined
      if (u !== undefined) n++
      if (v !== undefined) m++
      if ((u !== v || u === 0) && !visit(i, u, v)) return outcomes.stopped
    }
    return n === Object.keys(a).length && m === Object.keys(b).length ? outcomes.done : outcomes.others
  }

const isFields = (u: unknown): u is Readonly<Record<string, unknown>> =>
  typeof u === 'object' && u !== null && isPlain(u)

import { generate } from './generate.ts'
import { isPlain } from './isPlain.ts'

/**
 * A copy of a JSON value that `JSON.stringify` writes in canonical form: keys in the order of their UTF-16 code units.
 * `undefined` when there is none: the value is no JSON value, or has keys that objects keep in an order of their own.
 */
export const ordered = (u: unknown): unknown => {
  switch (typeof u) {
    case 'string':
      return u.isWellFormed() ? u : undefined
    case 'number':
      return Number.isFinite(u) ? u : undefined
    case 'boolean':
      return u
    case 'object':
      return u === null ? u : Array.isArray(u) ? orderedList(u) : isPlain(u) ? orderedObject(u) : undefined
    default:
      return undefined
  }
}

const orderedList = (us: ReadonlyArray<unknown>): unknown => {
  const copy: Array<unknown> = []
  for (let i = 0; i < us.length; i++) {
    const item = ordered(us[i])
    if (item === undefined) return undefined
    copy.push(item)
  }
  return copy
}

const orderedObject = (u: Readonly<Record<string, unknown>>): unknown => {
  const keys = Object.keys(u)
  const [first] = keys
  return first === undefined ? {} : copyOf(first, keys)(u)
}

type Keys = ReadonlyArray<string>
type Copy = (u: Readonly<Record<string, unknown>>) => unknown

interface Known {
  readonly keys: Keys
  copy: Copy
  uses: number
}

/** Records of one kind have their keys in a few orders: those seen before, by their first key. */
const seen = new Map<string, Array<Known>>()
let count = 0
const maxCount = 256
const maxKeys = 100
/** An order of keys that comes again and again is worth a function of its own. */
const worth = 4

const copyOf = (first: string, keys: Keys): Copy => {
  const alike = seen.get(first)
  const known = alike?.find(entry => areSame(entry.keys, keys))
  if (known !== undefined) {
    if (++known.uses === worth) known.copy = generated(keys) ?? known.copy
    return known.copy
  }
  const copy = keys.some(key => isOwnWay(key) || !key.isWellFormed()) ? none : byHand(keys.toSorted())
  if (keys.length > maxKeys || count >= maxCount) return copy
  count++
  const entry = { keys, copy, uses: copy === none ? worth : 0 }
  if (alike === undefined) seen.set(first, [entry])
  else alike.push(entry)
  return copy
}

const none: Copy = () => undefined

const byHand =
  (order: Keys): Copy =>
  u => {
    const copy: Record<string, unknown> = {}
    for (const key of order) {
      const value = ordered(u[key])
      if (value === undefined) return undefined
      copy[key] = value
    }
    return copy
  }

/** The same as one literal, which the engine makes, and writes, several times faster than an object that grows. */
const generated = (keys: Keys): Copy | undefined => {
  const reads = keys.map((key, i) => {
    const v = `v${i}`
    return `let ${v} = u[${JSON.stringify(key)}]
if (typeof ${v} === 'string' ? !${v}.isWellFormed() : (${v} = ordered(${v})) === undefined) return undefined`
  })
  const order = keys.map((key, i) => [key, i] as const).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const fields = order.map(([key, i]) => `${JSON.stringify(key)}: v${i}`)
  const body = `return u => {\n${reads.join('\n')}\nreturn { ${fields.join(', ')} }\n}`
  return generate(body, 'ordered')?.(ordered) as Copy | undefined
}

const areSame = (a: Keys, b: Keys): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Objects put whole numbers first, and cannot be given a `__proto__` by assignment. */
const isOwnWay = (key: string): boolean => key === '__proto__' || /^\d+$/.test(key)

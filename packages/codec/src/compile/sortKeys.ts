import { compileFunction } from './compileFunction.ts'
import { isPlain } from '../internal/objects.ts'

/**
 * Copies a JSON value so that `JSON.stringify` writes it in canonical form: keys in the order of
 * their UTF-16 code units. Returns `undefined` for what is no JSON value, and for keys that
 * JavaScript orders by itself. Strings are not checked: a lone surrogate is copied.
 */
export const sortKeys = (u: unknown, place: Place = { last: undefined, isLasting: false }): unknown => {
  switch (typeof u) {
    case 'string':
    case 'boolean':
      return u
    case 'number':
      return Number.isFinite(u) ? u : undefined
    case 'object':
      if (u === null) return u
      if (Array.isArray(u)) return orderedList(u, place)
      return isPlain(u) ? orderedObject(u, place) : undefined
    default:
      return undefined
  }
}

/**
 * A position in values of one kind, with the last key order seen there: the next is often the same.
 */
interface Place {
  last: Order | undefined
  /**
   * True if it belongs to generated code, which is never freed: it then holds only cached orders.
   */
  readonly isLasting: boolean
}

type Keys = ReadonlyArray<string>
type Fields = Readonly<Record<string, unknown>>
type Copy = (u: Fields) => unknown

interface Order {
  readonly keys: Keys
  readonly isCached: boolean
  copy: Copy
  uses: number
}

const orderedList = (us: ReadonlyArray<unknown>, place: Place): unknown => {
  const copy: Array<unknown> = []
  for (let i = 0; i < us.length; i++) {
    const item = sortKeys(us[i], place)
    if (item === undefined) return undefined
    copy.push(item)
  }
  return copy
}

const orderedObject = (u: Fields, place: Place): unknown => {
  let order = place.last
  if (order === undefined || !hasKeys(u, order.keys)) {
    order = orderOf(Object.keys(u))
    if (order.isCached || !place.isLasting) place.last = order
  }
  if (order.uses < minUses && ++order.uses === minUses) order.copy = generated(order.keys) ?? order.copy
  return order.copy(u)
}

/** True if these are the object's own keys, in this order. Allocates no list of keys. */
const hasKeys = (u: Fields, keys: Keys): boolean => {
  let i = 0
  // oxlint-disable-next-line guard-for-in -- inherited keys come last, so checking the last key is enough
  for (const key in u) if (key !== keys[i++]) return false
  return i === keys.length && (i === 0 || Object.hasOwn(u, keys[i - 1] as string))
}

/** Cached orders by their first key. Records of one kind have few. */
const seen = new Map<string | undefined, Array<Order>>()
let count = 0
const maxCount = 256
const maxKeys = 100
/** Limits the characters of the keys of a cached order: the cache holds at most 1 Mi characters. */
const maxLength = 4096
/** Number of uses after which a copy function is generated for an order. */
const minUses = 4

const orderOf = (keys: Keys): Order => {
  const alike = seen.get(keys[0])
  const known = alike?.find(order => areSame(order.keys, keys))
  if (known !== undefined) return known
  const isNone = keys.some(isReordered)
  const isCached =
    keys.length <= maxKeys && count < maxCount && keys.reduce((n, key) => n + key.length, 0) <= maxLength
  const order: Order = {
    keys,
    isCached,
    copy: isNone ? none : interpreted(keys.toSorted()),
    uses: isNone || !isCached ? minUses : 0,
  }
  if (!isCached) return order
  count++
  if (alike === undefined) seen.set(keys[0], [order])
  else alike.push(order)
  return order
}

const none: Copy = () => undefined

const interpreted =
  (order: Keys): Copy =>
  u => {
    const copy: Record<string, unknown> = {}
    for (const key of order) {
      const value = sortKeys(u[key])
      if (value === undefined) return undefined
      copy[key] = value
    }
    return copy
  }

/**
 * Copies by one object literal, which V8 builds and writes several times as fast as one that grows.
 */
const generated = (keys: Keys): Copy | undefined => {
  const reads = keys.map((key, i) => {
    const v = `v${i}`
    const isFit = `typeof ${v} === 'string' || ${v} === null || (${v} = ordered(${v}, p${i})) !== undefined`
    return `let ${v} = u[${JSON.stringify(key)}]
if (!(typeof ${v} === 'number' ? ${v} - ${v} === 0 : ${isFit})) return undefined`
  })
  const places = keys.map((_, i) => `const p${i} = { last: undefined, isLasting: true }`)
  const order = keys.map((key, i) => [key, i] as const).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const fields = order.map(([key, i]) => `${JSON.stringify(key)}: v${i}`)
  const body = `${places.join('\n')}\nreturn u => {\n${reads.join('\n')}\nreturn { ${fields.join(', ')} }\n}`
  return compileFunction(body, 'ordered')?.(sortKeys) as Copy | undefined
}

const areSame = (a: Keys, b: Keys): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** True for keys that objects order first (integers) or cannot be assigned (`__proto__`). */
const isReordered = (key: string): boolean => key === '__proto__' || /^\d+$/.test(key)

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
  const order = orderOf(Object.keys(u))
  if (order === undefined) return undefined
  const copy: Record<string, unknown> = {}
  for (const key of order) {
    const value = ordered(u[key])
    if (value === undefined) return undefined
    copy[key] = value
  }
  return copy
}

type Keys = ReadonlyArray<string>

/** Records of one kind have their keys in a few orders: those seen before, by their first key. */
const seen = new Map<string, Array<{ readonly keys: Keys; readonly order: Keys | undefined }>>()
let count = 0
const maxCount = 256
const maxKeys = 100

const orderOf = (keys: Keys): Keys | undefined => {
  const first = keys[0]
  if (first === undefined) return keys
  const alike = seen.get(first)
  const known = alike?.find(entry => areSame(entry.keys, keys))
  if (known !== undefined) return known.order
  const order = keys.some(key => isOwnWay(key) || !key.isWellFormed()) ? undefined : keys.toSorted()
  if (keys.length > maxKeys || count >= maxCount) return order
  count++
  if (alike === undefined) seen.set(first, [{ keys, order }])
  else alike.push({ keys, order })
  return order
}

const areSame = (a: Keys, b: Keys): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Objects put whole numbers first, and cannot be given a `__proto__` by assignment. */
const isOwnWay = (key: string): boolean => key === '__proto__' || /^\d+$/.test(key)

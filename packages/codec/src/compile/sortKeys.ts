import { compileFunction } from './compileFunction.ts'
import { isPlain } from '../internal/isPlain.ts'

/**
 * A copy of a JSON value that `JSON.stringify` writes in canonical form: keys in the order of their UTF-16 code units.
 * `undefined` when there is none: the value is no JSON value, or has keys that objects keep in an order of their own.
 * Texts and keys are not looked into: half of a surrogate pair stands in the copy, too.
 */
export const sortKeys = (u: unknown, place: Place = { last: undefined }): unknown => {
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

/** Where objects stand, and the order of keys of the last one there: most often the next one's, too. */
interface Place {
  last: Order | undefined
}

type Keys = ReadonlyArray<string>
type Fields = Readonly<Record<string, unknown>>
type Copy = (u: Fields) => unknown

interface Order {
  readonly keys: Keys
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
    place.last = order
  }
  if (order.uses < worth && ++order.uses === worth) order.copy = generated(order.keys) ?? order.copy
  return order.copy(u)
}

/** Whether these are its own keys, in this order. Makes no list of them; inherited ones would come after its own. */
const hasKeys = (u: Fields, keys: Keys): boolean => {
  let i = 0
  // oxlint-disable-next-line guard-for-in -- once is enough, for the last of them
  for (const key in u) if (key !== keys[i++]) return false
  return i === keys.length && (i === 0 || Object.hasOwn(u, keys[i - 1] as string))
}

/** Records of one kind have their keys in a few orders: those seen before, by their first key. */
const seen = new Map<string | undefined, Array<Order>>()
let count = 0
const maxCount = 256
const maxKeys = 100
/** An order of keys that comes again and again is worth a function of its own. */
const worth = 4

const orderOf = (keys: Keys): Order => {
  const alike = seen.get(keys[0])
  const known = alike?.find(order => areSame(order.keys, keys))
  if (known !== undefined) return known
  const isNone = keys.some(isOwnWay)
  const order: Order = {
    keys,
    copy: isNone ? none : byHand(keys.toSorted()),
    uses: isNone || keys.length > maxKeys || count >= maxCount ? worth : 0,
  }
  if (keys.length > maxKeys || count >= maxCount) return order
  count++
  if (alike === undefined) seen.set(keys[0], [order])
  else alike.push(order)
  return order
}

const none: Copy = () => undefined

const byHand =
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

/** The same as one literal, which the engine makes, and writes, several times faster than an object that grows. */
const generated = (keys: Keys): Copy | undefined => {
  const reads = keys.map((key, i) => {
    const v = `v${i}`
    const isFit = `typeof ${v} === 'string' || ${v} === null || (${v} = ordered(${v}, p${i})) !== undefined`
    return `let ${v} = u[${JSON.stringify(key)}]
if (!(typeof ${v} === 'number' ? ${v} - ${v} === 0 : ${isFit})) return undefined`
  })
  const places = keys.map((_, i) => `const p${i} = { last: undefined }`)
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

/** Objects put whole numbers first, and cannot be given a `__proto__` by assignment. */
const isOwnWay = (key: string): boolean => key === '__proto__' || /^\d+$/.test(key)

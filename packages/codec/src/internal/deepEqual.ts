import { isPlain } from './objects.ts'

/**
 * True if two values are structurally equal: lists by their items, objects by their own enumerable
 * keys in any order (`__proto__` too), dates by their instant, everything else by `Object.is`: NaN
 * equals NaN, 0 differs from -0, and an absent key differs from one that holds `undefined`.
 * Instances of other classes are compared by reference.
 *
 * Handles any depth and cyclic values: two of them are equal when no path tells them apart.
 */
export const deepEqual = (a: unknown, b: unknown): boolean => {
  const pending: Array<object> = []
  if (!matches(a, b, pending)) return false
  let join: ReturnType<typeof joining> | undefined
  for (let steps = 0; pending.length > 0; steps++) {
    const y = pending.pop() as object
    const x = pending.pop() as object
    if (steps >= patience && !(join ??= joining())(x, y)) continue
    if (!sameContent(x, y, pending)) return false
  }
  return true
}

/** Pairs compared before they are remembered: only cycles and shared parts recur. */
const patience = 10_000

/** True if two values can be equal; two objects are queued until their content is compared. */
const matches = (a: unknown, b: unknown, pending: Array<object>): boolean => {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  pending.push(a, b)
  return true
}

const sameContent = (a: object, b: object, pending: Array<object>): boolean => {
  if (Array.isArray(a))
    return (
      Array.isArray(b) && a.length === b.length && a.every((item: unknown, i) => matches(item, b[i], pending))
    )
  if (!isPlain(a) || !isPlain(b))
    return a instanceof Date && b instanceof Date && Object.is(a.getTime(), b.getTime())
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => Object.prototype.propertyIsEnumerable.call(b, key) && matches(a[key], b[key], pending))
  )
}

/**
 * Merges the classes of two objects; true if they were apart (Hopcroft and Karp's equivalence of
 * automata). That happens at most once for each object, so every comparison ends.
 */
const joining = () => {
  const parents = new Map<object, object>()
  const root = (of: object): object => {
    let child = of
    for (let parent = parents.get(child); parent !== undefined; parent = parents.get(child)) {
      const above = parents.get(parent)
      if (above !== undefined) parents.set(child, above)
      child = parent
    }
    return child
  }
  return (a: object, b: object): boolean => {
    const [x, y] = [root(a), root(b)]
    if (x === y) return false
    parents.set(x, y)
    return true
  }
}

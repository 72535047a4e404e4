import { isPlain } from './isPlain.ts'

/**
 * Whether two values are structurally the same: lists by their items, objects by their own enumerable keys in any
 * order (`__proto__` too), dates by their instant, everything else by `Object.is`. So NaN is NaN, 0 is not -0, and an
 * absent key is not one that holds `undefined`. Instances of other classes are only the same as themselves.
 *
 * Answers at any depth, and for cyclic values: two of them are the same when no walk can tell them apart.
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

/** How many pairs are compared before remembering them: only cycles and shared parts come twice. */
const patience = 10_000

/** Whether two values can be the same; two objects are put off until their content is compared. */
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
 * Takes two objects for the same from now on, and says whether that is news (Hopcroft and Karp's equivalence of
 * automata): there is news at most as often as there are objects, so every comparison ends.
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

/**
 * The message of the error that reading a value throws: from a getter or a proxy, at any depth.
 * `undefined` if everything in it can be read.
 */
export const readError = (value: unknown): string | undefined => {
  const seen = new Set<unknown>()
  const pending = [value]
  try {
    while (pending.length > 0) {
      const u = pending.pop()
      if (typeof u !== 'object' || u === null || seen.has(u)) continue
      seen.add(u)
      for (const key of keysOf(u)) pending.push((u as Readonly<Record<string, unknown>>)[key])
    }
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}

/** Own keys, and those of prototypes: a class has its getters there. */
const keysOf = (object: object): ReadonlyArray<string> => {
  const keys: Array<string> = []
  for (let o: object = object; o !== Object.prototype && o !== Array.prototype; ) {
    for (const key of Object.getOwnPropertyNames(o)) keys.push(key)
    const prototype = Object.getPrototypeOf(o) as object | null
    if (prototype === null) break
    o = prototype
  }
  // a proxy may throw for keys that it does not list
  return [...keys.filter(key => key !== '__proto__'), 'constructor']
}

/** Errors can be any value, also one that cannot be read. */
const messageOf = (error: unknown): string => {
  try {
    return error instanceof Error ? error.message : String(error)
  } catch {
    return 'an unknown error'
  }
}

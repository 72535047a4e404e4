/** Values of JSON in memory: plain objects with own keys, dense arrays, and the rest. */

export type Fields = Record<string, unknown>

export const isArray: (value: unknown) => value is ReadonlyArray<unknown> = Array.isArray

/** Returns the value under an own key; `undefined` is absent. */
export const get = (fields: Fields, key: string): unknown =>
  Object.hasOwn(fields, key) ? fields[key] : undefined

/** Returns the own keys that have a value. */
export const keysOf = (fields: Fields): ReadonlyArray<string> =>
  Object.keys(fields).filter(key => fields[key] !== undefined)

/** True if a list or object holds itself, at any depth: no text of JSON is such a value. */
export const isCyclic = (value: unknown): boolean => {
  const holders = new Set<unknown>()
  const done = new Set<unknown>()
  const todo: Array<unknown> = [value]
  while (todo.length > 0) {
    const here = todo.at(-1)
    if (holders.has(here)) {
      // its parts are done
      holders.delete(here)
      done.add(here)
      todo.pop()
    } else if (typeof here !== 'object' || here === null || done.has(here)) todo.pop()
    else {
      holders.add(here)
      for (const part of Object.values(here)) {
        if (holders.has(part)) return true
        todo.push(part)
      }
    }
  }
  return false
}

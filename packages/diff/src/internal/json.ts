/** Values of JSON in memory: plain objects with own keys, dense arrays, and the rest. */

export type Fields = Record<string, unknown>

export const isArray: (value: unknown) => value is ReadonlyArray<unknown> = Array.isArray

/** Returns the value under an own key; `undefined` is absent. */
export const get = (fields: Fields, key: string): unknown =>
  Object.hasOwn(fields, key) ? fields[key] : undefined

/** Returns the own keys that have a value. */
export const keysOf = (fields: Fields): ReadonlyArray<string> =>
  Object.keys(fields).filter(key => fields[key] !== undefined)

/** Values of JSON in memory: plain objects with own keys, dense arrays, and the rest. */

export type Fields = Record<string, unknown>

export const isArray: (value: unknown) => value is ReadonlyArray<unknown> = Array.isArray

/** True for an object that is neither an array nor of a class (a date is a leaf). */
export const isFields = (value: unknown): value is Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  // cheaper than reading the prototype; an object with an own key of that name is read below
  if (value.constructor === Object) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null
}

/** Returns the value under an own key; `undefined` is absent. */
export const get = (fields: Fields, key: string): unknown =>
  Object.hasOwn(fields, key) ? fields[key] : undefined

/** Sets an own key, even `__proto__`, whose assignment would swap the prototype. */
export const put = (fields: Fields, key: string, value: unknown): void => {
  if (key === '__proto__')
    Object.defineProperty(fields, key, { value, writable: true, enumerable: true, configurable: true })
  else fields[key] = value
}

/** Returns the own keys that have a value. */
export const keysOf = (fields: Fields): ReadonlyArray<string> =>
  Object.keys(fields).filter(key => fields[key] !== undefined)

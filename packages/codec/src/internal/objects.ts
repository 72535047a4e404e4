/** Objects in memory: tests of their kind, and setting a key of any name. */

/** True for an object that is no list, also for a class instance. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** True for an object made by a literal or a parser, in any realm: no list, no class instance. */
export const isPlain = (value: object): value is Record<string, unknown> => {
  if (Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
}

/** {@link isPlain} for a value of any kind. */
export const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && isPlain(value)

/** The name of an object's class, also of one whose prototypes have no constructor. */
export const classNameOf = ({ constructor }: { readonly constructor?: unknown }): string =>
  typeof constructor === 'function' ? constructor.name : 'a class'

/** Sets an own key, also `__proto__`, whose assignment would replace the prototype. */
export const put = (object: Record<string, unknown>, key: string, value: unknown): void => {
  if (key !== '__proto__') object[key] = value
  else Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true })
}

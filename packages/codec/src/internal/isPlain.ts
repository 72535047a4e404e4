/** True for an object made by a literal or a parser, in any realm: no list, no class instance. */
export const isPlain = (value: object): value is Record<string, unknown> => {
  if (Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
}

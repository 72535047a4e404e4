/** Made by a literal or a parser, in this realm or another: not a list, and not an instance of a class. */
export const isPlain = (value: object): value is Record<string, unknown> => {
  if (Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
}

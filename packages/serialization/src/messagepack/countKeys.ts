/** How many keys the objects in a value have in all. */
export const countKeys = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0
  const inner = Object.values(value).reduce<number>((n, v) => n + countKeys(v), 0)
  return Array.isArray(value) ? inner : inner + Object.keys(value).length
}

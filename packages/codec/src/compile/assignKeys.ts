/** Builds an object key by key; every key becomes an own key, whatever its name. */
export const assignKeys = (
  keys: ReadonlyArray<string>,
  valueAt: (place: number) => unknown,
  isThere: (value: unknown) => boolean = () => true,
): Record<string, unknown> => {
  const object: Record<string, unknown> = {}
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string
    const value = valueAt(i)
    if (!isThere(value)) continue
    if (key !== '__proto__') object[key] = value
    else Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true })
  }
  return object
}

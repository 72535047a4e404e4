import { put } from '../internal/objects.ts'

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
    put(object, key, value)
  }
  return object
}

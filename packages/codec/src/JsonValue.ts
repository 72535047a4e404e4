import * as t from 'io-ts'
import { isPlain } from './internal/objects.ts'
import { trust } from './internal/stock.ts'

/** A value that JSON can hold. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | ReadonlyArray<JsonValue>
  | { readonly [key: string]: JsonValue }

/** The deepest nesting of a {@link JsonValue}; a cyclic value exceeds it. */
export const maxJsonDepth = 1000

/** Appends to `path` the keys to the first part that is not JSON; true if there is one. */
const hasFault = (u: unknown, path: Array<string>): boolean => {
  if (u === null || typeof u === 'string' || typeof u === 'boolean') return false
  if (typeof u === 'number') return !Number.isFinite(u)
  if (typeof u !== 'object' || path.length >= maxJsonDepth) return true
  if (!Array.isArray(u) && !isPlain(u)) return true
  for (const key of Array.isArray(u) ? u.keys() : Object.keys(u)) {
    path.push(String(key))
    if (hasFault((u as Record<string | number, unknown>)[key], path)) return true
    path.pop()
  }
  return false
}

const isJson = trust((u: unknown): u is JsonValue => !hasFault(u, []))

const validate = (u: unknown, context: t.Context): t.Validation<JsonValue> => {
  const path: Array<string> = []
  if (!hasFault(u, path)) return t.success(u as JsonValue)
  const place: t.Context = [...context]
  let actual: any = u
  for (const key of path) {
    actual = actual[key]
    ;(place as Array<t.ContextEntry>).push({ key, type: JsonValue, actual })
  }
  return t.failure(actual, place)
}

/**
 * Any JSON value and nothing else: no `undefined`, NaN or infinity, no functions, no class
 * instances, at most {@link maxJsonDepth} levels. Own keys named `__proto__` are data. Returns the
 * same reference; an error has the path of the first part that is not JSON.
 *
 * @example
 * JsonValue.is({ a: [1, null] }) // => true
 * JsonValue.is({ a: [1, undefined] }) // => false
 */
export const JsonValue: t.Type<JsonValue> = new t.RefinementType(
  'JSON value',
  isJson,
  trust(validate),
  t.identity,
  t.unknown,
  isJson,
)

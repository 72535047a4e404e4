import * as t from 'io-ts'
import { isPlain } from './internal/isPlain.ts'
import { trust } from './internal/stock.ts'

/** What JSON can say. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | ReadonlyArray<JsonValue>
  | { readonly [key: string]: JsonValue }

/** How many lists and objects a {@link JsonValue} value may have around each other; a cyclic value has more. */
export const maxJsonDepth = 1000

/** Adds to `path` the keys to the first part that is no JSON value, and says whether there is one. */
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
 * Any JSON value, nothing else: no `undefined`, NaN or infinity, no functions, no instances of classes, at most
 * {@link maxJsonDepth} levels. Own keys named `__proto__` are data. Gives back the very value; an error says where the
 * first part stands that JSON cannot say.
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

import { type EncodeError, unencodable } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import { classNameOf, isPlain } from '@finetune-kit/codec/compile'
import { defaultLimits } from '../Format.ts'
import { tooDeep } from './depth.ts'

interface JsonOptions {
  /** Spaces of indentation for each level. Default: none. */
  readonly indent?: number | undefined
  readonly maxDepth?: number
}

/**
 * The JSON text of a value, or the part that JSON cannot hold: `JSON.stringify` would write `null`
 * for NaN, `0` for -0, and drop functions. A key whose value is `undefined` is absent. Lone
 * surrogates are escaped (ECMA-262, well-formed `JSON.stringify`).
 */
export const encodeJson = (
  value: unknown,
  { indent, maxDepth = defaultLimits.maxDepth }: JsonOptions = {},
): E.Either<EncodeError, string> => {
  const seen = { negativeZero: false, maxDepth }
  const error = isHeld(value, maxDepth) ? undefined : unholdable(value, [], seen)
  if (error !== undefined) return E.left(error)
  try {
    const text = JSON.stringify(value, undefined, indent)
    return E.right(seen.negativeZero ? withNegativeZeros(value, text, indent) : text)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    return E.left(unencodable([], 'its text is longer than a string can be'))
  }
}

/** The same text, with each -0 written as such, by a mark that occurs nowhere else in it. */
const withNegativeZeros = (value: unknown, text: string, indent?: number): string => {
  let mark = '-0'
  while (text.includes(`"${mark}"`)) mark += '0'
  const marked = JSON.stringify(value, (_, v: unknown) => (Object.is(v, -0) ? mark : v), indent)
  return marked.replaceAll(`"${mark}"`, '-0')
}

/**
 * True if JSON loses nothing of a value. {@link unholdable} explains a false, more slowly: it keeps
 * the path.
 */
const isHeld = (value: unknown, depth: number): boolean => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true
    case 'number':
      return value === 0 ? !Object.is(value, -0) : Number.isFinite(value)
    case 'object': {
      if (value === null) return true
      if (depth === 0) return false
      if (Array.isArray(value)) {
        for (let i = 0; i < value.length; i++) if (!isHeld(value[i], depth - 1)) return false
        return true
      }
      if (Object.getPrototypeOf(value) !== Object.prototype) return false
      for (const key in value) {
        const inner: unknown = (value as Record<string, unknown>)[key]
        if (typeof inner !== 'string' && inner !== undefined && !isHeld(inner, depth - 1)) return false
      }
      return true
    }
    default:
      return false
  }
}

interface Seen {
  negativeZero: boolean
  readonly maxDepth: number
}

const unholdable = (value: unknown, path: Array<string | number>, seen: Seen): EncodeError | undefined => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined
    case 'number':
      if (value === 0 && Object.is(value, -0)) seen.negativeZero = true
      return Number.isFinite(value) ? undefined : unencodable([...path], `${value} is not a number of JSON`)
    case 'object':
      return value === null ? undefined : unholdableInside(value, path, seen)
    default:
      return unencodable(
        [...path],
        `${value === undefined ? 'undefined' : `a ${typeof value}`} is not a value of JSON`,
      )
  }
}

const unholdableInside = (
  value: object,
  path: Array<string | number>,
  seen: Seen,
): EncodeError | undefined => {
  if (path.length >= seen.maxDepth) return unencodable([], tooDeep(seen.maxDepth))
  const at = path.length
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      path[at] = i
      const error = unholdable(value[i], path, seen)
      if (error !== undefined) return error
    }
  } else {
    if (!isPlain(value))
      return unencodable([...path], `an instance of ${classNameOf(value)} is not a value of JSON`)
    for (const key of Object.keys(value)) {
      const inner = value[key]
      if (inner === undefined) continue
      path[at] = key
      const error = unholdable(inner, path, seen)
      if (error !== undefined) return error
    }
  }
  path.length = at
  return undefined
}

import * as E from '#fp-ts/Either'
import { type EncodeError, unencodable } from './EncodeError.ts'
import { isPlainObject } from './internal/objects.ts'
import { readError } from './internal/readError.ts'
import { isStackOverflow } from './internal/isStackOverflow.ts'
import { sortKeys } from './compile/sortKeys.ts'
import { sha256 } from './digest/sha256.ts'

/**
 * The canonical text of a JSON value (RFC 8785): equal values have equal texts. Keys are "sorted by
 * their UTF-16 code units", numbers are written as ECMAScript does, so that -0 becomes `0`
 * (§3.2.2.3), and there is no white space. Lone surrogates "MUST cause a compliant implementation
 * to terminate with an appropriate error" (§3.2.2.2). Values that JSON cannot hold are refused with
 * their path: NaN, infinities, `undefined`, functions, class instances. Never throws.
 *
 * Laws: parsing the text returns the value, up to key order and the sign of zero; equal values have
 * equal texts.
 *
 * @example
 * Canonical.stringify({ b: [1e30, 'é'], a: null }) // => either.right('{"a":null,"b":[1e+30,"é"]}')
 */
export const stringify = (value: unknown): E.Either<EncodeError, string> => {
  try {
    const copy = sortKeys(value)
    const native = copy === undefined ? undefined : JSON.stringify(copy)
    return native === undefined || native.includes(loneSurrogate) ? write(value) : E.right(native)
  } catch (error) {
    const reason = readError(value)
    if (reason !== undefined) return E.left(unencodable([], `reading the value throws: ${reason}`))
    if (!isStackOverflow(error)) throw error
    return E.left(unencodable([], 'the value is cyclic, or nested too deeply to be written'))
  }
}

/**
 * The start of a lone surrogate as `JSON.stringify` escapes it; a text with a literal backslash
 * before these letters matches too.
 */
const loneSurrogate = String.raw`\ud`

/**
 * The SHA-256 digest of the canonical text in UTF-8, as 64 hexadecimal digits.
 *
 * @example
 * Canonical.digest({}) // => either.right('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
 */
export const digest = (value: unknown): E.Either<EncodeError, string> => E.map(sha256)(stringify(value))

/**
 * Writes value by value: for keys that the engine would order otherwise, and to locate a refused
 * value.
 */
const write = (value: unknown): E.Either<EncodeError, string> => {
  const path: Array<string | number> = []
  const pieces: Array<string> = []
  let refused: string | undefined

  const child = (key: string | number, u: unknown): boolean => {
    path.push(key)
    const ok = one(u)
    if (ok) path.pop()
    return ok
  }
  const list = (us: ReadonlyArray<unknown>): boolean => {
    for (let i = 0; i < us.length; i++) {
      pieces.push(i === 0 ? '[' : ',')
      if (!child(i, us[i])) return false
    }
    pieces.push(us.length === 0 ? '[]' : ']')
    return true
  }
  const object = (u: Readonly<Record<string, unknown>>): boolean => {
    const keys = Object.keys(u).sort()
    for (const [i, key] of keys.entries()) {
      pieces.push(i === 0 ? '{' : ',', JSON.stringify(key), ':')
      if (!child(key, key.isWellFormed() ? u[key] : key)) return false
    }
    pieces.push(keys.length === 0 ? '{}' : '}')
    return true
  }
  const one = (u: unknown): boolean => {
    if (Array.isArray(u)) return list(u)
    if (isPlainObject(u)) return object(u)
    refused = refusal(u)
    if (refused === undefined) pieces.push(JSON.stringify(u))
    return refused === undefined
  }
  return one(value) || refused === undefined ? E.right(pieces.join('')) : E.left(unencodable(path, refused))
}

const refusal = (u: unknown): string | undefined => {
  switch (typeof u) {
    case 'boolean':
      return undefined
    case 'string':
      return u.isWellFormed() ? undefined : 'a lone surrogate has no place in a text'
    case 'number':
      return Number.isFinite(u) ? undefined : `${u} is no JSON value`
    case 'undefined':
      return 'undefined is no JSON value'
    case 'object':
      return u === null ? undefined : 'an instance of a class is no JSON value'
    default:
      return `a ${typeof u} is no JSON value`
  }
}

import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { describe } from './internal/declaredStructure.ts'
import { mapStructs, withMethods } from './internal/mapStructs.ts'

/**
 * The codec, decoding and encoding without the keys that it does not name, at every level, also `__proto__` and
 * `constructor`. Accepts what the codec accepts, and gives back the very value when there is nothing to leave out.
 * Codecs of unknown structure stay as they are.
 *
 * @example
 * const Point = stripped(record('Point', { x: Integer }))
 * decode(Point)({ x: 1, y: 2 }) // => either.right({ x: 1 })
 *
 * @throws at load, for a codec with an intersection that is not simply one object
 */
export const stripped = <C extends t.Mixed>(codec: C): C => strip(codec) as C

const strip = mapStructs('stripped', (inner, fields) => {
  const known = new Set(fields.map(field => field.key))
  const without = <A>(a: A): A => {
    const entries = Object.entries(a as object)
    const kept = entries.filter(([key]) => known.has(key))
    return kept.length === entries.length ? a : (Object.fromEntries(kept) as A)
  }
  const validate = (u: unknown, c: t.Context): t.Validation<unknown> =>
    E.map(without)(inner.validate(u, c) as t.Validation<unknown>)
  return withMethods(inner, {
    validate: describe(validate, { fields, unknownKeys: 'strip' }),
    encode: (a: unknown): unknown => without(inner.encode(a)),
  })
})

import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { maxIssues } from './DecodeError.ts'
import { didYouMean } from './internal/didYouMean.ts'
import { describe } from './internal/declaredStructure.ts'
import { mapStructs } from './internal/mapStructs.ts'
import { trust } from './internal/stock.ts'
import { withMethods } from './internal/withMethods.ts'

/**
 * The codec, refusing unknown keys at every level, one issue for each key, also for `__proto__` and
 * `constructor`. It accepts the codec's values except those with such keys. An optional key whose
 * value is `undefined` is absent, as in `record`. Opaque codecs stay as they are.
 *
 * @example
 * const Point = closed(record('Point', { x: Integer }, { label: t.string }))
 * either.mapLeft(draw)(decode(Point)({ x: 1, lable: 'a' })) // =>
 * // either.left('/lable: expected no such key (is it "label"?), found "a"')
 *
 * @throws at load, for a codec with an intersection that is not simply one object
 */
// @__NO_SIDE_EFFECTS__
export const closed = <C extends t.Mixed>(codec: C): C => close(codec) as C

const close = mapStructs('closed', (inner, fields) => {
  const keys = fields.map(field => field.key)
  const known = new Set(keys)
  const unknownIn = (u: object) => Object.keys(u).filter(key => !known.has(key))
  const refuse = (u: Readonly<Record<string, unknown>>, c: t.Context): t.Errors =>
    unknownIn(u)
      .slice(0, maxIssues + 1)
      .map((key, i) => {
        const type = i < maxIssues ? noSuchKey(didYouMean(key, keys)) : noSuchKey()
        const context = t.appendContext(c, key, type, u[key])
        if (u[key] !== undefined) return { value: u[key], context }
        // the usual sentence would call the key missing
        return { value: undefined, context, message: `expected ${type.name}, found undefined` }
      })
  const validate = (u: unknown, c: t.Context): t.Validation<unknown> => {
    const result = inner.validate(u, c)
    const unknown = t.UnknownRecord.is(u) ? refuse(u, t.appendContext(c, '0', t.UnknownRecord, u)) : []
    if (unknown.length === 0) return result
    return t.failures(E.isLeft(result) ? result.left.concat(unknown) : unknown)
  }
  return withMethods(inner, {
    validate: describe(validate, { fields, unknownKeys: 'refuse' }),
    is: trust((u: unknown): u is unknown => inner.is(u) && unknownIn(u as object).length === 0),
  })
})

const noSuchKey = (meant?: string): t.Any => {
  const name = `no such key${meant === undefined ? '' : ` (is it ${JSON.stringify(meant)}?)`}`
  return new t.Type<unknown>(name, (u): u is unknown => u === undefined, t.failure, t.identity)
}

import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { errorCollector } from './internal/errorCollector.ts'
import { put } from './internal/objects.ts'
import { once } from './internal/once.ts'
import { trust } from './internal/stock.ts'
import * as Fallback from './ValidatorFallback.ts'

/**
 * An object with any keys and values of one type. Unlike `t.record(t.string, value)`, own keys
 * named `__proto__` stay data (io-ts makes them the prototype of its result). Returns the same
 * reference when decoding changes no value.
 *
 * @example
 * const Ages = dictionary(Integer)
 * decode(Ages)({ ada: 36, alan: '41' }) // =>
 * // either.left({ _tag: 'Invalid', issues: [{ path: ['alan'], expected: 'integer', actual: '41' }], more: 0 })
 */
// @__NO_SIDE_EFFECTS__
export const dictionary = <C extends t.Mixed>(
  value: C,
  name = `dictionary of ${value.name}`,
): t.RecordC<t.StringC, C> => {
  // io-ts lets a dictionary of `any` be a list as well, which is no dictionary
  const codomain: t.Mixed = value instanceof t.AnyType ? t.unknown : value
  const inner = once(() => Fallback.of(codomain))

  const validate = (u: unknown, c: t.Context): t.Validation<unknown> => {
    if (!t.UnknownRecord.is(u)) return t.failure(u, c)
    const { accepts, validate: decide } = inner()
    const collector = errorCollector(c)
    const changed = changing(u)
    for (const key of Object.keys(u)) {
      const x = u[key]
      if (accepts(x)) continue
      const result = decide(x, t.appendContext(c, key, codomain, x))
      if (E.isLeft(result)) collector.add(result.left)
      else changed.set(key, result.right)
      if (collector.isFull()) break
    }
    return collector.result(changed.value())
  }
  const is = (u: unknown): boolean =>
    t.UnknownRecord.is(u) && Object.keys(u).every(key => codomain.is(u[key]))
  const encode = (a: Readonly<Record<string, unknown>>): unknown => {
    const changed = changing(a)
    for (const key of Object.keys(a)) changed.set(key, codomain.encode(a[key]))
    return changed.value()
  }
  return new t.DictionaryType(
    name,
    trust(is) as never,
    trust(validate) as never,
    codomain.encode === t.identity ? t.identity : encode,
    t.string,
    codomain,
  ) as never
}

/** A copy on write: made at the first value that differs. */
const changing = (base: Readonly<Record<string, unknown>>) => {
  let out = base as Record<string, unknown>
  return {
    set: (key: string, value: unknown): void => {
      if (Object.is(value, base[key])) return
      if (out === base) out = { ...base }
      put(out, key, value)
    },
    value: () => out,
  }
}

import { below, keys, type Next, pick } from './codecs.ts'

/** Values that no JSON text holds, and some that one does. */
const odd: ReadonlyArray<() => unknown> = [
  () => Number.NaN,
  () => -0,
  () => Infinity,
  () => undefined,
  () => null,
  () => new Date(0),
  () => new Map([['a', 1]]),
  () => /a/,
  () => Symbol.iterator,
  () => () => 1,
  () => 1n,
  () => Object.create(null) as object,
  // oxlint-disable-next-line no-sparse-arrays -- the hole is the case
  () => [, 'a'],
  () => Object.assign([], { a: 'a' }),
  () => 'a',
  () => 0,
  () => 1.5,
  () => true,
  () => ({}),
  () => [],
  () => JSON.parse('{"__proto__":{"a":"a"},"a":"a"}') as object,
]

class Instance {
  readonly made = true
}

/** Other objects with the same fields. */
const disguises: ReadonlyArray<(object: object) => object> = [
  object => Object.assign(new Instance(), object),
  object => Object.create(object) as object,
  object => Object.freeze({ ...object }),
  object => new Proxy(object, {}),
  object =>
    Object.defineProperties(
      {},
      Object.fromEntries(
        Object.entries(object).map(([k, v]) => [k, { get: () => v as unknown, enumerable: true }]),
      ),
    ),
  object => Object.assign(Object.create(null) as object, object),
  object => Object.assign(new Date(0), object),
  object => Object.defineProperty({ ...object }, 'hidden', { value: 1, enumerable: false }),
  object =>
    Object.defineProperty({ ...object }, '__proto__', {
      value: { a: 'a' },
      enumerable: true,
      writable: true,
      configurable: true,
    }),
]

/** Changes up to `faults` parts of a value, and disguises some of its objects. */
export const spoiled = (value: unknown, next: Next, faults: number): unknown => {
  let left = faults
  const go = (u: unknown, depth: number): unknown => {
    if (left > 0 && next() < 0.2 + 0.1 * depth) {
      left--
      return pick(next, odd)()
    }
    if (Array.isArray(u))
      return next() < 0.05 ? [...u.map(x => go(x, depth + 1)), u[0]] : u.map(x => go(x, depth + 1))
    if (typeof u !== 'object' || u === null || Object.getPrototypeOf(u) !== Object.prototype) return u
    const object: Record<string, unknown> = {}
    for (const [key, x] of Object.entries(u)) {
      if (left > 0 && next() < 0.1) left--
      else set(object, key, go(x, depth + 1))
    }
    if (left > 0 && next() < 0.2) {
      left--
      set(object, pick(next, [...keys, 'constructor', '__proto__', 'toString']), pick(next, odd)())
    }
    return left > 0 && next() < 0.15
      ? (disguises[below(next, disguises.length)] as (o: object) => object)(object)
      : object
  }
  return go(value, 0)
}

const set = (object: object, key: string, value: unknown): void => {
  Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true })
}

import * as fc from 'fast-check'
import { json, type Options } from './edgeCases.ts'

type Path = ReadonlyArray<string | number>

/** Values one edit away from generated ones: something replaced, removed or added, at any depth. */
export const mutants = (values: fc.Arbitrary<unknown>, options: Options): fc.Arbitrary<unknown> => {
  const other = fc.oneof(
    json(options),
    fc.constantFrom(...edges),
    ...(options.notJson === true ? [strangers] : []),
  )
  return fc
    .tuple(values, fc.nat(), fc.constantFrom('replace', 'remove', 'add'), other)
    .map(([a, at, change, b]) => {
      const places = placesIn(a, [])
      const path = places[at % places.length] ?? []
      return replace(a, path, old =>
        change === 'replace' ? b : change === 'remove' ? without(old, at, b) : withMore(old, at, b),
      )
    })
}

/** Values on both sides of a line that a codec may draw. */
const edges = [null, true, 0, -1, 1.5, 2 ** 53, '', '0', [], {}, [null], { id: null }]

/** Values that no JSON text holds. Created at each use, because some are mutable. */
const strangers = fc
  .constantFrom(
    () => undefined,
    () => Number.NaN,
    () => Number.POSITIVE_INFINITY,
    () => 1n,
    () => Symbol('stranger'),
    () => () => 1,
    () => new Date(0),
    () => new Map([['id', 1]]),
    () => Object('text') as unknown,
    () => Array<unknown>(2),
    () => Object.create({ id: 'inherited' }) as unknown,
    () => Object.create(null) as unknown,
  )
  .map(make => make())

const placesIn = (value: unknown, path: Path): ReadonlyArray<Path> =>
  typeof value !== 'object' || value === null
    ? [path]
    : [
        path,
        ...Object.entries(value).flatMap(([key, v]) =>
          placesIn(v, [...path, Array.isArray(value) ? Number(key) : key]),
        ),
      ]

const replace = (value: unknown, [key, ...rest]: Path, f: (old: unknown) => unknown): unknown => {
  if (key === undefined) return f(value)
  if (Array.isArray(value)) return value.map((v, i) => (i === key ? replace(v, rest, f) : v))
  return Object.fromEntries(
    Object.entries(value as object).map(([k, v]) => [k, k === key ? replace(v, rest, f) : v]),
  )
}

const without = (value: unknown, at: number, other: unknown): unknown => {
  if (Array.isArray(value)) return value.toSpliced(at % (value.length + 1), 1)
  if (typeof value !== 'object' || value === null) return other
  const entries = Object.entries(value)
  return Object.fromEntries(entries.toSpliced(at % (entries.length + 1), 1))
}

const withMore = (value: unknown, at: number, other: unknown): unknown => {
  if (Array.isArray(value)) return value.toSpliced(at % (value.length + 1), 0, other)
  if (typeof value !== 'object' || value === null) return other
  return Object.fromEntries([
    ...Object.entries(value),
    [['more', '__proto__', 'toString'][at % 3] as string, other],
  ])
}

import { Shape } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import { isObject, put } from '@finetune-kit/codec/compile'

/**
 * Derives the form in which two records are compared: null in an optional field, and an object with
 * nothing in it there, count as absent. Required fields keep their null. The record itself is kept
 * as it came.
 *
 * Laws: `of(c)(of(c)(a)) = of(c)(a)`; a record from the wire, the same from an SDK's dump (null in
 * every optional field) and the same from DuckDB (null for every absent column) have equal forms.
 *
 * @example
 * const form = Comparable.of(record('Event', { id: t.string }, { type: nullable(t.string) }))
 * form({ id: 'ftevent-1', type: null }) // => { id: 'ftevent-1' }
 */
export const of = <A>(codec: t.Type<A, unknown>): ((value: A) => A) => fold(codec).run as (value: A) => A

interface Part {
  readonly codec: t.Any
  readonly run: (value: unknown) => unknown
}

const same = (value: unknown): unknown => value
const leaf = (codec: t.Any): Part => ({ codec, run: same })

const saysNothing = (value: unknown): boolean =>
  value === null || value === undefined || (isObject(value) && Object.keys(value).length === 0)

/**
 * The list or object with its values mapped, itself when nothing changes. Returning `undefined`
 * drops a key.
 */
const mapFields = (value: unknown, map: (value: unknown, key: string) => unknown): unknown => {
  if (!isObject(value)) return value
  const keys = Object.keys(value)
  let copy: Record<string, unknown> | undefined
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string
    const item = value[key]
    const next = map(item, key)
    if (next !== item) copy ??= copyOf(value, keys.slice(0, i))
    if (copy !== undefined && next !== undefined) put(copy, key, next)
  }
  return copy ?? value
}

const copyOf = (value: Readonly<Record<string, unknown>>, keys: ReadonlyArray<string>) => {
  const copy: Record<string, unknown> = {}
  for (const key of keys) if (value[key] !== undefined) put(copy, key, value[key])
  return copy
}

const mapItems = (value: unknown, map: (item: unknown, index: number) => unknown): unknown => {
  if (!Array.isArray(value)) return value
  const items: ReadonlyArray<unknown> = value
  let mapped: Array<unknown> | undefined
  for (let i = 0; i < items.length; i++) {
    const item = items[i]
    const next = map(item, i)
    if (next !== item) mapped ??= items.slice(0, i)
    mapped?.push(next)
  }
  return mapped ?? value
}

/** JSON that no codec describes: every key of it is optional. */
const json = (value: unknown): unknown =>
  Array.isArray(value) ? mapItems(value, json) : mapFields(value, optionalJson)

const optionalJson = (value: unknown): unknown => {
  const next = json(value)
  return saysNothing(next) ? undefined : next
}

const fold = Shape.fold<Part>({
  unknown: codec => ({ codec, run: json }),
  undefined: leaf,
  null: leaf,
  boolean: leaf,
  number: leaf,
  string: leaf,
  opaque: leaf,
  literal: (_, codec) => leaf(codec),
  array: ({ run }, codec) => ({ codec, run: value => mapItems(value, run) }),
  tuple: (items, codec) => ({ codec, run: value => mapItems(value, (item, i) => items[i]?.run(item)) }),
  record: (_, { run }, codec) => ({ codec, run: value => mapFields(value, run) }),
  struct: (fields, _, codec) => {
    const known = new Map(fields.map(field => [field.key, field]))
    const map = (item: unknown, key: string): unknown => {
      const field = known.get(key)
      const next = field === undefined ? json(item) : field.value.run(item)
      return field?.optional !== false && saysNothing(next) ? undefined : next
    }
    return { codec, run: value => mapFields(value, map) }
  },
  union: (members, codec) => {
    const parts = members.filter(({ run }) => run !== same)
    return parts.length === 0
      ? leaf(codec)
      : {
          codec,
          run: value => {
            const member = parts.length === 1 ? parts[0] : parts.find(part => part.codec.is(value))
            return member === undefined ? value : member.run(value)
          },
        }
  },
  intersection: (_, codec) => leaf(codec),
  refine: ({ run }, _, codec) => ({ codec, run }),
  lazy: (get, codec) => ({ codec, run: value => get().run(value) }),
})

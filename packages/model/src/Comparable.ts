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

type Run = Part['run']

const same = (value: unknown): unknown => value
const leaf = (codec: t.Any): Part => ({ codec, run: same })

const saysNothing = (value: unknown): boolean =>
  value === null || value === undefined || (isObject(value) && isEmpty(value))

type Fields = Readonly<Record<string, unknown>>

const isEmpty = (value: Fields): boolean => {
  for (const key in value) if (Object.hasOwn(value, key)) return false
  return true
}

/**
 * The object with its values mapped, each by the function of its key, itself when nothing changes.
 * Returning `undefined` drops a key.
 */
const mapFields = (value: unknown, known: ReadonlyMap<string, Run>, other: Run): unknown => {
  if (!isObject(value)) return value
  let copy: Record<string, unknown> | undefined
  // V8 reads the fields of such a loop by their position, without looking up the keys
  for (const key in value) {
    const item = value[key]
    const next = typeof item === 'object' ? (known.get(key) ?? other)(item) : item
    if ((copy === undefined && next === item) || !Object.hasOwn(value, key)) continue
    copy ??= copyBefore(value, key)
    if (next !== undefined) put(copy, key, next)
  }
  return copy ?? value
}

/** The fields before a key. */
const copyBefore = (value: Fields, end: string): Record<string, unknown> => {
  const copy: Record<string, unknown> = {}
  for (const key in value) {
    if (key === end) break
    const item = value[key]
    if (item !== undefined && Object.hasOwn(value, key)) put(copy, key, item)
  }
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
  Array.isArray(value) ? mapItems(value, json) : mapFields(value, none, optionalJson)

const none: ReadonlyMap<string, Run> = new Map()

/** The value in an optional field. */
const optional =
  (run: Run): Run =>
  value => {
    if (typeof value === 'string' || typeof value === 'number') return value
    const next = run(value)
    return saysNothing(next) ? undefined : next
  }

const optionalJson = optional(json)

const fold = Shape.fold<Part>({
  unknown: codec => ({ codec, run: json }),
  undefined: leaf,
  null: leaf,
  boolean: leaf,
  number: leaf,
  string: leaf,
  opaque: leaf,
  literal: (_, codec) => leaf(codec),
  array: ({ run }, codec) => (run === same ? leaf(codec) : { codec, run: value => mapItems(value, run) }),
  tuple: (items, codec) => ({ codec, run: value => mapItems(value, (item, i) => items[i]?.run(item)) }),
  record: (_, { run }, codec) => ({ codec, run: value => mapFields(value, none, run) }),
  struct: (fields, _, codec) => {
    const known = new Map(
      fields.map(({ key, value, optional: isOptional }) => [
        key,
        isOptional ? optional(value.run) : value.run,
      ]),
    )
    return { codec, run: value => mapFields(value, known, optionalJson) }
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

import { Arbitrary } from '@finetune-kit/codec/testing'
import {
  AzureFineTune,
  type Conversion,
  FineTuneSnapshot,
  FineTuningJobSnapshot,
  fromAzure,
  toFineTune,
  toFineTuningJob,
} from '@finetune-kit/model'
import * as fc from 'fast-check'
import type * as t from 'io-ts'
import { describe, test } from 'vitest'

type Path = ReadonlyArray<string | number>

/** The paths of all texts, numbers and booleans in a value. */
const leaves = (value: unknown, path: Path = []): ReadonlyArray<Path> => {
  if (value === null || value === undefined) return []
  if (typeof value !== 'object') return [path]
  const isList = Array.isArray(value)
  return Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, isList ? Number(key) : key]))
}

/** The value with another leaf of the same type at a path. */
const edit = (value: unknown, [key, ...rest]: Path): unknown => {
  if (key === undefined)
    return typeof value === 'number'
      ? value === 7
        ? 8
        : 7
      : typeof value === 'boolean'
        ? !value
        : `${String(value)}x`
  if (Array.isArray(value)) return value.map((item, i) => (i === key ? edit(item, rest) : item) as unknown)
  const fields = value as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    Object.entries(fields).map(([name, item]) => [name, name === key ? edit(item, rest) : item]),
  )
}

const conversions: ReadonlyArray<
  readonly [string, t.Type<never, unknown>, (value: never) => Conversion<unknown>]
> = [
  ['toFineTuningJob', FineTuneSnapshot as never, toFineTuningJob],
  ['toFineTune', FineTuningJobSnapshot as never, toFineTune],
  ['fromAzure', AzureFineTune as never, fromAzure],
]

/** `lost` has paths of the source, `changed` those of the result: there the field's name counts. */
const isNoted = (path: Path, { lost, changed }: Conversion<unknown>): boolean =>
  lost.some(note => note.path.every((key, i) => key === path[i])) ||
  changed.some(note => note.path.at(-1) === path.at(-1))

describe.each(conversions)('%s lists what is lost', (_, codec, convert) => {
  test('a value of the source makes a difference in the result, or is noted', () => {
    fc.assert(
      fc.property(Arbitrary.of(codec), source => {
        const before = convert(source)
        const text = JSON.stringify(before.value)
        for (const path of leaves(source)) {
          const edited = edit(source, path)
          if (!codec.is(edited) || isNoted(path, before)) continue
          const after = convert(edited)
          if (JSON.stringify(after.value) === text && !isNoted(path, after))
            throw new Error(`not noted: ${path.join('/')} of ${JSON.stringify(source)}`)
        }
      }),
      { numRuns: 100 },
    )
  })
})

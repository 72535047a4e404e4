/** The law of depth, over all formats: a reader reads back whatever its writer accepts. */
import { isDeepStrictEqual } from 'node:util'
import { draw, record } from '@finetune-kit/codec'
import { decodeAll, encodeAll, type Format } from '@finetune-kit/serialization'
import { formats } from '../loadedFormats.ts'
import { Yaml } from '@finetune-kit/serialization/yaml'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'

type Nested = (levels: number) => unknown
const nest =
  (leaf: unknown, around: (inner: unknown, level: number) => unknown): Nested =>
  levels => {
    let value = leaf
    for (let level = 2; level <= levels; level++) value = around(value, level)
    return value
  }
const lists = nest([], inner => [inner])
const objects = nest({}, inner => ({ a: inner }))
const both = nest([0], (inner, level) => (level % 2 === 0 ? [inner] : { a: inner }))

const Tree: t.Type<unknown> = t.recursion('Tree', () => record('Tree', {}, { a: Tree }) as never)
const Leaf = record('Leaf', {}, { a: t.unknown }) as unknown as t.Type<unknown>

const shapes: ReadonlyArray<readonly [string, t.Type<unknown>, Nested]> = [
  ['lists', t.unknown, lists],
  ['objects', t.unknown, objects],
  ['lists and objects', t.unknown, both],
  ['unknown keys', record('Any', {}) as t.Type<unknown>, objects],
  ['a field of any value', Leaf, objects],
  ['a codec that refers to itself', Tree, objects],
]

/** The outcome of writing and reading one value. */
const through = (format: Format, codec: t.Type<unknown>, value: unknown, compact: boolean): unknown => {
  const written = encodeAll(format.of(codec), { compact })([value])
  if (E.isLeft(written)) return written.left.reason
  const [item] = decodeAll(format.of(codec))(written.right)
  return item?._tag === 'Record' ? item.value : new Error(item && draw(item.error))
}

const refusal = (max: number) => `nested more than ${max} levels deep, or inside itself`

describe.each(shapes)('%s', (_, codec, nested) => {
  test.each(formats.map(format => [format.name, format] as const))('%s', (__, format) => {
    const max = format === Yaml ? 250 : 1000
    for (const compact of [false, true]) {
      for (const levels of [max - 1, max, max + 1, max + 2]) {
        const value = nested(levels)
        const back = through(format, codec, value, compact)
        if (levels > max && back === refusal(max)) continue
        if (!isDeepStrictEqual(back, value)) expect([levels, back]).toEqual([levels, 'the value'])
      }
      expect(through(format, codec, nested(max + 2), compact)).toBe(refusal(max))
      // encoding by a recursive codec of io-ts overflows the stack
      if (codec !== Tree) expect(through(format, codec, nested(20_000), compact)).toBe(refusal(max))
    }
  })
})

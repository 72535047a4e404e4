/**
 * The laws of all formats, over all codecs of the model. New formats and codecs are included
 * automatically.
 */
import { isDeepStrictEqual } from 'node:util'
import { decode, draw } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'
import * as model from '@finetune-kit/model'
import {
  CanonicalJson,
  decodeAll,
  encodeAll,
  type Format,
  type ReadResult,
} from '@finetune-kit/serialization'
import { formats, valueFormats } from './loadedFormats.ts'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { decodeParts } from './decodeParts.ts'

const codecs = Object.values(model).filter(
  (value): value is t.Any & typeof value => value instanceof t.Type,
) as ReadonlyArray<t.Type<unknown, unknown>>

const File = model.OpenAIFile as unknown as t.Type<unknown, unknown>

const pairs = formats.flatMap(format =>
  codecs.map(codec => [format.name, codec.name, format, codec] as const),
)

/**
 * The value that a codec decodes from its own output: requests omit nulls. Canonical JSON has no
 * -0.
 */
const kept =
  (format: Format, codec: t.Type<unknown, unknown>) =>
  (value: unknown): unknown => {
    const whole = E.getOrElse((): unknown => 'not decoded')(decode(codec)(codec.encode(value)))
    return format.name === CanonicalJson.name ? unsigned(whole) : whole
  }

const unsigned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(unsigned)
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unsigned(inner)]))
}

const values = (items: ReadonlyArray<ReadResult<unknown>>): ReadonlyArray<unknown> =>
  items.map(item => (item._tag === 'Record' ? item.value : new Error(draw(item.error))))

test('the laws run over the codecs of the model', () => {
  expect(codecs.length).toBeGreaterThan(10)
})

describe('what was written is read back', () => {
  test.each(pairs)('by %s, %s', (_, __, format, codec) => {
    const of = format.of(codec)
    fc.assert(
      fc.property(fc.array(Arbitrary.of(codec), { maxLength: 3 }), records => {
        const written = encodeAll(of)(records)
        if (E.isLeft(written))
          throw new Error(`refused at ${written.left.path.join('/')}: ${written.left.reason}`)
        const read = values(decodeAll(of)(written.right))
        const wanted = records.map(kept(format, codec))
        if (!isDeepStrictEqual(read, wanted)) expect(read).toStrictEqual(wanted)
      }),
      { numRuns: 5, interruptAfterTimeLimit: 4000 },
    )
  })
})

describe('half of a surrogate pair is read back, or refused', () => {
  test.each(formats.map(format => [format.name, format] as const))('by %s', (_, format) => {
    const of = format.of(File)
    fc.assert(
      fc.property(Arbitrary.of(File, { loneSurrogates: true }), record => {
        const written = encodeAll(of)([record])
        if (E.isRight(written))
          expect(isDeepStrictEqual(values(decodeAll(of)(written.right)), [kept(format, File)(record)])).toBe(
            true,
          )
      }),
      { numRuns: 30, interruptAfterTimeLimit: 4000 },
    )
  })
})

describe('one value is read back from its text, and from its bytes', () => {
  const valuePairs = valueFormats.flatMap(format =>
    codecs.map(codec => [format.name, codec.name, format, codec] as const),
  )
  test.each(valuePairs)('by %s, %s', (_, __, format, codec) => {
    const of = format.of(codec)
    fc.assert(
      fc.property(Arbitrary.of(codec), fc.boolean(), (value, pretty) => {
        const written = of.encode(value, { pretty })
        if (E.isLeft(written))
          throw new Error(`refused at ${written.left.path.join('/')}: ${written.left.reason}`)
        const bytes =
          typeof written.right === 'string' ? new TextEncoder().encode(written.right) : written.right
        const wanted = E.right(kept(format, codec)(value))
        for (const whole of [written.right, bytes]) {
          const read = of.decode(whole as never)
          if (!isDeepStrictEqual(read, wanted)) expect(read).toStrictEqual(wanted)
        }
      }),
      { numRuns: 5, interruptAfterTimeLimit: 4000 },
    )
  })
})

describe('where an input is cut changes nothing', () => {
  test.each(formats.map(format => [format.name, format] as const))('for %s', (_, format) => {
    const of = format.of(File)
    for (const records of fc.sample(fc.array(Arbitrary.of(File), { minLength: 2, maxLength: 3 }), {
      numRuns: 3,
      seed: 7,
    })) {
      const written = encodeAll(of)(records)
      if (E.isLeft(written)) throw new Error(written.left.reason)
      const bytes = written.right
      const whole = decodeAll(of)(bytes)
      // every seventh byte: cuts.test.ts cuts awkward inputs of every format at each byte
      for (let a = 0; a <= bytes.length; a += 7)
        if (!isDeepStrictEqual(decodeParts(of)([bytes.slice(0, a), bytes.slice(a)]), whole))
          expect.fail(`cut at ${a}, ${format.name} reads something else`)
    }
  })
})

describe('a reader keeps nothing of a piece: who reads into one buffer may use it again', () => {
  test.each(formats.map(format => [format.name, format] as const))('by %s', (_, format) => {
    const of = format.of(File)
    const [records] = fc.sample(fc.array(Arbitrary.of(File), { minLength: 9, maxLength: 9 }), 1)
    const written = encodeAll(of)(records as ReadonlyArray<unknown>)
    if (E.isLeft(written)) throw new Error(written.left.reason)
    // its second half once more, so that there is something to reject
    const { right } = written
    const bytes = new Uint8Array([...right, ...right.subarray(right.length / 2)])
    const whole = decodeAll(of)(bytes)
    for (const size of [1, 7, 64, 1000, bytes.length]) {
      const reader = of.reader()
      const items: Array<ReadResult<unknown>> = []
      const buffer = Buffer.alloc(size) // its slice is a view
      for (let at = 0; at < bytes.length; at += size) {
        const length = buffer.fill(0).length && Buffer.from(bytes.subarray(at, at + size)).copy(buffer)
        items.push(...reader.push(buffer.subarray(0, length)))
      }
      buffer.fill(0)
      items.push(...reader.end())
      if (!isDeepStrictEqual(items, whole)) expect(items).toStrictEqual(whole)
    }
  })
})

describe('no bytes make a reader throw, and rejects tell what they are', () => {
  test.each(formats.map(format => [format.name, format] as const))('by %s', (_, format) => {
    const of = format.of(File)
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.string({ unit: fc.constantFrom(...Array.from('{}[]",:\\\n\r data-1')) }),
        ),
        input => {
          const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input
          for (const item of decodeAll(of)(bytes))
            if (item._tag === 'Reject') expect(draw(item.error)).not.toBe('')
        },
      ),
    )
  })
})

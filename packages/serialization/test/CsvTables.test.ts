import { isDeepStrictEqual } from 'node:util'
import { annotate, decode, draw, Integer, nullable, record } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'
import * as model from '@finetune-kit/model'
import { CsvTables, type Item, type ReaderOptions } from '@finetune-kit/serialization'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { decodeTables } from './decodeTables.ts'
import { encodeTables } from './encodeTables.ts'

const codecs = Object.values(model).filter(
  (value): value is t.Any & typeof value => value instanceof t.Type,
) as ReadonlyArray<t.Type<unknown, unknown>>

const values = (items: ReadonlyArray<Item<unknown>>): ReadonlyArray<unknown> =>
  items.map(item => (item._tag === 'Record' ? item.value : new Error(draw(item.error))))

describe('what was written is read back, cut anywhere', () => {
  test.each(codecs.map(codec => [codec.name, codec] as const))('%s', (_, codec) => {
    const of = CsvTables.of(codec)
    const kept = (value: unknown) =>
      E.getOrElse((): unknown => 'not decoded')(decode(codec)(codec.encode(value)))
    fc.assert(
      fc.property(
        fc.array(Arbitrary.of(codec, { loneSurrogates: true }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 200 }),
        (records, size) => {
          const inputs = encodeTables(of)(records)
          const whole = decodeTables(of)(inputs)
          if (!isDeepStrictEqual(values(whole), records.map(kept)))
            expect(values(whole)).toStrictEqual(records)
          if (!isDeepStrictEqual(decodeTables(of, size)(inputs), whole))
            expect.fail(`cut in ${size}, it is another`)
        },
      ),
      { numRuns: 25, interruptAfterTimeLimit: 4000 },
    )
  })
})

/** One rule for the door: whatever a reader accepts is a JSON value. */
import { JsonValue, record } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'
import { encode as packByAnother } from '@msgpack/msgpack'
import { decodeAll, encodeAll, type Format } from '@finetune-kit/serialization'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import * as E from '#fp-ts/Either'
import { formats } from './loadedFormats.ts'

const Any = record('Any', {}, { id: t.string, n: t.unknown, list: t.array(t.unknown) })

/** The first accepted value that is not one of JSON. */
const notJson = (format: Format, bytes: Uint8Array): unknown => {
  for (const codec of [t.unknown, Any] as ReadonlyArray<t.Type<unknown>>) {
    if (format.needsSchema && codec === t.unknown) continue
    for (const result of decodeAll(format.of(codec), limits)(bytes))
      if (result._tag === 'Record' && !JsonValue.is(result.value)) return { value: result.value }
  }
  return undefined
}

const limits = { maxRecordBytes: 65_536 }

const rows = [
  { id: 'a', n: 1.5, list: [1, null, { x: 'é' }], at: '2001-01-01', '<<': { y: true } },
  { id: 'b', n: -0, list: [], __proto__x: [['z']] },
]

const written = (format: Format): Uint8Array => {
  const bytes = encodeAll(format.of(Any))(rows)
  if (E.isLeft(bytes)) throw new Error(bytes.left.reason)
  return bytes.right
}

const mutations = fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom('set', 'insert', 'cut')), {
  minLength: 1,
  maxLength: 4,
})

const mutate = (bytes: Uint8Array, changes: ReadonlyArray<readonly [number, number, string]>): Uint8Array => {
  const all = [...bytes]
  for (const [at, byte, how] of changes)
    if (how === 'cut') all.splice(at % (all.length + 1), byte % 8)
    else all.splice(at % (all.length + 1), how === 'set' ? 1 : 0, byte)
  return Uint8Array.from(all)
}

describe.each(formats.map(format => [format.name, format] as const))('%s', (_, format) => {
  test('accepts nothing but JSON values in mutated files of our own', () => {
    const bytes = written(format)
    expect(notJson(format, bytes)).toBeUndefined()
    fc.assert(
      fc.property(mutations, changes => {
        expect(notJson(format, mutate(bytes, changes))).toBeUndefined()
      }),
      { numRuns: 400, interruptAfterTimeLimit: 8000 },
    )
  })

  test('accepts nothing but JSON values in any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), bytes => {
        expect(notJson(format, bytes)).toBeUndefined()
      }),
      { numRuns: 400, interruptAfterTimeLimit: 8000 },
    )
  })
})

const formatOf = (name: string): Format => formats.find(format => format.name === name) as Format

/** Values that other encoders write and JSON lacks. */
const foreign: fc.Arbitrary<unknown> = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    Arbitrary.of(t.unknown),
    fc.date({ noInvalidDate: true }),
    fc.uint8Array({ maxLength: 5 }),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0, undefined, 2 ** 64, 1e308),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.string({ maxLength: 3 }), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value

test('MessagePack accepts nothing but JSON values of what another encoder writes', () => {
  fc.assert(
    fc.property(foreign, value => {
      fc.pre(!Object.hasOwn(Object(value), '__proto__'))
      expect(notJson(formatOf('MessagePack'), packByAnother(value))).toBeUndefined()
    }),
    { numRuns: 1000, interruptAfterTimeLimit: 8000 },
  )
})

test('YAML accepts nothing but JSON values of what another writer writes', () => {
  fc.assert(
    fc.property(foreign, fc.constantFrom('core', 'yaml-1.1'), (value, schema) => {
      const text = stringify(value, { schema }) ?? ''
      expect(notJson(formatOf('YAML'), new TextEncoder().encode(text))).toBeUndefined()
    }),
    { numRuns: 1000, interruptAfterTimeLimit: 8000 },
  )
})

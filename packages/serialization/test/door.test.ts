/** One rule for the door: whatever a reader accepts is a JSON value. */
import { JsonValue, record } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'
import { encode as packByAnother } from '@msgpack/msgpack'
import { decodeAll, encodeAll, type Format } from '@finetune-kit/serialization'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import avsc from 'avsc'
import { stringify as csv } from 'csv-stringify/sync'
import { Packr } from 'msgpackr'
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

test.each([
  ['plain', { useRecords: false }],
  ['with types of its own', { moreTypes: true, useRecords: false }],
  ['with record structures', {}],
])('MessagePack accepts nothing but JSON values of what msgpackr writes, %s', (_, options) => {
  const packer = new Packr(options)
  fc.assert(
    fc.property(foreign, value => {
      fc.pre(!Object.hasOwn(Object(value), '__proto__'))
      expect(notJson(formatOf('MessagePack'), packer.pack(value))).toBeUndefined()
    }),
    { numRuns: 500, interruptAfterTimeLimit: 8000 },
  )
})

test('Csv accepts nothing but JSON values of what csv-stringify writes', () => {
  const rows = fc.array(fc.dictionary(fc.constantFrom('id', 'n', 'list', 'x'), foreign), { maxLength: 4 })
  fc.assert(
    fc.property(rows, fc.constantFrom(',', ';'), fc.boolean(), (all, delimiter, quoted) => {
      const text = csv(all, { header: true, columns: ['id', 'n', 'list', 'x'], delimiter, quoted })
      expect(notJson(formatOf('CSV'), new TextEncoder().encode(text))).toBeUndefined()
    }),
    { numRuns: 1000, interruptAfterTimeLimit: 8000 },
  )
})

/** A schema of Avro with the values of it. */
const schemas = fc.letrec<{ type: avsc.Schema; record: avsc.Schema }>(tie => ({
  type: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<avsc.Schema>('null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'),
    fc.constantFrom<avsc.Schema>(
      { type: 'int', logicalType: 'date' },
      { type: 'long', logicalType: 'timestamp-micros' },
      { type: 'bytes', logicalType: 'decimal', precision: 9, scale: 2 },
    ),
    fc.nat().map((n): avsc.Schema => ({ type: 'fixed', name: `F${n}`, size: 3 })),
    fc.nat().map((n): avsc.Schema => ({ type: 'enum', name: `E${n}`, symbols: ['a', 'b'] })),
    tie('type').map((items): avsc.Schema => ({ type: 'array', items })),
    tie('type').map((values): avsc.Schema => ({ type: 'map', values })),
    tie('record'),
  ),
  record: fc.tuple(fc.nat(), fc.array(tie('type'), { minLength: 1, maxLength: 3 })).map(
    ([n, types]): avsc.Schema => ({
      type: 'record',
      name: `R${n}`,
      fields: types.map((type, i) => ({ name: i === 0 ? 'id' : `f${i}`, type })),
    }),
  ),
}))

test('Avro accepts nothing but JSON values of what avsc writes', async () => {
  const seen = { records: 0 }
  await fc.assert(
    fc.asyncProperty(schemas.record, fc.constantFrom('null', 'deflate'), async (schema, codec) => {
      let type: avsc.Type
      try {
        type = avsc.Type.forSchema(schema)
      } catch {
        return // two types of one name
      }
      const bytes = await avroFile(type, codec)
      expect(notJson(formatOf('Avro'), bytes)).toBeUndefined()
      seen.records += decodeAll(formatOf('Avro').of(t.unknown))(bytes).filter(isRecord).length
    }),
    { numRuns: 500, interruptAfterTimeLimit: 8000 },
  )
  expect(seen.records).toBeGreaterThan(0)
})

const isRecord = ({ _tag }: { readonly _tag: string }): boolean => _tag === 'Record'

/** The value with NaN for its numbers, where its type takes that. */
const spoiled = (type: avsc.Type, value: unknown): unknown => {
  const text = JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'number' ? 'NaN' : inner))
  const other: unknown = JSON.parse(text, (_, inner: unknown) => (inner === 'NaN' ? Number.NaN : inner))
  return type.isValid(other) ? other : value
}

const avroFile = (type: avsc.Type, codec: string): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const encoder = new avsc.streams.BlockEncoder(type, { codec })
    const parts: Array<Uint8Array> = []
    encoder.on('data', (part: Uint8Array) => parts.push(part))
    encoder.on('end', () => resolve(Uint8Array.from(Buffer.concat(parts))))
    encoder.on('error', reject)
    for (let i = 0; i < 3; i++) encoder.write(type.random())
    encoder.write(spoiled(type, type.random()))
    encoder.end()
  })

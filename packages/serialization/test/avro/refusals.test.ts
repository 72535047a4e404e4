import { draw, Integer, record } from '@finetune-kit/codec'
import { decodeAll, encodeAll } from '@finetune-kit/serialization'
import { Avro } from '@finetune-kit/serialization/avro'
import * as zlib from 'node:zlib'
import { snappyCompress } from 'hyparquet-writer/src/snappy.js'
import avsc from 'avsc'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { file, right, values } from './container.ts'

/** A recursive record, with this many integers next to it. */
const nested = (fields: number) => ({
  type: 'record',
  name: 'A',
  fields: [
    { name: 'a', type: ['null', 'A'] },
    ...Array.from({ length: fields }, (_, i) => ({ name: `n${i}`, type: 'int' })),
  ],
})

test.each([1, 30, 100, 300])(
  'Avro reads records of %s fields as deep as it allows, and no deeper',
  fields => {
    const read = (depth: number, maxDepth?: number) => {
      const body = new Uint8Array(depth * (1 + fields)).fill(2)
      body[depth - 1] = 0
      const limits = maxDepth === undefined ? {} : { maxDepth }
      const items = decodeAll(Avro.of(t.unknown), limits)(file(nested(fields), [[1, body]]))
      return items.map(item => (item._tag === 'Reject' ? draw(item.error) : item._tag)).join()
    }
    expect(read(1000)).toBe('Record')
    expect(read(1001)).toContain('nested more than 1000 levels deep')
    expect(read(20_000, 1e6)).toContain('nested too deeply to be read')
  },
)

test('Avro refuses a schema that is nested deeper than the stack allows', () => {
  const schema = `${'{"type":"array","items":'.repeat(20_000)}"int"${'}'.repeat(20_000)}`
  const [item, ...others] = decodeAll(Avro.of(t.unknown), { maxDepth: 1e6 })(file(schema, []))
  expect(others).toEqual([])
  expect(item?._tag === 'Reject' && draw(item.error)).toContain('unreadable schema: it is nested too deeply')
})

const twice = (name: string) => ({
  type: 'record',
  name: 'A',
  fields: [1, 2].map(() => ({ name, type: ['null', 'string'] })),
})
const nulls = { type: 'array', items: 'null' }
const doubling = Array.from({ length: 60 }, (_, i) => ({
  type: 'record',
  name: `R${i}`,
  fields: ['a', 'b'].map(name => ({ name, type: i === 0 ? 'null' : `R${i - 1}` })),
}))
const huge = Uint8Array.of(0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f) // 2^52 or so

test.each([
  ['no bytes', new Uint8Array(0), 'it ends too early'],
  ['garbage', Uint8Array.of(1, 2, 3), 'the file does not begin with "Obj" and 1'],
  ['a header that ends', file('"int"', []).subarray(0, 20), 'it ends too early'],
  [
    'a header that claims 2^52 bytes',
    Uint8Array.of(0x4f, 0x62, 0x6a, 1, 2, ...huge),
    'longer than 67108864 bytes',
  ],
  [
    'an integer of 11 bytes',
    Uint8Array.of(0x4f, 0x62, 0x6a, 1, ...Array<number>(11).fill(0xff)),
    'an integer of more than 10 bytes',
  ],
  [
    'a schema that is no JSON',
    file('{', []),
    'unreadable schema: a text that is not JSON: expected a key in double quotes, found the end of the text (byte 0)',
  ],
  ['a schema that names nothing', file('"Nothing"', []), 'unreadable schema: no type is named Nothing'],
  ['two fields of one name', file(twice('a'), []), 'unreadable schema: a field without a name of its own: a'],
  [
    'two fields for what has none',
    file(twice('_unknown'), []),
    'unreadable schema: a field without a name of its own: _unknown',
  ],
  [
    'a compression that is not known',
    file('"int"', [[1, Uint8Array.of(2)]], 'lzma'),
    'blocks compressed with "lzma", which is not supported here (byte 56). Write the file again with deflate',
  ],
  [
    'a block that does not decompress',
    file('"int"', [[1, Uint8Array.of(2, 3)]], 'deflate'),
    'a block that does not decompress',
  ],
  [
    'a block of -1 records',
    file('"int"', [[-1, Uint8Array.of(2)]]),
    'a block with a negative number of records',
  ],
  ['2^50 records of no bytes', file('"null"', [[2 ** 50, new Uint8Array(0)]]), 'a record of no bytes'],
  ['more records than there are', file('"int"', [[2 ** 50, Uint8Array.of(2)]]), 'it ends too early'],
  [
    'fewer records than there are',
    file('"int"', [[1, Uint8Array.of(2, 4)]]),
    'bytes after the records of a block',
  ],
  ['bytes but no records', file('"int"', [[0, Uint8Array.of(2)]]), 'bytes in a block of no records'],
  ['a list of 2^52 nulls', file(nulls, [[1, huge]]), 'more values than its bytes allow'],
  [
    '2^60 records inside each other',
    file([...doubling, 'string'], [[1, Uint8Array.of(118)]]),
    'more values than its bytes allow',
  ],
  [
    'a record that holds itself',
    file({ type: 'record', name: 'A', fields: [{ name: 'a', type: 'A' }] }, [[1, Uint8Array.of(2)]]),
    'nested more than 1000 levels deep',
  ],
  ['a branch that is not there', file(['null'], [[1, Uint8Array.of(8)]]), 'an unknown branch of a union'],
  [
    'bytes',
    file('"bytes"', [[1, Uint8Array.of(2, 2)]]),
    'bytes, which JSON cannot represent (byte 58). Write them as text',
  ],
  [
    'NaN',
    file('"float"', [[1, Uint8Array.of(0, 0, 0xc0, 0x7f)]]),
    'a number that is not finite, without a JSON equivalent (byte 58). Write null',
  ],
  [
    '2^53',
    file('"long"', [[1, Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20)]]),
    'an integer that cannot be held exactly',
  ],
  [
    'a text that is not UTF-8',
    file('"string"', [[1, Uint8Array.of(4, 0xc3, 0x28)]]),
    'a text that is not UTF-8',
  ],
])('Avro refuses %s', (_, input, reason) => {
  const items = decodeAll(Avro.of(t.unknown))(input)
  if (input.length === 0) return expect(values(items)).toEqual(['not Avro: it ends too early (byte 0)'])
  expect(String(values(items).at(-1))).toContain(reason)
  expect(String(values(items).at(-1))).toMatch(/^(?:record \d+: )?not Avro: /u)
})

/** A block by Snappy ends with the CRC32 of its bytes before compression. */
const snappy = (bytes: Uint8Array) => {
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(zlib.crc32(bytes))
  return Uint8Array.from(Buffer.concat([snappyCompress(bytes), checksum]))
}

const readSnappy = (block: Uint8Array, limits = {}) =>
  values(decodeAll(Avro.of(t.unknown), limits)(file('"string"', [[1, block]], 'snappy')))

test('Avro reads blocks by Snappy, and refuses those whose checksum or length is wrong', () => {
  const text = 'fine-tune '.repeat(12) // in two bytes of length
  const data = Uint8Array.from(avsc.Type.forSchema('string').toBuffer(text))
  const packed = snappy(data)
  expect(readSnappy(packed)).toEqual([text])
  expect(String(readSnappy(packed, { maxRecordBytes: 100 })[0])).toContain('a block longer than 100 bytes')
  expect(String(readSnappy(packed.with(packed.length - 1, (packed.at(-1) as number) ^ 1))[0])).toContain(
    'wrong checksum',
  )
  expect(String(readSnappy(Uint8Array.of(0xff, 0xff, 0xff, 0x1f, 0, 0, 0, 0, 0))[0])).toContain(
    'invalid length',
  )
  for (let i = 0; i < packed.length; i++) expect(readSnappy(packed.subarray(0, i))).toHaveLength(1)
})

test('Avro bounds the values of a record, however few bytes claim them', () => {
  const limit = 'more than 1000000 values in a record'
  const claim = avsc.Type.forSchema('long').toBuffer(1_000_000_000)
  const zeros = new Uint8Array(60_000_000)
  zeros.set(claim)
  const input = file(nulls, [[1, zlib.deflateRawSync(zeros)]], 'deflate')
  expect(input.length).toBeLessThan(60_000)
  const before = process.memoryUsage().heapUsed
  expect(String(values(decodeAll(Avro.of(t.unknown))(input))[0])).toContain(limit)
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(64e6)
  const empty = { type: 'array', items: { type: 'record', name: 'Empty', fields: [] } }
  expect(
    String(values(decodeAll(Avro.of(t.unknown))(file(empty, [[1, Uint8Array.from(claim)]])))[0]),
  ).toContain('more values than its bytes allow')
})

test.each([
  ['a Map', new Map([['n', 1]]), 'Map'],
  ['a Date', new Date(0), 'Date'],
  [
    'an instance',
    new (class Made {
      readonly n = 1
    })(),
    'Made',
  ],
])('Avro refuses %s, with its path', (_, value, name) => {
  const Inner = record('Inner', {}, { n: Integer })
  const Outer = record('Outer', { at: Inner, list: t.array(Inner) })
  const reason = `an instance of ${name} is not a value of JSON`
  const refusal = (path: ReadonlyArray<string | number>) => E.left({ _tag: 'Unencodable', path, reason })
  const { encode } = Avro.of(Outer)
  expect(encode({ at: value, list: [] })).toEqual(refusal(['at']))
  expect(encode({ at: {}, list: [{}, value] })).toEqual(refusal(['list', 1]))
  expect(encode({ at: {}, list: [], more: value } as never)).toEqual(refusal(['more']))
})

test('Avro refuses a block that decompresses to more than a record may have', () => {
  const written = right(encodeAll(Avro.of(t.string))(['x'.repeat(1_000_000)]))
  expect(written.length).toBeLessThan(5000)
  expect(values(decodeAll(Avro.of(t.string), { maxRecordBytes: 100_000 })(written)).map(String)).toEqual([
    expect.stringContaining('a block longer than 100000 bytes'),
  ])
})

test.each([
  ['deflate', zlib.deflateRawSync],
  ['zstandard', zlib.zstdCompressSync],
] as const)('Avro stops at blocks that unpack to too many times their size: %s', (codec, compress) => {
  const size = 40 * 1024 * 1024
  const text = Buffer.concat([avsc.Type.forSchema('long').toBuffer(size), Buffer.alloc(size)])
  const block = [1, compress(text)] as const
  const read = decodeAll(Avro.of(t.unknown))(file('"string"', [block, block, block], codec))
  expect(read.map(item => (item._tag === 'Record' ? 'record' : draw(item.error)))).toEqual([
    'record',
    expect.stringContaining('it unpacks to more than 400 times its size'),
  ])
})

test('Avro refuses a block of more records than its compressed bytes allow', () => {
  const block = [8_000_000, zlib.deflateRawSync(Buffer.alloc(8_000_000))] as const
  const read = decodeAll(Avro.of(t.unknown))(
    file('"string"', [block, [1, zlib.deflateRawSync(Buffer.alloc(1))]], 'deflate'),
  )
  expect(read.map(item => (item._tag === 'Record' ? 'record' : draw(item.error)))).toEqual([
    expect.stringContaining('more records than its bytes allow'),
    'record',
  ])
})

import { draw, Eq, Finite, Integer, nullable, record } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'
import { FineTuneSnapshot } from '@finetune-kit/model'
import { decodeAll, encodeAll, type ReadResult } from '@finetune-kit/serialization'
import { Avro } from '@finetune-kit/serialization/avro'
import * as zlib from 'node:zlib'
import { snappyCompress } from 'hyparquet-writer/src/snappy.js'
import avsc from 'avsc'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { decodeParts } from '../decodeParts.ts'

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

/** `Obj` 1, the metadata, a marker of zeros, and blocks of (count, bytes). */
const file = (
  schema: unknown,
  blocks: ReadonlyArray<readonly [number, Uint8Array]>,
  codec = 'null',
  marker = new Uint8Array(16),
) => {
  const long = avsc.Type.forSchema('long')
  const string = avsc.Type.forSchema('string')
  const bytes = avsc.Type.forSchema('bytes')
  const parts: ReadonlyArray<Uint8Array> = [
    Uint8Array.of(0x4f, 0x62, 0x6a, 1),
    long.toBuffer(2),
    ...['avro.schema', typeof schema === 'string' ? schema : JSON.stringify(schema), 'avro.codec', codec].map(
      text => string.toBuffer(text),
    ),
    Uint8Array.of(0),
    marker,
    ...blocks.flatMap(([count, data]) => [long.toBuffer(count), bytes.toBuffer(Buffer.from(data)), marker]),
  ]
  return Uint8Array.from(Buffer.concat(parts))
}

/** avsc's own reads nothing beyond 2^53 - 2. */
const long = avsc.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => Number(buffer.readBigInt64LE()),
  toBuffer: (n: number) => {
    const buffer = Buffer.alloc(8)
    buffer.writeBigInt64LE(BigInt(n))
    return buffer
  },
  fromJSON: Number,
  toJSON: Number,
  isValid: Number.isSafeInteger,
  compare: (a: number, b: number) => a - b,
})
const parseHook = (schema: avsc.Schema) => avsc.Type.forSchema(schema, { registry: { long } })

const readByAvsc = (bytes: Uint8Array, readerSchema?: avsc.Schema): Promise<ReadonlyArray<unknown>> =>
  new Promise((resolve, reject) => {
    const decoder = new avsc.streams.BlockDecoder(
      readerSchema === undefined ? { parseHook } : { readerSchema: parseHook(readerSchema), parseHook },
    )
    const found: Array<unknown> = []
    decoder.on('data', value => found.push(value))
    decoder.on('end', () => resolve(found))
    decoder.on('error', reject)
    decoder.end(Buffer.from(bytes))
  })

const writtenByAvsc = (schema: avsc.Schema, values: ReadonlyArray<unknown>): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const encoder = new avsc.streams.BlockEncoder(avsc.Type.forSchema(schema), { codec: 'deflate' })
    const parts: Array<Uint8Array> = []
    encoder.on('data', (part: Uint8Array) => parts.push(part))
    encoder.on('end', () => resolve(Uint8Array.from(Buffer.concat(parts))))
    encoder.on('error', reject)
    for (const value of values) encoder.write(value)
    encoder.end()
  })

const values = (items: ReadonlyArray<unknown>) =>
  (items as ReturnType<ReturnType<typeof decodeAll<unknown>>>).map(item =>
    item._tag === 'Record' ? item.value : draw(item.error),
  )

const Point = record('Point', { x: Integer }, { label: nullable(t.string), y: Finite })

test('Avro is read by avsc: fields with their values, and what has no field as JSON', async () => {
  const written = right(
    encodeAll(Avro.of(Point))([
      { x: 2 ** 53 - 1, label: 'a', y: -0 },
      { x: -0, label: null, other: [1] } as t.TypeOf<typeof Point>,
    ]),
  )
  expect(await readByAvsc(written)).toEqual([
    { x: 2 ** 53 - 1, label: 'a', y: -0, _unknown: null },
    { x: 0, label: null, y: null, _unknown: '{"other":[1],"x":-0,"label":null}' },
  ])
  const wanted: avsc.Schema = { type: 'record', name: 'Point', fields: [{ name: 'x', type: 'long' }] }
  expect(await readByAvsc(written, wanted)).toEqual([{ x: 2 ** 53 - 1 }, { x: 0 }])
})

/** The schema in the header of a file. */
const schemaIn = (bytes: Uint8Array) =>
  JSON.parse(/\{.*\}/s.exec(Buffer.from(bytes).toString('latin1'))?.[0] ?? '') as unknown

test('Avro marks the key, the null and the wrapping of its schema by attributes of finetune-kit', () => {
  const Named = record('Named', { 'a-b': nullable(t.string) }, { c: Integer })
  expect(schemaIn(right(encodeAll(Avro.of(Named))([])))).toMatchObject({
    name: 'Named',
    fields: [
      { name: 'a_x2d_b', 'finetune-kit.key': 'a-b', 'finetune-kit.null': 'null' },
      { name: 'c', 'finetune-kit.null': 'absent' },
      { name: '_unknown' },
    ],
  })
  expect(schemaIn(right(encodeAll(Avro.of(t.string))([])))).toMatchObject({ 'finetune-kit.wrapped': true })
})

test('Avro is read by avsc, whatever a fine-tune holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(Arbitrary.of(FineTuneSnapshot), { maxLength: 3 }), async records => {
      const found = await readByAvsc(right(encodeAll(Avro.of(FineTuneSnapshot))(records)))
      expect(found.map(row => (row as { id: unknown }).id)).toEqual(records.map(({ id }) => id))
    }),
    { numRuns: 20, interruptAfterTimeLimit: 5000 },
  )
})

test('Avro reads what avsc writes, by the schema that it wrote', async () => {
  const written = await writtenByAvsc(
    {
      type: 'record',
      name: 'org.example.Point',
      fields: [
        { name: 'x', type: 'int' },
        { name: 'y', type: ['null', 'float'] },
        { name: 'side', type: { type: 'enum', name: 'Side', symbols: ['LEFT', 'RIGHT'] } },
        { name: 'more', type: { type: 'map', values: { type: 'array', items: 'long' } } },
        { name: 'next', type: ['null', 'Point'] },
      ],
    },
    [
      {
        x: 7,
        y: null,
        side: 'RIGHT',
        more: { a: [1, 2], b: [] },
        next: { x: 8, y: 0.5, side: 'LEFT', more: {}, next: null },
      },
    ],
  )
  const next = { x: 8, y: 0.5, side: 'LEFT', more: {}, next: null }
  expect(values(decodeAll(Avro.of(Point))(written))).toEqual([
    { x: 7, side: 'RIGHT', more: { a: [1, 2], b: [] }, next },
  ])
})

test('Avro reads a file of another version of a codec: new fields are unknown keys, old ones are absent', () => {
  const Later = record(
    'Point',
    { x: Integer, 'a-b': t.string },
    { at: record('At', { z: Integer }), tags: t.unknown },
  )
  const later = right(
    encodeAll(Avro.of(Later))([
      { x: 1, 'a-b': 'c', at: { z: 2 }, tags: { d: [null] } },
      { x: 2, 'a-b': '' },
    ]),
  )
  expect(values(decodeAll(Avro.of(Point))(later))).toEqual([
    { x: 1, 'a-b': 'c', at: { z: 2 }, tags: { d: [null] } },
    { x: 2, 'a-b': '' },
  ])
  const earlier = right(encodeAll(Avro.of(Point))([{ x: 1 }]))
  expect(values(decodeAll(Avro.of(Later))(earlier))).toEqual([
    'record 1 /a-b: expected string, found nothing',
  ])
})

const isSame = Eq.of(t.array(FineTuneSnapshot)).equals

test.each([{}, { compact: true }])(
  'Avro gives back every record that it wrote, in the same bytes, %j',
  options => {
    const format = Avro.of(FineTuneSnapshot)
    fc.assert(
      fc.property(
        fc.array(Arbitrary.of(FineTuneSnapshot, { loneSurrogates: true }), { maxLength: 20 }),
        records => {
          const written = encodeAll(format, options)(records)
          if (E.isLeft(written)) return expect(written.left.reason).toContain('lone surrogate')
          expect(isSame(values(decodeAll(format)(written.right)) as typeof records, records)).toBe(true)
          expect(right(encodeAll(format, options)(records))).toEqual(written.right)
        },
      ),
      { numRuns: 100, interruptAfterTimeLimit: 5000 },
    )
  },
)

test('Avro keeps -0, 2^53 - 1, floats to the bit, half surrogate pairs and own keys named __proto__', () => {
  const Awkward = record(
    'Awkward',
    { n: Integer, f: Finite, text: t.string, list: t.array(nullable(Integer)), constructor: t.string },
    { _unknown: t.string, toString: t.boolean, u: t.unknown },
  )
  const value = JSON.parse(
    '{"n":-0,"f":8e-05,"text":"\\ud800","list":[9007199254740991,null,-0],"constructor":"c","_unknown":"","toString":false,"u":{"__proto__":[-0]},"__proto__":{"x":1}}',
  ) as t.TypeOf<typeof Awkward>
  const back = values(decodeAll(Avro.of(Awkward))(right(encodeAll(Avro.of(Awkward))([value]))))
  expect(back).toStrictEqual([value])
  expect(right(Avro.of(Awkward).decode(right(Avro.of(Awkward).encode(value))))).toStrictEqual(value)
})

test('Avro.encode refuses what it cannot hold, with the path', () => {
  expect(Avro.of(Point).encode({ x: 1, y: Number.NaN })).toEqual(
    E.left({ _tag: 'Unencodable', path: ['y'], reason: 'NaN is not a number of JSON' }),
  )
  expect(Avro.of(t.array(t.unknown)).encode([1, { a: 1n }])).toEqual(
    E.left({ _tag: 'Unencodable', path: [1, 'a'], reason: 'a bigint is not a value of JSON' }),
  )
})

test('Avro.decode takes single objects of its own schema only', () => {
  const one = right(Avro.of(Point).encode({ x: 1 }))
  expect([...one.subarray(0, 2)]).toEqual([0xc3, 1])
  expect(right(Avro.of(Point).decode(one))).toEqual({ x: 1 })
  const reasonOf = (input: Uint8Array) => E.mapLeft(draw)(Avro.of(Point).decode(input))
  expect(reasonOf(right(Avro.of(record('Point', {})).encode({})))).toEqual(
    E.left('1:3 not Avro: written with another schema than that of Point (byte 2)'),
  )
  expect(reasonOf(Uint8Array.of(1))).toEqual(E.left('1:1 not Avro: not a single object (byte 0)'))
  expect(reasonOf(one.subarray(0, -1))).toMatchObject({ _tag: 'Left' })
  expect(reasonOf(Uint8Array.from([...one, 0]))).toMatchObject({ _tag: 'Left' })
})

test('Avro gives the same items wherever the input is cut', () => {
  const good = right(encodeAll(Avro.of(t.unknown))([{ x: 1 }, { x: 'two' }]))
  const inputs = [
    good,
    Uint8Array.from([...good, 0x02, 0x02, 0x00]),
    good.subarray(0, -3),
    Uint8Array.from([...good.subarray(0, -1), (good.at(-1) ?? 0) ^ 1]),
    file('"string"', [
      [2, Uint8Array.of(2, 0x61, 9)],
      [1, Uint8Array.of(2, 0x62)],
    ]),
  ]
  for (const input of inputs) {
    const whole = decodeAll(Avro.of(t.unknown))(input)
    expect(whole).not.toEqual([])
    for (let at = 0; at <= input.length; at++)
      expect(decodeParts(Avro.of(t.unknown))([input.slice(0, at), input.slice(at)])).toEqual(whole)
    expect(decodeParts(Avro.of(t.unknown))(Array.from(input, byte => Uint8Array.of(byte)))).toEqual(whole)
  }
})

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
  ['a schema that is no JSON', file('{', []), 'not Avro: expected'],
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
    'blocks compressed with "lzma"',
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
  ['bytes', file('"bytes"', [[1, Uint8Array.of(2, 2)]]), 'bytes, which JSON cannot represent'],
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
  if (input.length === 0) return expect(values(items)).toEqual(['1:1 not Avro: it ends too early (byte 0)'])
  expect(String(values(items).at(-1))).toContain(reason)
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

test('Avro goes on after a block that cannot be read, and after a record that the codec refuses', () => {
  const input = file('"string"', [
    [1, Uint8Array.of(4, 0xc3, 0x28)],
    [2, Uint8Array.of(2, 0x61, 2, 0x62)],
  ])
  expect(decodeAll(Avro.of(t.literal('b')))(input).map(item => item._tag)).toEqual([
    'Reject',
    'Reject',
    'Record',
  ])
})

/** The tags of the items, and for rejects of how many records. */
const outcomes = (input: Uint8Array, codec: t.Type<unknown> = t.unknown) =>
  decodeAll(Avro.of(codec))(input).map(item => (item._tag === 'Record' ? item.value : (item.records ?? 1)))

test('Avro gives the records before a break, and says how many are lost behind it', () => {
  const spoilt = Uint8Array.of(2, 0x61, 4, 0xc3, 0x28, 2, 0x62) // a, no UTF-8, b
  const broken = Uint8Array.of(2, 0x61, 40, 0x62) // a, and a text of 20 bytes
  const marker = Uint8Array.from({ length: 16 }, (_, i) => 200 + i)
  const input = file(
    '"string"',
    [
      [3, spoilt],
      [4, broken],
      [1, Uint8Array.of(2, 0x63)],
    ],
    'null',
    marker,
  )
  expect(outcomes(input)).toEqual(['a', 1, 'b', 'a', 3, 'c'])
  const items = decodeAll(Avro.of(t.unknown))(input)
  expect(items.flatMap(item => (item._tag === 'Reject' ? [draw(item.error)] : []))).toEqual([
    'record 2: not Avro: in its block, at byte 2: a text that is not UTF-8 (byte 59)',
    'record 5: not Avro: in its block, at byte 4: it ends too early (byte 84)',
  ])
})

/** A block of a container, before its marker. */
const block = (count: number, size: number, ...data: ReadonlyArray<number>) => [2 * count, 2 * size, ...data]

test('Avro goes on behind the next marker when a block does not end where it says', () => {
  const marker = Uint8Array.from({ length: 16 }, (_, i) => 200 + i)
  const good = file('"string"', [[1, Uint8Array.of(2, 0x61)]], 'null', marker)
  const ending = (...blocks: ReadonlyArray<ReadonlyArray<number>>) =>
    Uint8Array.from([...good, ...blocks.flatMap(bytes => bytes.concat(...marker))])
  const next = block(1, 2, 2, 0x62)
  expect(outcomes(ending(block(5, 1, 2, 0x63), next))).toEqual(['a', 5, 'b'])
  expect(outcomes(ending(block(5, 60, 2, 0x63), next))).toEqual(['a', 5, 'b'])
  expect(outcomes(ending([1, 4, 2, 0x63], next))).toEqual(['a', 1, 'b'])
  expect(outcomes(ending(Array<number>(20).fill(0xff), next))).toEqual(['a', 1, 'b'])
  expect(outcomes(ending([...block(1, 2, 2, 0x63), ...marker.map((b, i) => (i < 7 ? b : 0))], next))).toEqual(
    ['a', 1, 'b'],
  )
})

test('Avro reads the records before a marker that is damaged or cut, and says so in a reject of no records', () => {
  const marker = Uint8Array.from({ length: 16 }, (_, i) => 200 + i)
  const good = file('"string"', [[1, Uint8Array.of(2, 0x61)]], 'null', marker)
  const [one, two] = [block(1, 2, 2, 0x62), block(1, 2, 2, 0x63)]
  const end = good.length + one.length
  const said = (...parts: ReadonlyArray<Iterable<number>>) =>
    decodeAll(Avro.of(t.unknown))(Uint8Array.from([...good, ...parts.flatMap(part => Array.from(part))])).map(
      item =>
        item._tag === 'Record' ? item.value : [draw(item.error), item.offset, item.records, item.raw.length],
    )
  const differing = (at: number, n: number) => [
    `1:${at + 1} not Avro: a sync marker that differs in ${n} of 16 bytes (byte ${at})`,
    good.length,
    0,
    16,
  ]
  const flipped = (...at: ReadonlyArray<number>) => marker.map((b, i) => (at.includes(i) ? b ^ 1 : b))
  expect(said(one, flipped(0), two, marker)).toEqual(['a', 'b', differing(end, 1), 'c'])
  expect(said(one, flipped(15), two, marker)).toEqual(['a', 'b', differing(end + 15, 1), 'c'])
  expect(said(one, flipped(8, 9, 10, 11, 12, 13, 14, 15))).toEqual(['a', 'b', differing(end + 8, 8)])
  for (let left = 0; left < 16; left++)
    expect(said(one, marker.subarray(0, left))).toEqual([
      'a',
      'b',
      [
        `1:${end + left + 1} not Avro: the file ends inside a sync marker (byte ${end + left})`,
        good.length,
        0,
        left,
      ],
    ])
})

/** Six points in blocks of 2, 3 and 1, and where the header and each block ends. */
const ofThree = (codec: string) => {
  const points = Array.from({ length: 6 }, (_, x) => ({
    x: 1000 * x,
    label: `label ${x}`.repeat(x + 1),
    y: x / 7,
  }))
  const plain = points.map(point => right(Avro.of(Point).encode(point)).subarray(10))
  const pack = { null: (b: Uint8Array) => b, deflate: zlib.deflateRawSync, zstandard: zlib.zstdCompressSync }[
    codec
  ] as (bytes: Uint8Array) => Uint8Array
  const blocks = (
    [
      [0, 2],
      [2, 5],
      [5, 6],
    ] as const
  ).map(([from, to]) => [to - from, pack(Buffer.concat(plain.slice(from, to)))] as const)
  const header = right(encodeAll(Avro.of(Point))([]))
  const schema = schemaIn(header)
  const made = (n: number) => file(schema, blocks.slice(0, n), codec, header.slice(-16))
  return { input: made(3), ends: [0, 1, 2, 3].map(n => made(n).length) }
}

const hasReject = (items: ReadonlyArray<ReadResult<unknown>>) => items.some(item => item._tag === 'Reject')

const sum = (items: ReadonlyArray<ReadResult<unknown>>) =>
  items.reduce((n, item) => n + (item._tag === 'Reject' ? (item.records ?? 1) : 1), 0)

test.each(['null', 'deflate', 'zstandard'])(
  'Avro reads what there is of a file by %s that is cut, and the counts add up',
  codec => {
    const { input, ends } = ofThree(codec)
    for (let at = ends[0] as number; at < input.length; at++) {
      const items = decodeAll(Avro.of(Point))(input.subarray(0, at))
      const last = items.at(-1)
      const begun = ends.findIndex(end => at <= end)
      expect(hasReject(items)).toBe(!ends.includes(at))
      // without the count of the last block nobody can say how many were in it
      if (last?._tag === 'Reject' && last.isFinal) expect(at - (ends[begun - 1] as number)).toBeLessThan(4)
      else expect(sum(items)).toBe([0, 2, 5, 6][begun])
    }
    const cut = decodeAll(Avro.of(Point))(input.subarray(0, (ends[2] as number) - 30))
    if (codec === 'null') expect(cut.filter(item => item._tag === 'Record')).toHaveLength(4)
  },
)

test.each(['null', 'deflate', 'zstandard'])(
  'Avro accounts for every record of a file by %s, whichever byte of it is damaged',
  codec => {
    const { input, ends } = ofThree(codec)
    for (let at = 0; at < input.length; at++)
      for (const flip of [[0x01, 0x80, 0xff][at % 3] as number]) {
        const damaged = input.slice()
        damaged[at] = (damaged[at] ?? 0) ^ flip
        const items = decodeAll(Avro.of(Point), { maxRecordBytes: 1e6 })(damaged)
        const isCount = ends.includes(at)
        const isLost = items.some(item => item._tag === 'Reject' && item.isFinal)
        if (ends.some(end => at < end && at >= end - 16)) expect(hasReject(items)).toBe(true)
        if (isLost) expect(at < (ends[0] as number) || isCount).toBe(true)
        else if (isCount) expect(sum(items)).toBeGreaterThanOrEqual(4)
        else expect([at, flip, sum(items)]).toEqual([at, flip, 6])
      }
  },
)

test('Avro reads any bytes without throwing, also those of a file with some of them changed', () => {
  const written = right(
    encodeAll(Avro.of(FineTuneSnapshot))(fc.sample(Arbitrary.of(FineTuneSnapshot), { numRuns: 3, seed: 1 })),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(written.length - 1), fc.nat(255)), { maxLength: 3 }), changes => {
      const input = written.slice()
      for (const [i, byte] of changes) input[i] = byte
      for (const item of decodeAll(Avro.of(FineTuneSnapshot), { maxRecordBytes: 1e6 })(input))
        if (item._tag === 'Reject') expect(draw(item.error)).not.toBe('')
    }),
    { numRuns: 200, interruptAfterTimeLimit: 5000 },
  )
})

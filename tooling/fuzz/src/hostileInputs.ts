import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib'
import { JsonValue, record } from '@finetune-kit/codec'
import { simulateJobs, simulateRuns } from '@finetune-kit/model/testing'
import { encodeAll, type Format, formats } from '@finetune-kit/serialization'
import * as t from 'io-ts'
import * as E from '#fp-ts/Either'

/** A file that asks for more than its bytes seem to. */
export interface HostileInput {
  readonly name: string
  readonly extension: string
  readonly bytes: () => Uint8Array
}

const job = simulateJobs()[0]?.snapshots[0] as object
const run = simulateRuns()[0] as object

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** An object inside an object, and so on. */
const nested = (levels: number): unknown => {
  let value: unknown = 1
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { a: value }
  return value
}

const repeat = <A>(count: number, of: (i: number) => A): Array<A> =>
  Array.from({ length: count }, (_, i) => of(i))

/** Records of about so many bytes as JSON, each of which costs something else. */
const records = (size: number): Readonly<Record<string, () => ReadonlyArray<object>>> => ({
  'deep nesting': () => [{ ...job, more: nested(900) }],
  'a wide list': () => [{ ...job, more: repeat(Math.min(size / 3, 900_000), i => i % 2) }],
  'lists of lists': () => [{ ...job, more: repeat(Math.min(size / 5, 450_000), () => [[]]) }],
  'many keys': () => [
    { ...job, more: Object.fromEntries(repeat(Math.min(size / 14, 300_000), i => [`k${i}`, i])) },
  ],
  'keys of the record': () => [
    { ...job, ...Object.fromEntries(repeat(Math.min(size / 14, 300_000), i => [`k${i}`, i])) },
  ],
  'a long string': () => [{ ...job, more: 'x'.repeat(size * 0.9) }],
  'a long string of quotes and controls': () => [{ ...job, more: '"\u0001\\'.repeat(size / 14) }],
  'long keys': () => [{ ...job, ...Object.fromEntries(repeat(4, i => [`${i}`.repeat(size / 5), i])) }],
  'long numbers': () => [{ ...job, more: repeat(size / 25, i => -1.234_567_890_123_456e-300 - i) }],
  'many tiny records': () => repeat(size / 40, () => ({})),
  'errors in every value': () => [{ ...run, events: repeat(size / 3, () => ({})) }],
  'errors in every record': () =>
    repeat(size / 200, () => ({ ...run, created_at: 'x', events: [{}, 1, null] })),
})

/** The records in every format, as its own writer writes them. */
const written = async (size: number): Promise<ReadonlyArray<HostileInput>> => {
  const loaded = await Promise.all(formats.map(format => format.load()))
  return loaded.flatMap(format =>
    Object.keys(records(size)).map(
      (cost): HostileInput => ({
        name: `${format.name}: ${cost}`,
        extension: format.extensions[0] ?? '.json',
        bytes: () => encoded(format, cost, size),
      }),
    ),
  )
}

const Any = record('Any', {}, { object: t.string, id: t.string, more: JsonValue, events: t.array(t.unknown) })

/** Half as many bytes, and so on, where the format holds no record of that size. */
const encoded = (format: Format, cost: string, size: number): Uint8Array => {
  const values = records(size)[cost]?.() ?? []
  const bytes = encodeAll(format.of(Any as t.Type<unknown>))(values)
  if (E.isRight(bytes)) return bytes.right
  if (size < 1000) throw new Error(`${format.name}, ${cost}: ${bytes.left.reason}`)
  return encoded(format, cost, Math.floor(size / 2))
}

const joined = (...parts: ReadonlyArray<Uint8Array | string>): Uint8Array =>
  Buffer.concat(parts.map(part => (typeof part === 'string' ? utf8(part) : part)))

const u32 = (n: number): Uint8Array => Uint8Array.of(n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255)

/** The integer as Avro writes it. */
const zigzag = (n: number): Uint8Array => {
  const bytes: Array<number> = []
  let rest = BigInt(n) * 2n
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
  return Uint8Array.of(...bytes, Number(rest))
}

const avroText = (text: string): Uint8Array => joined(zigzag(text.length), text)

/** A file of Avro with one block that promises so many records. */
const avroFile = (schema: string, count: number, block: Uint8Array): Uint8Array => {
  const marker = new Uint8Array(16)
  const header = joined('Obj\u0001', zigzag(1), avroText('avro.schema'), avroText(schema), zigzag(0), marker)
  return joined(header, zigzag(count), zigzag(block.length), block, marker)
}

const avroRecord = (field: string): string =>
  `{"type":"record","name":"R","fields":[{"name":"id","type":${field}}]}`

/** Bytes that no writer writes. */
const crafted = (size: number): ReadonlyArray<readonly [string, string, () => Uint8Array]> => [
  ['brackets without end', '.ndjson', () => utf8('['.repeat(size))],
  ['brackets without end', '.json', () => utf8('{"a":['.repeat(size / 6))],
  ['a string without end', '.ndjson', () => utf8(`{"a":"${'x'.repeat(3 * size)}`)],
  ['a string without end', '.json', () => utf8(`[{"a":"${'x'.repeat(3 * size)}`)],
  [
    'a number of a record',
    '.ndjson',
    () => utf8(`{"object":"fine_tuning.job","a":${'9'.repeat(size - 100)}}`),
  ],
  ['one key again and again', '.json', () => utf8(`{${'"a":1,'.repeat(size / 6)}"a":1}`)],
  ['blank lines', '.ndjson', () => utf8('\n'.repeat(3 * size))],
  ['bytes that are not UTF-8', '.ndjson', () => new Uint8Array(size).fill(0xff)],
  ['zeros', '.json', () => new Uint8Array(3 * size)],
  ['lines of one event', '.sse', () => utf8('data: 1\n'.repeat(size / 8))],
  ['lines of an event without data', '.sse', () => utf8(`data: {"a":\n${'id: 1\n'.repeat(size / 6)}`)],
  ['a header of a record', '.csv', () => utf8(`${repeat(size / 8, i => `c${i}`).join(',')}\n1\n`)],
  ['commas', '.csv', () => utf8(`id,object\n${','.repeat(size)}\n`)],
  ['a quote without end', '.csv', () => utf8(`id,object\n"${'x\n'.repeat(size)}`)],
  ['quotes', '.csv', () => utf8(`id,object\n${'"'.repeat(size)}\n`)],
  ['brackets in cells', '.csv', () => utf8(`id,object,x\na,fine_tuning.job,${'['.repeat(size)}\n`)],
  [
    'aliases of aliases',
    '.yaml',
    () => utf8(`a0: &a0 [x, x]\n${repeat(40, i => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`).join('\n')}\n`),
  ],
  ['aliases', '.yaml', () => utf8(`- &a x\n${'- *a\n'.repeat(size / 5)}`)],
  ['dashes', '.yaml', () => utf8(`--- \n${'- '.repeat(size / 2)}\n`.repeat(2))],
  ['flow brackets', '.yaml', () => utf8('['.repeat(size))],
  ['block levels', '.yaml', () => utf8(repeat(2000, i => `${' '.repeat(i)}a:`).join('\n'))],
  ['many documents', '.yaml', () => utf8('---\na: 1\n'.repeat(size / 9))],
  ['comments', '.yaml', () => utf8('# x\n'.repeat(size / 4))],
  [
    'a list of 2^32 - 1',
    '.msgpack',
    () => joined(Uint8Array.of(0xdd), u32(0xffff_ffff), new Uint8Array(size).fill(0xc0)),
  ],
  [
    'a map of 2^32 - 1',
    '.msgpack',
    () => joined(Uint8Array.of(0xdf), u32(0xffff_ffff), new Uint8Array(size).fill(0xa0)),
  ],
  ['a text of 4 GiB', '.msgpack', () => joined(Uint8Array.of(0xdb), u32(0xffff_ffff), new Uint8Array(size))],
  ['lists without end', '.msgpack', () => new Uint8Array(size).fill(0x91)],
  ['nulls', '.msgpack', () => new Uint8Array(size).fill(0xc0)],
  ['a block of 10^9 nulls', '.avro', () => avroFile(avroRecord('"null"'), 1e9, new Uint8Array(0))],
  [
    'a list of 10^9 nulls',
    '.avro',
    () => avroFile(avroRecord('{"type":"array","items":"null"}'), 1, joined(zigzag(1e9), zigzag(0))),
  ],
  ['a text of 2^50 bytes', '.avro', () => avroFile(avroRecord('"string"'), 1, zigzag(2 ** 50))],
  [
    'a block of 2^50 bytes',
    '.avro',
    () => joined(avroFile(avroRecord('"string"'), 0, new Uint8Array(0)), zigzag(1), zigzag(2 ** 50)),
  ],
  ['a schema of brackets', '.avro', () => avroFile('['.repeat(size / 2), 1, new Uint8Array(1))],
  [
    'a schema of many fields',
    '.avro',
    () =>
      avroFile(
        `{"type":"record","name":"R","fields":[${repeat(size / 40, i => `{"name":"f${i}","type":"null"}`).join(',')}]}`,
        1,
        new Uint8Array(1),
      ),
  ],
  [
    'a footer of 2 GiB',
    '.parquet',
    () => joined('PAR1', new Uint8Array(size), Uint8Array.of(255, 255, 255, 127), 'PAR1'),
  ],
  [
    'a footer of zeros',
    '.parquet',
    () => joined('PAR1', new Uint8Array(size), Uint8Array.of(0, 0, 64, 0), 'PAR1'),
  ],
  [
    'a footer of lists',
    '.parquet',
    () => joined('PAR1', new Uint8Array(size).fill(0xfc), Uint8Array.of(0, 0, 64, 0), 'PAR1'),
  ],
]

/** Bytes that unpack to far more. */
const bombs: ReadonlyArray<HostileInput> = [
  ['.ndjson', utf8('{}\n'.repeat(1_000_000))],
  ['.json', Buffer.alloc(100_000_000, 0x5b)],
  ['.csv', Buffer.alloc(100_000_000, 0x2c)],
  ['.msgpack', Buffer.alloc(100_000_000, 0xc0)],
  ['.parquet', Buffer.concat([utf8('PAR1'), Buffer.alloc(100_000_000)])],
].map(([extension, bytes]) => ({
  name: `a bomb of ${String(extension)}`,
  extension: extension as string,
  bytes: () => bytes as Uint8Array,
}))

const compressions = [
  ['', (bytes: Uint8Array) => bytes],
  ['.gz', (bytes: Uint8Array) => gzipSync(bytes)],
  ['.zst', (bytes: Uint8Array) => zstdCompressSync(bytes)],
  [
    '.br',
    (bytes: Uint8Array) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  ],
] as const

const packed = ({ name, extension, bytes }: HostileInput, i: number): HostileInput => {
  const [end, compress] = compressions[i % compressions.length] as (typeof compressions)[number]
  return { name: `${name}${end}`, extension: `${extension}${end}`, bytes: () => compress(bytes()) }
}

/**
 * Hostile inputs for a record limit of `size` bytes, in every format. Each is compressed in one of
 * four ways, in turn; the bombs in each of three.
 */
export const hostileInputs = async (size: number): Promise<ReadonlyArray<HostileInput>> => [
  ...[
    ...(await written(Math.floor(size * 0.9))),
    ...crafted(size).map(([name, extension, bytes]) => ({ name: `${extension}: ${name}`, extension, bytes })),
  ].map(packed),
  ...bombs.flatMap(bomb => [1, 2, 3].map(i => packed(bomb, i))),
]

/**
 * Difficult inputs, cut at every byte: byte order marks, all line ends, multi-byte characters,
 * blocks and errors.
 */
import { isDeepStrictEqual } from 'node:util'
import { Integer, record } from '@finetune-kit/codec'
import {
  CanonicalJson,
  Csv,
  decodeAll,
  encodeAll,
  EventStream,
  type Format,
  Json,
  Ndjson,
} from '@finetune-kit/serialization'
import { formats } from './loadedFormats.ts'
import { Avro } from '@finetune-kit/serialization/avro'
import { MessagePack } from '@finetune-kit/serialization/messagepack'
import { Parquet } from '@finetune-kit/serialization/parquet'
import { Yaml } from '@finetune-kit/serialization/yaml'
import avsc from 'avsc'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { decodeParts } from './decodeParts.ts'

const Point = record('Point', { x: Integer }, { é: t.string })
const points = [{ x: 1, é: '😀\u2028' }, { x: 2, other: ['é', null] }, { x: 3 }]

const text = (written: string) => new TextEncoder().encode(written)
const written = (format: Format, options: object = {}) => {
  const bytes = encodeAll(format.of(Point as t.Type<unknown>), options)(points)
  if (E.isLeft(bytes)) throw new Error(bytes.left.reason)
  return bytes.right
}
const joined = (...parts: ReadonlyArray<Uint8Array>) => Uint8Array.from(Buffer.concat([...parts]))

/** A file of avsc, with uncompressed blocks. */
const plainAvro = await new Promise<Uint8Array>((resolve, reject) => {
  const fields = [
    { name: 'x', type: 'long' },
    { name: 'e', type: 'string' },
  ]
  const type = avsc.Type.forSchema({ type: 'record', name: 'Point', fields })
  const encoder = new avsc.streams.BlockEncoder(type, { codec: 'null', blockSize: 1 })
  const parts: Array<Uint8Array> = []
  encoder.on('data', (part: Uint8Array) => parts.push(part))
  encoder.on('end', () => resolve(joined(...parts)))
  encoder.on('error', reject)
  for (let x = 0; x < 3; x++) encoder.write({ x, e: 'é😀' })
  encoder.end()
})

const lines = ['\ufeff{"x":1,"é":"😀\u2028"}', '', ' \t', '{"x":"é"}', '{"x":', '\ufeff{"x":2}']
const rows = [
  '\ufeff"x",é,*',
  '1,"a ""😀""\u2028",',
  '',
  '2,é,"{""o"":1}"',
  'é,"x',
  'y",',
  '3',
  '"4"x,,',
  '5,é,',
]
const events = [
  '\ufeffdata: {"x":1,"é":"😀\u2028"}',
  '',
  ': é',
  'event: é',
  'data: {"x":',
  'data: "é"}',
  '',
  'data',
  '',
  'data: [DONE]',
  '',
  'data:{"x":2}',
]
const documents = [
  '\ufeff# é',
  'x: 1',
  'é: 😀',
  '---',
  'x: "é',
  '  a"',
  '...',
  '---',
  '{"x": 2}',
  '---',
  'x: [',
  '',
]

/** Each input with its expected results: R for a record, or the count of records of a reject. */
const inputs: ReadonlyArray<readonly [string, Format, Uint8Array, string]> = [
  ...(['\n', '\r\n', '\r'] as const).flatMap(
    (end): ReadonlyArray<readonly [string, Format, Uint8Array, string]> => [
      [`lines that end with ${JSON.stringify(end)}`, Ndjson, text(lines.join(end)), 'R 1 1 R'],
      [`rows that end with ${JSON.stringify(end)}`, Csv, text(rows.join(end)), 'R R 1 1 1 R'],
      [`lines that end with ${JSON.stringify(end)}`, EventStream, text(events.join(end)), 'R 1 R'],
      [
        `a list over lines that end with ${JSON.stringify(end)}`,
        Json,
        text(['\ufeff[{"x":1,"é":"]😀"}', ',{"x":"é"},', '{"x":tru}, {"x":2}', ']', ''].join(end)),
        'R 1 1 R',
      ],
      [
        `an envelope over lines that end with ${JSON.stringify(end)}`,
        Json,
        text(
          [
            '\ufeff{"object":"é",',
            '"data":[{"x":1,"é":"]}😀"}',
            ',',
            '{"x":"é"}],"data":[{"x":2}]',
            '}',
          ].join(end),
        ),
        'R 1',
      ],
    ],
  ),
  // the library does not take a lone CR for a line end
  ...(['\n', '\r\n'] as const).map(
    end =>
      [
        `documents whose lines end with ${JSON.stringify(end)}`,
        Yaml,
        text(documents.join(end)),
        'R 1 R 1',
      ] as const,
  ),
  ['a list', CanonicalJson, written(CanonicalJson), 'R R R'],
  [
    'a sequence, and what is no value',
    MessagePack,
    joined(written(MessagePack), Uint8Array.of(0xc1)),
    'R R R 1',
  ],
  [
    'a sequence, and a value that is cut',
    MessagePack,
    joined(written(MessagePack), written(MessagePack).subarray(0, -3)),
    'R R R R R 1',
  ],
  ['blocks that are not compressed', Avro, plainAvro, 'R R R'],
  ['blocks by deflate', Avro, written(Avro), 'R R R'],
  ['blocks by zstandard', Avro, written(Avro, { compact: true }), 'R R R'],
  ['a block without its marker', Avro, written(Avro).subarray(0, -16), 'R R R 0'],
  ['a block that is cut', Avro, written(Avro).subarray(0, -20), 'R R 1 0'],
  ['row groups', Parquet, written(Parquet), 'R R R'],
  ['a footer that is cut', Parquet, written(Parquet).subarray(0, -1), '1'],
]

test('there are awkward inputs for every format', () => {
  expect(new Set(inputs.map(([, format]) => format))).toEqual(new Set(formats))
})

test.each(
  inputs.map(([name, format, bytes, outcome]) => [format.name, name, format, bytes, outcome] as const),
)('%s gives the same items wherever it is cut: %s', (_, __, format, bytes, outcome) => {
  const of = format.of(Point)
  const whole = decodeAll(of)(bytes)
  const found = whole.map(item => (item._tag === 'Record' ? 'R' : (item.records ?? 1)))
  expect(found.join(' ')).toBe(outcome)
  const isSame = (parts: ReadonlyArray<Uint8Array>, cut: string) => {
    if (!isDeepStrictEqual(decodeParts(of)(parts), whole)) expect.fail(`${cut}: something else`)
  }
  for (let at = 0; at <= bytes.length; at++) {
    isSame([bytes.slice(0, at), bytes.slice(at)], `cut at ${at}`)
    isSame(
      [bytes.slice(0, at), new Uint8Array(0), bytes.slice(at, at + 1), bytes.slice(at + 1)],
      `around ${at}`,
    )
  }
  isSame(
    Array.from(bytes, byte => Uint8Array.of(byte)),
    'a byte at a time',
  )
})

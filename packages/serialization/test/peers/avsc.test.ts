/** avsc reads our files by its own schema, and a newer codec reads files of avsc. */
import { Finite, Integer, nullable, record } from '@finetune-kit/codec'
import { decodeAll, encodeAll } from '@finetune-kit/serialization'
import { Avro } from '@finetune-kit/serialization/avro'
import type avsc from 'avsc'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { readByAvsc, writtenByAvsc } from '../avro/avscStreams.ts'

const Point = record(
  'Point',
  { x: Integer, at: record('At', { z: t.boolean, n: Integer }) },
  { label: nullable(t.string), y: Finite },
)
const points = [
  { x: 1, at: { z: true, n: 2 }, label: 'é', y: 0.1 },
  { x: -3, at: { z: false, n: 2 ** 40 } },
]
const encoded = encodeAll(Avro.of(Point))(points)
const written = E.isRight(encoded) ? encoded.right : new Uint8Array(0)

const schemaOf = (name: string, ...fields: ReadonlyArray<object>): avsc.Schema =>
  ({ type: 'record', name, fields }) as unknown as avsc.Schema

test.each([
  ['fewer fields', [{ name: 'x', type: 'long' }], [{ x: 1 }, { x: -3 }]],
  [
    'fewer fields of a record inside',
    [{ name: 'at', type: schemaOf('At', { name: 'z', type: 'boolean' }) }],
    [{ at: { z: true } }, { at: { z: false } }],
  ],
  [
    'fields in another order',
    [
      { name: 'y', type: ['null', 'double'] },
      { name: 'x', type: 'long' },
    ],
    [
      { y: 0.1, x: 1 },
      { y: null, x: -3 },
    ],
  ],
  [
    'a new field that has a default',
    [
      { name: 'x', type: 'long' },
      { name: 'colour', type: 'string', default: 'red' },
      { name: 'none', type: ['null', 'string'], default: null },
    ],
    [
      { x: 1, colour: 'red', none: null },
      { x: -3, colour: 'red', none: null },
    ],
  ],
  ['a long taken for a double', [{ name: 'x', type: 'double' }], [{ x: 1 }, { x: -3 }]],
  ['a long taken for a float', [{ name: 'x', type: 'float' }], [{ x: 1 }, { x: -3 }]],
  [
    'a field by its old name',
    [{ name: 'column', aliases: ['x'], type: 'long' }],
    [{ column: 1 }, { column: -3 }],
  ],
])('Avro is read by avsc by a schema with %s', async (_, fields, values) => {
  expect(await readByAvsc(written, schemaOf('Point', ...fields))).toEqual(values)
})

test.each(['null', 'deflate'])(
  'Avro reads an earlier schema of avsc, %s: fewer fields, smaller types',
  async codec => {
    const schema = schemaOf(
      'Point',
      { name: 'x', type: 'int' },
      { name: 'at', type: schemaOf('At', { name: 'z', type: 'boolean' }, { name: 'n', type: 'int' }) },
      { name: 'y', type: ['null', 'float'] },
      { name: 'gone', type: ['null', 'string'] },
    )
    const bytes = await writtenByAvsc(
      schema,
      [
        { x: 1, at: { z: true, n: 2 }, y: 0.5, gone: null },
        { x: 2, at: { z: false, n: 3 }, y: null, gone: 'kept' },
      ],
      codec,
    )
    expect(decodeAll(Avro.of(Point))(bytes)).toMatchObject([
      { value: { x: 1, at: { z: true, n: 2 }, y: 0.5 } },
      { value: { x: 2, at: { z: false, n: 3 }, gone: 'kept' } },
    ])
  },
)

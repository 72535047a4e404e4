import { draw, Eq, Finite, Integer, nullable, record } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'
import { FineTuneSnapshot } from '@finetune-kit/model'
import { decodeAll, encodeAll } from '@finetune-kit/serialization'
import { Avro } from '@finetune-kit/serialization/avro'
import type avsc from 'avsc'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { decodeParts } from '../decodeParts.ts'
import { readByAvsc, writtenByAvsc } from './avscStreams.ts'
import { file, Point, right, schemaIn, values } from './container.ts'

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
  expect(values(decodeAll(Avro.of(Later))(earlier))).toEqual(['record 1 /a-b: missing, expected string'])
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

const reasonOf = (input: Uint8Array) => E.mapLeft(draw)(Avro.of(Point).decode(input))

test('Avro.decode takes single objects of its own schema only', () => {
  const one = right(Avro.of(Point).encode({ x: 1 }))
  expect([...one.subarray(0, 2)]).toEqual([0xc3, 1])
  expect(right(Avro.of(Point).decode(one))).toEqual({ x: 1 })
  expect(reasonOf(right(Avro.of(record('Point', {})).encode({})))).toEqual(
    E.left('not Avro: written with another schema than that of Point (byte 2)'),
  )
  expect(reasonOf(Uint8Array.of(1))).toEqual(E.left('not Avro: not a single object (byte 0)'))
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

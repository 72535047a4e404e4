/** Every byte of a file damaged in several ways, and every length of a file that is cut. */
import { Finite, Integer, nullable, record } from '@finetune-kit/codec'
import { decodeAll, encodeAll } from '@finetune-kit/serialization'
import { Parquet } from '@finetune-kit/serialization/parquet'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'

const Point = record(
  'Point',
  { x: Integer, list: t.array(nullable(Integer)) },
  { label: nullable(t.string), y: Finite, 'a.b': t.unknown, at: nullable(record('At', { z: t.boolean })) },
)
const points = [
  { x: 2 ** 53 - 1, list: [], label: 'a', y: -0, 'a.b': [null], at: { z: true } },
  { x: -0, list: [1, null, -3], label: null, other: { n: 1 } },
  { x: 3, list: [null], at: null },
  { x: 4, list: [-0], at: { z: false, more: '\ud800' } },
] as ReadonlyArray<t.TypeOf<typeof Point>>

test.each([false, true])(
  'Parquet gives records and rejects whichever byte is damaged: compact %j',
  compact => {
    const written = encodeAll(Parquet.of(Point), { compact })(points)
    if (E.isLeft(written)) throw new Error(written.left.reason)
    const good = written.right.slice()
    for (let i = 0; i < good.length; i++) {
      for (const byte of [0, 1, 0x7f, 0x80, 0xff, (good[i] as number) ^ 1]) {
        const items = decodeAll(Parquet.of(Point))(good.with(i, byte))
        for (const { _tag } of items) expect(['Record', 'Reject']).toContain(_tag)
      }
      expect(decodeAll(Parquet.of(Point))(good.subarray(0, i))).toMatchObject([
        { _tag: 'Reject', isFinal: true },
      ])
    }
    expect(Object.keys(Object.prototype)).toEqual([])
  },
)

import { Finite, Integer, nullable, record } from '@finetune-kit/codec'
import * as t from 'io-ts'

export const Point = record(
  'Point',
  { x: Integer, list: t.array(nullable(Integer)) },
  { label: nullable(t.string), y: Finite, 'a.b': t.unknown, at: nullable(record('At', { z: t.boolean })) },
)

/** Records with all that is awkward in few columns: null, absent, empty, -0 and unknown keys. */
export const points = [
  { x: 2 ** 53 - 1, list: [], label: 'a', y: -0, 'a.b': [null], at: { z: true } },
  { x: -0, list: [1, null, -3], label: null, other: { n: 1 } },
  { x: 3, list: [null], at: null },
  { x: 4, list: [-0], at: { z: false, more: '\ud800' } },
] as ReadonlyArray<t.TypeOf<typeof Point>>

import { Identity } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import { createdAtOf } from './createdAtOf.ts'
import { Observation } from './Observation.ts'
import { detect } from './RecordKind.ts'

/** An order of records of all kinds. */
export interface RecordOrder {
  readonly name: 'created_at' | 'id'
  /** The value that a record is sorted by, ascending. Records without one come last. */
  readonly keyOf: (record: unknown) => number | string | undefined
  /** The key of the field that holds this value, in records of a codec. */
  readonly fieldOf: (codec: t.Any) => string | undefined
}

/**
 * Records by their time of creation, or by what identifies them; an observation by the record
 * observed.
 *
 * @example
 * RecordOrder.all.find(({ name }) => name === 'id')?.keyOf({ object: 'model', id: 'ada' }) // => 'ada'
 */
export const all: ReadonlyArray<RecordOrder> = [
  { name: 'created_at', keyOf: createdAtOf, fieldOf: () => 'created_at' },
  {
    name: 'id',
    keyOf: record => {
      const observed = Observation.is(record) ? record.record : record
      const kind = detect(observed)
      const id = kind._tag === 'Right' ? Identity.of(kind.right.codec).idOf(observed) : undefined
      return typeof id === 'string' || typeof id === 'number' ? id : undefined
    },
    fieldOf: codec => Identity.of(codec).key,
  },
]

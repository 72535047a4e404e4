import type { EncodeError } from '@finetune-kit/codec'
import type * as Effect from 'effect/Effect'
import type { Reject } from '../Format.ts'

/** A record that was read, and cannot be written in the format it is to be written in. */
export interface UnencodableRecord {
  readonly _tag: 'UnencodableRecord'
  /** Which one of the records to be written, from 0. */
  readonly index: number
  readonly error: EncodeError
  readonly value: unknown
}

/** A record that goes no further. */
export type BadRecord = Reject | UnencodableRecord

/**
 * What becomes of bad records. Either the stream fails at the first one (its error is the record),
 * behind all the good ones before it; or it goes on without them, counted, and they are handed over
 * in their order: to be shown, or written aside.
 */
export type BadRecordPolicy<E = never, R = never> =
  | 'fail'
  | ((bad: ReadonlyArray<BadRecord>) => Effect.Effect<void, E, R>)

import type { EncodeError } from '@finetune-kit/codec'
import type * as Effect from 'effect/Effect'
import type { Reject } from '../Format.ts'

/** A record that was read, but that the output format cannot hold. */
export interface UnencodableRecord {
  readonly _tag: 'UnencodableRecord'
  /** Index of the record among those to write, from 0. */
  readonly index: number
  readonly error: EncodeError
  readonly value: unknown
}

/** A record that is not passed on. */
export type BadRecord = Reject | UnencodableRecord

/**
 * The handling of bad records: fail at the first one, after the good records before it, with the
 * bad record as the error; or continue, and pass bad records in order to a handler that prints or
 * stores them.
 */
export type BadRecordPolicy<E = never, R = never> =
  | 'fail'
  | ((bad: ReadonlyArray<BadRecord>) => Effect.Effect<void, E, R>)

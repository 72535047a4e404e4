import type { RunEvent } from '@finetune-kit/model'
import type { Delta } from '../../Delta.ts'
import type * as FieldPath from '../../FieldPath.ts'
import type { Change } from './RunChange.ts'

/** Two records of one run, and what differs between them. */
export interface RecordPair<A> {
  readonly a: A
  readonly b: A
  readonly delta: Delta
  readonly placeOf: ReturnType<typeof FieldPath.of>
}

/** Describes part of a delta. Operations that no rule describes are shown field by field. */
export type ChangeRule<A> = (pair: RecordPair<A>) => ReadonlyArray<Change>

/** Everything that is particular to the records of one kind. */
export interface Narrator<A> {
  /** The form in which records are compared: null and absent are one in it. */
  readonly comparable: (a: A) => A
  readonly rules: ReadonlyArray<ChangeRule<A>>
  /** The record as it would have been before anything happened: the start of a story. */
  readonly before: (a: A) => A
  /** The change that begins a story, and the time at which the record was seen, if known. */
  readonly firstSeen: (a: A, seenAt: number | null) => Change
  /** Sorts snapshots of one run whose times are unknown: a lower stage comes first. */
  readonly stage: (a: A) => number
  /**
   * Time of the last news in the record, in Unix seconds; null where the record does not tell it.
   */
  readonly lastKnown: (a: A) => number | null
  /** The events in the record: a story tells them at their own times. */
  readonly events: (a: A) => ReadonlyArray<RunEvent>
}

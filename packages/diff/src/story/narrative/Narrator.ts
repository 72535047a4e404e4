import type { Delta } from '../../Delta.ts'
import type * as Place from '../../FieldPath.ts'
import type { Change } from './Change.ts'

/** Two records of one thing, and what differs between them. */
export interface RecordPair<A> {
  readonly a: A
  readonly b: A
  readonly delta: Delta
  readonly placeOf: ReturnType<typeof Place.of>
}

/** Says what it knows to say of a scene. What it leaves untold, the fields themselves tell. */
export type ChangeRule<A> = (scene: RecordPair<A>) => ReadonlyArray<Change>

/** Who speaks of the records of one codec. */
export interface Narrator<A> {
  readonly tellers: ReadonlyArray<ChangeRule<A>>
  /** The record as it would have been before anything happened: what the story of a run begins with. */
  readonly before: (a: A) => A
  readonly firstSeen: (a: A) => Change
  /** Up to when the record knows of the run, in Unix seconds. */
  readonly moment: (a: A) => number
  /** What can be reckoned from a record, and stands in none of its fields. */
  readonly reckoned: (a: A) => ReadonlyArray<readonly [name: string, text: string | null]>
}

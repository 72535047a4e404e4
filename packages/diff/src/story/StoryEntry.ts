import type { Change } from './narrative/RunChange.ts'

/** The news of a run at one time: from a snapshot, from other records of the run, or from both. */
export interface StoryEntry {
  /** Time of the news, in Unix seconds; null where no record tells it. */
  readonly at: number | null
  /**
   * The index of the snapshot in the order it was given, from 0; null for news of other records.
   */
  readonly snapshot: number | null
  readonly changes: ReadonlyArray<Change>
}

import type * as t from 'io-ts'
import * as Change from './Change.ts'
import { narratorOf } from './narrative/narratorOf.ts'

/** What a snapshot of a run tells that the one before it did not. */
export interface StoryEntry {
  /** Up to when the snapshot knows, in Unix seconds; null where its codec has nobody to say. */
  readonly at: number | null
  /** The number of the snapshot in the order it was given, from 0. */
  readonly snapshot: number
  readonly changes: ReadonlyArray<Change.Change>
}

/**
 * The story of one run from its snapshots, oldest first whatever order they come in: what was seen first, then what
 * changed. A snapshot that tells nothing new is no moment.
 *
 * @example
 * const moments = story(t.type({ status: t.string }))([{ status: 'pending' }, { status: 'running' }])
 * moments.map(moment => changeText(moment.changes)) // => ['nothing changed', '~ status: "pending" → "running"']
 */
export const story = <A>(codec: t.Type<A, unknown>) => {
  const changesOf = Change.of(codec)
  const narrator = narratorOf(codec)
  return (snapshots: ReadonlyArray<A>): ReadonlyArray<StoryEntry> => {
    const moments = snapshots
      .map((record, snapshot) => ({ record, snapshot, at: narrator?.moment(record) ?? null }))
      .toSorted((x, y) => (x.at ?? 0) - (y.at ?? 0))
    return moments.flatMap(({ record, snapshot, at }, i) => {
      const last = moments[i - 1]?.record
      if (last === undefined) {
        const first = narrator === undefined ? [] : [narrator.firstSeen(record)]
        return [
          { at, snapshot, changes: [...first, ...changesOf(narrator?.before(record) ?? record, record)] },
        ]
      }
      const changes = changesOf(last, record)
      return changes.length === 0 ? [] : [{ at, snapshot, changes }]
    })
  }
}

import type * as t from 'io-ts'
import * as Change from './Change.ts'
import { narratorFor } from './narrative/narratorFor.ts'

/** The news of one snapshot: what it tells that the one before it did not. */
export interface StoryEntry {
  /** Time of the news, in Unix seconds; null where the snapshot does not tell it. */
  readonly at: number | null
  /** The index of the snapshot in the order it was given, from 0. */
  readonly snapshot: number
  readonly changes: ReadonlyArray<Change.Change>
}

/**
 * Tells the story of one run from its snapshots, oldest first in whatever order they come: what was
 * seen first, then what changed. A snapshot without news makes no entry.
 *
 * @example
 * const entries = story(t.type({ status: t.string }))([{ status: 'pending' }, { status: 'running' }])
 * entries.map(entry => changeText(entry.changes)) // => ['nothing changed', '~ status: "pending" → "running"']
 */
export const story = <A>(codec: t.Type<A, unknown>) => {
  const changesBy = Change.changesBy(codec)
  return (snapshots: ReadonlyArray<A>): ReadonlyArray<StoryEntry> => {
    const narrator = narratorFor(snapshots[0])
    const describe = changesBy(snapshots.every(x => narratorFor(x) === narrator) ? narrator : undefined)
    const ordered = snapshots
      .map((record, snapshot) => {
        const at = narrator?.lastKnown(record) ?? null
        return { record, snapshot, at, stage: narrator?.stage(record) ?? 0 }
      })
      .toSorted((x, y) => x.stage - y.stage || (x.at ?? 0) - (y.at ?? 0))
    return ordered.flatMap(({ record, snapshot, at }, i): ReadonlyArray<StoryEntry> => {
      const last = ordered[i - 1]?.record
      if (last === undefined) {
        const first = narrator === undefined ? [] : [narrator.firstSeen(record)]
        const before = (narrator?.before(record) ?? record) as A
        return [{ at, snapshot, changes: [...first, ...describe(before, record)] }]
      }
      const changes = describe(last, record)
      return changes.length === 0 ? [] : [{ at, snapshot, changes }]
    })
  }
}

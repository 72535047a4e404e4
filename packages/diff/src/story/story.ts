import { type Progress, progressOf, type Run, type RunResources } from '@finetune-kit/model'
import type * as t from 'io-ts'
import * as Change from './Change.ts'
import { eventEntries } from './eventEntries.ts'
import { joinEntries } from './joinEntries.ts'
import type { Narrator } from './narrative/Narrator.ts'
import { narratorFor } from './narrative/narratorFor.ts'
import type { StoryEntry } from './StoryEntry.ts'

/** The records of a run next to its snapshots. */
export interface StoryResources extends RunResources {
  /**
   * Time at which each snapshot was seen, by its index, in Unix seconds: that of an observation.
   */
  readonly seenAt?: ReadonlyArray<number | null>
}

/**
 * Tells the story of one run from its snapshots, oldest first in whatever order they come: what was
 * seen first, then what changed. A snapshot without news makes no entry. Events, those in the
 * snapshots too, checkpoints and result files are told at their own times.
 *
 * @example
 * const entries = story(t.type({ status: t.string }))([{ status: 'pending' }, { status: 'running' }])
 * entries.map(entry => changeText(entry.changes)) // => ['nothing changed', '~ status: "pending" → "running"']
 */
export const story = <A>(codec: t.Type<A, unknown>) => {
  const changesBy = Change.changesBy(codec)
  return (snapshots: ReadonlyArray<A>, resources: StoryResources = {}): ReadonlyArray<StoryEntry> => {
    const narrator = narratorOf(snapshots)
    const describe = changesBy(narrator)
    const ordered = inOrder(snapshots, narrator, resources.seenAt ?? [])
    const entries = ordered.flatMap(({ record, snapshot, seen, at }, i): ReadonlyArray<StoryEntry> => {
      const last = ordered[i - 1]?.record
      if (last === undefined) {
        const first = narrator === undefined ? [] : [narrator.firstSeen(record, seen)]
        const before = (narrator?.before(record) ?? record) as A
        return [{ at, snapshot, changes: [...first, ...describe(before, record)] }]
      }
      const changes = describe(last, record)
      return changes.length === 0 ? [] : [{ at, snapshot, changes }]
    })
    const latest = ordered.at(-1)?.record
    if (narrator === undefined || latest === undefined) return entries
    const events = [...snapshots.flatMap(narrator.events), ...(resources.events ?? [])]
    const all = { ...resources, events }
    if (!hasMore(all)) return entries.map(withoutLaterTime)
    const run = latest as unknown as Run
    const progress = progressOf(run, all)
    const timed = withEventTimes(entries, run, progress).map(withoutLaterTime)
    return joinEntries(timed, eventEntries(run, all, progress))
  }
}

const hasMore = ({ events = [], checkpoints = [], results = [], prices }: StoryResources): boolean =>
  events.length + checkpoints.length + results.length > 0 || prices !== undefined

const narratorOf = (snapshots: ReadonlyArray<unknown>): Narrator<unknown> | undefined => {
  const narrator = narratorFor(snapshots[0])
  return snapshots.every(snapshot => narratorFor(snapshot) === narrator) ? narrator : undefined
}

/** Snapshots by the time they were seen, if all have one; else by stage and the times they hold. */
const inOrder = <A>(
  snapshots: ReadonlyArray<A>,
  narrator: Narrator<unknown> | undefined,
  seenAt: ReadonlyArray<number | null>,
) => {
  const items = snapshots.map((record, snapshot) => {
    const seen = seenAt[snapshot] ?? null
    const at = narrator?.lastKnown(record) ?? seen
    return { record, snapshot, seen, at, stage: narrator?.stage(record) ?? 0 }
  })
  const sorted = items.every(({ seen }) => seen !== null)
    ? items.toSorted((x, y) => (x.seen ?? 0) - (y.seen ?? 0))
    : items.toSorted((x, y) => x.stage - y.stage || (x.at ?? 0) - (y.at ?? 0))
  let next = Number.POSITIVE_INFINITY
  return sorted
    .toReversed()
    .map(item => {
      // seen after the time of the one that follows it, as in an import: nobody knows when it came
      if (item.at !== null && item.at > next && item.at === item.seen)
        return Object.assign({}, item, { at: null })
      next = Math.min(next, item.at ?? next)
      return item
    })
    .toReversed()
}

/** The entry, whose first snapshot tells no time at which it was seen if that is a later one. */
const withoutLaterTime = (entry: StoryEntry): StoryEntry => ({
  ...entry,
  changes: entry.changes.map(change =>
    change._tag === 'FirstSeen' && (change.at ?? 0) > (entry.at ?? Number.POSITIVE_INFINITY)
      ? { ...change, at: null }
      : change,
  ),
})

/**
 * Sets the time of a new status to that of the event that tells of it. One before the snapshot
 * before is of another change: a job goes back to a status, as after a pause.
 */
const withEventTimes = (
  entries: ReadonlyArray<StoryEntry>,
  run: Run,
  { createdAt, queuedAt, startedAt, finishedAt }: Progress,
): ReadonlyArray<StoryEntry> => {
  const isJob = run.object === 'fine_tuning.job'
  let last = Number.NEGATIVE_INFINITY
  const times = new Map([
    // a job is created in this status
    ['validating_files', createdAt],
    ['queued', queuedAt],
    ['running', startedAt],
    ['succeeded', finishedAt],
    ['failed', finishedAt],
    ['cancelled', finishedAt],
  ])
  return entries.flatMap(entry => {
    const { changes } = entry
    const status = changes.flatMap(change =>
      change._tag === 'StatusMoved' ? [change.to] : change._tag === 'FirstSeen' ? [change.status] : [],
    )[0]
    const found = status === undefined ? null : (times.get(status) ?? null)
    const at = isJob && found !== null && found < last ? null : found
    last = Math.max(last, at ?? entry.at ?? last)
    if (at === null) return [entry]
    if (entry.at === null || isJob) return [{ ...entry, at }]
    // the snapshot has a time of its own, which may be later
    const [moved, others] = [changes.filter(isStatusMoved), changes.filter(change => !isStatusMoved(change))]
    return moved.length === 0 || at >= entry.at
      ? [entry]
      : [
          { ...entry, at, changes: moved },
          { ...entry, changes: others },
        ]
  })
}

const isStatusMoved = ({ _tag }: Change.Change): boolean => _tag === 'StatusMoved'

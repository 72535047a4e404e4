import { isTerminalStatus } from '@finetune-kit/model'
import type { Change } from './narrative/RunChange.ts'
import type { TimedChanges } from './eventEntries.ts'
import type { StoryEntry } from './StoryEntry.ts'

/**
 * Joins the entries of snapshots with the news of other records into one story by time, one entry a
 * second. News that both tell stands once. A snapshot without a time stays after the one before it.
 */
export const joinEntries = (
  snapshots: ReadonlyArray<StoryEntry>,
  news: ReadonlyArray<TimedChanges>,
): ReadonlyArray<StoryEntry> => {
  const all = [...withSortTimes(snapshots.map(withoutEvents)), ...news.map(withNoSnapshot)].toSorted(
    (x, y) => x.time - y.time,
  )
  const seen = new Set<string>()
  const joined: Array<StoryEntry> = []
  for (const { entry } of all) {
    const changes = entry.changes
      .map(change => withoutCreation(change, seen))
      .filter(change => isNew(change, seen))
    if (changes.length === 0) continue
    const last = joined.at(-1)
    if (last !== undefined && last.at !== null && last.at === entry.at)
      joined[joined.length - 1] = {
        at: last.at,
        snapshot: last.snapshot ?? entry.snapshot,
        changes: [...last.changes, ...changes],
      }
    else joined.push({ ...entry, changes })
  }
  return joined
}

/** Events stand at their own times, and a later date is no news next to them. */
const withoutEvents = (entry: StoryEntry): StoryEntry => ({
  ...entry,
  changes: entry.changes.filter(
    ({ _tag }) => !['EventsAdded', 'QueueMoved', 'EpochDone', 'TimestampChanged'].includes(_tag),
  ),
})

interface Sortable {
  readonly time: number
  readonly entry: StoryEntry
}

const withSortTimes = (entries: ReadonlyArray<StoryEntry>): ReadonlyArray<Sortable> => {
  let time = Number.NEGATIVE_INFINITY
  return entries.map(entry => {
    // never before the snapshot before it: the order of the snapshots is known
    time = Math.max(time, entry.at ?? time)
    return { time, entry }
  })
}

const withNoSnapshot = ({ at, changes }: TimedChanges): Sortable => ({
  time: at,
  entry: { at, snapshot: null, changes },
})

/** The first snapshot of a run of which the beginning is told: only its status is news. */
const withoutCreation = (change: Change, seen: ReadonlySet<string>): Change => {
  if (change._tag !== 'FirstSeen' || !seen.has('Created')) return change
  const { at, status, operations } = change
  // an end that was seen at some time came at another
  return at === null && isTerminalStatus(status)
    ? { _tag: 'Ended', status, operations }
    : { ...change, at: null, createdAt: null }
}

/** True the first time a fact is told; changes that are no such fact are always new. */
const isNew = (change: Change, seen: Set<string>): boolean => {
  const facts = factsOf(change)
  if (facts.length === 0) return true
  const isKnown = facts.every(fact => seen.has(fact))
  for (const fact of facts) seen.add(fact)
  // snapshots alone tell it, and a job may be paused again
  return !isKnown || change._tag === 'StatusMoved'
}

const factsOf = (change: Change): ReadonlyArray<string> => {
  switch (change._tag) {
    case 'FirstSeen':
      return [
        `status ${change.status}`,
        ...(change.at === null || change.at === change.createdAt ? ['Created'] : []),
      ]
    case 'Created':
    case 'Started':
    case 'FilesValidated':
      return [change._tag]
    case 'ModelPublished':
      return [`model ${change.model}`]
    case 'CostKnown':
      return [`cost ${change.dollars}`]
    case 'TokensTrained':
      return [`tokens ${change.tokens}`]
    case 'RunFailed':
      return [`failed ${change.reason}`]
    case 'EpochDone':
      return [`epoch ${change.done}`]
    case 'FileAdded':
      return [`${change.file.role} ${change.file.id}`]
    case 'StatusMoved':
      return [`status ${change.to}`]
    case 'Ended':
      return [`status ${change.status}`]
    default:
      return []
  }
}

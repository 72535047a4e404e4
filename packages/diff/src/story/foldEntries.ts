import type { StoryEntry } from './StoryEntry.ts'
import type { Change } from './narrative/RunChange.ts'

/** Fewer entries in a row than this stand by themselves. */
const least = 3

/**
 * Folds entries in a row that tell the same again into one at the time of the last: checkpoints,
 * the position in the queue, a number that moves. For people, who read a story and not a log.
 */
export const foldEntries = (entries: ReadonlyArray<StoryEntry>): ReadonlyArray<StoryEntry> => {
  const folded: Array<StoryEntry> = []
  let row: Array<StoryEntry> = []
  for (const entry of entries) {
    const [last] = row
    if (last !== undefined && (topicOf(entry) === undefined || topicOf(entry) !== topicOf(last))) {
      folded.push(...foldRow(row))
      row = []
    }
    row.push(entry)
  }
  return [...folded, ...foldRow(row)]
}

/** The subject of an entry of one change, if it is one that repeats. */
const topicOf = ({ changes }: StoryEntry): string | undefined => {
  const [change, ...others] = changes
  if (change === undefined || others.length > 0) return undefined
  if (change._tag === 'CheckpointSaved' || change._tag === 'QueueMoved') return change._tag
  const isNumber = change._tag === 'Replaced' && typeof change.value === 'number'
  return isNumber && typeof change.was === 'number' ? change.place.path : undefined
}

const foldRow = (row: ReadonlyArray<StoryEntry>): ReadonlyArray<StoryEntry> => {
  const [first, last] = [row[0]?.changes[0], row.at(-1)]
  const end = last?.changes[0]
  if (row.length < least || first === undefined || end === undefined || last === undefined) return row
  return [{ ...last, changes: [foldChanges(first, end, row.length)] }]
}

const foldChanges = (first: Change, last: Change, count: number): Change => {
  if (first._tag === 'CheckpointSaved' && last._tag === 'CheckpointSaved')
    return { ...last, _tag: 'CheckpointsSaved', count, from: first.step }
  if (first._tag === 'QueueMoved' && last._tag === 'QueueMoved') return { ...last, from: first.from }
  if (first._tag !== 'Replaced' || last._tag !== 'Replaced') return last
  return first.was === last.value ? last : { ...last, was: first.was }
}

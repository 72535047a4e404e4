import { get } from './read.ts'
import { factsOf, type Run, type RunResources } from './Run.ts'
import { type LogEntry, logOf } from './RunLog.ts'

/**
 * Returns the events of a run of either family, oldest first: those in the snapshot and those from
 * elsewhere. An event that stands in both places is one; equal ones in one place stay.
 */
export const eventsOf = (run: Run, resources: RunResources = {}): ReadonlyArray<LogEntry> => {
  const own = factsOf(run).events
  const counts = new Map<string, number>()
  for (const entry of logOf(own)) counts.set(keyOf(entry), (counts.get(keyOf(entry)) ?? 0) + 1)
  const others = logOf(get(resources, 'events')).filter(entry => {
    const left = counts.get(keyOf(entry)) ?? 0
    if (left > 0) counts.set(keyOf(entry), left - 1)
    return left === 0
  })
  return [...logOf(own), ...others].toSorted((a, b) => a.at - b.at)
}

const keyOf = ({ at, level, raw }: LogEntry): string => JSON.stringify([at, level, raw])

import type { Entry, Head } from './history.ts'
import type { IncomingSnapshot } from './Incoming.ts'
import type { KnownValues, RunKey, StoredRun } from './StoredRun.ts'

/** A run while a batch is written. */
export interface OpenRun extends RunKey {
  /** The run before the batch; undefined if it is new. */
  readonly stored: StoredRun | undefined
  readonly known: KnownValues
  /** True if `entries` replaces the whole history. */
  isRewritten: boolean
  head: Head | undefined
  firstSeenAt: number
  entries: Array<Entry>
  /** Snapshots equal to the last entry and seen after it: one that comes late may lie between. */
  readonly repeats: Array<IncomingSnapshot>
  /** Snapshots that were seen before the last entry, or before a repeat of it. */
  readonly late: Array<IncomingSnapshot>
}

/** The name of a run in maps. */
export const nameOf = ({ runKey, born }: RunKey): string => `${born} ${runKey}`

/** A run that was stored before the batch. */
export const openStored = (stored: StoredRun, known: KnownValues): OpenRun => {
  const { runKey, born, firstSeenAt, head } = stored
  return {
    runKey,
    born,
    firstSeenAt,
    head,
    stored,
    known,
    isRewritten: false,
    entries: [],
    repeats: [],
    late: [],
  }
}

/** A run that comes with the batch. */
export const openNew = ({ runKey, born, seenAt }: IncomingSnapshot): OpenRun => {
  const key: RunKey = { runKey, born }
  return {
    ...key,
    firstSeenAt: seenAt,
    head: undefined,
    stored: undefined,
    known: new Map(),
    isRewritten: false,
    entries: [],
    repeats: [],
    late: [],
  }
}

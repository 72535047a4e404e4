import { RecordKind } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import * as E from '#fp-ts/Either'
import * as Digest from './Digest.ts'
import { nextEntry, replay, type Snapshot } from './history.ts'
import type { IncomingSnapshot } from './Incoming.ts'
import type { Items } from './items.ts'
import { nameOf, openNew, type OpenRun, openStored } from './OpenRun.ts'
import { postpone } from './postponedSummaries.ts'
import { saveRuns } from './saveRuns.ts'
import { addValue, type KnownValues, storedEntries, storedRuns, storedValues } from './StoredRun.ts'

/** The number of new runs, the known ones that changed, and the number of snapshots without effect. */
export interface Appended {
  readonly added: number
  /** The number that each of these runs has in its table. */
  readonly changed: ReadonlyArray<number>
  readonly unchanged: number
}

export interface AppendOptions {
  /**
   * True if snapshots come in the order in which the service made them. A change within the second
   * of the last entry, or one that a clock dates back, is dated a second after it: an export then
   * has the order of the history in its times. False for files, which may be imported again: a
   * value that the history already has is skipped; one that was seen at a time of its own, if the
   * history has it at that time.
   */
  readonly isInOrder: boolean
  /** Ids of runs, as columns hold them, whose events or checkpoints are new. */
  readonly touched?: Iterable<string>
  /** Items of runs that need not be read again. */
  readonly items?: Items
  /** The summaries of runs whose last change has a higher number than this are computed later. */
  readonly postponedAfter?: number | undefined
}

/**
 * Appends snapshots to the histories of their runs, in the caller's transaction, and computes the
 * summaries of all touched runs. A snapshot equal to the last entry changes nothing. A snapshot
 * seen earlier than the last entry takes its place in time: that history is written again. Those
 * of one call may come in any order of time, if not `isInOrder`.
 */
export const appendSnapshots = Effect.fnUntraced(function* (
  sql: SqlClient.SqlClient,
  options: AppendOptions,
  snapshots: ReadonlyArray<IncomingSnapshot>,
) {
  const { isInOrder, touched = [] } = options
  const touchedKeys = new Set(touched)
  const opened = yield* load(sql, snapshots, touchedKeys, !isInOrder)
  let unchanged = 0
  for (const snapshot of snapshots) {
    const name = nameOf(snapshot)
    const run = opened.get(name) ?? openNew(snapshot)
    opened.set(name, run)
    if (!(isInOrder ? appendNext : append)(run, snapshot)) unchanged++
  }
  const runs = [...opened.values()]
  for (const run of runs) {
    if (run.late.length === 0) continue
    yield* insertLate(sql, run)
    if (run.entries.length === 0) unchanged += run.late.length
  }
  const longer = runs.filter(({ entries }) => entries.length > 0)
  const dirty = runs.filter(run => run.entries.length > 0 || touchedKeys.has(run.runKey))
  const later = yield* saveRuns(sql, dirty, { known: options.items, postponedAfter: options.postponedAfter })
  if (later.size > 0) yield* postpone(sql)(later)
  return {
    added: longer.filter(({ stored }) => stored === undefined).length,
    changed: longer.flatMap(({ stored }) => stored?.run ?? []),
    unchanged,
  } satisfies Appended
})

/** Appends the next snapshot of a service in memory; false if it changes nothing. */
const appendNext = (run: OpenRun, snapshot: IncomingSnapshot): boolean => {
  if (isHead(run, snapshot)) return false
  addEntry(run, { ...snapshot, seenAt: Math.max(snapshot.seenAt, (run.head?.seenAt ?? -Infinity) + 1) })
  return true
}

/** Appends one snapshot of a file in memory; false if it changes nothing. */
const append = (run: OpenRun, snapshot: IncomingSnapshot): boolean => {
  const { valueDigest, seenAt, wasSeen } = snapshot
  const times = run.known.get(valueDigest)
  if (times !== undefined && (!wasSeen || times.includes(seenAt))) return false
  addValue(run.known, valueDigest, seenAt)
  // a stored history does not tell how often and in which order its last second was seen
  const isStored = run.entries.length === 0 && run.head?.seenAt === seenAt
  const isLate = isStored || isBefore(seenAt, run.head) || isBefore(seenAt, run.repeats.at(-1))
  if (!isLate && isHead(run, snapshot)) {
    run.repeats.push(snapshot)
    return false
  }
  if (isLate) {
    run.late.push(snapshot)
    return true
  }
  addEntry(run, snapshot)
  return true
}

/** True if the history ends with the value of this snapshot. */
const isHead = ({ head }: OpenRun, { valueDigest }: Snapshot): boolean => head?.valueDigest === valueDigest

const addEntry = (run: OpenRun, snapshot: Snapshot): void => {
  const { entry, head } = nextEntry(run.head, snapshot)
  run.entries.push(entry)
  run.head = head
}

const isBefore = (time: number, seen: { readonly seenAt: number } | undefined): boolean =>
  seen !== undefined && time < seen.seenAt

const load = Effect.fnUntraced(function* (
  sql: SqlClient.SqlClient,
  snapshots: ReadonlyArray<IncomingSnapshot>,
  touched: ReadonlySet<string>,
  withKnown: boolean,
) {
  const coming = new Set(snapshots.map(({ runKey }) => runKey))
  const stored = yield* storedRuns(sql)([...new Set([...coming, ...touched])])
  const ids = stored.filter(({ runKey }) => coming.has(runKey)).map(({ run }) => run)
  const known = withKnown ? yield* storedValues(sql)(ids) : new Map<number, KnownValues>()
  return new Map(stored.map(run => [nameOf(run), openStored(run, known.get(run.run) ?? new Map())]))
})

/** Puts late snapshots where they belong and makes every entry of the run again. */
const insertLate = Effect.fnUntraced(function* (sql: SqlClient.SqlClient, run: OpenRun) {
  const stored = run.stored === undefined ? [] : yield* storedEntries(sql)(run.stored.run)
  const { snapshots, damage } = replay([...stored, ...run.entries])
  // entries after a damaged one cannot be ordered again; verification names it
  if (damage !== undefined) {
    for (const one of run.late) if (!isBefore(one.seenAt, run.head)) addEntry(run, one)
    return
  }
  const all = snapshots.map(({ entry, value }): Snapshot => {
    const kind = RecordKind.byName(entry.kind) as RecordKind.RecordKind
    const digests = Digest.ofSnapshot(kind)(value)
    const { valueDigest, seenAt, source } = entry
    const exactDigest = E.isRight(digests) ? digests.right.exact : ''
    return { kind, value, exactDigest, valueDigest, seenAt, source }
  })
  const byTime = inTime([...run.repeats, ...all, ...run.late])
  const isRepeat = ({ seenAt, valueDigest }: Snapshot): boolean =>
    byTime.findLast(one => one.seenAt < seenAt)?.valueDigest === valueDigest
  // a repeat was seen before what changed within its second
  const repeats = [...run.repeats, ...run.late.filter(isRepeat)]
  const changes = run.late.filter(one => !isRepeat(one))
  const ordered = inTime([...repeats, ...all, ...changes])
  run.entries = []
  run.head = undefined
  for (const one of ordered) if (!isHead(run, one)) addEntry(run, one)
  const [first] = ordered
  if (first !== undefined) run.firstSeenAt = Math.min(run.firstSeenAt, first.seenAt)
  const isSame =
    stored.length === run.entries.length &&
    stored.every(
      ({ digest, seenAt }, i) => digest === run.entries[i]?.digest && seenAt === run.entries[i].seenAt,
    )
  if (isSame) run.entries = []
  else run.isRewritten = true
})

const inTime = (snapshots: ReadonlyArray<Snapshot>): ReadonlyArray<Snapshot> =>
  snapshots.toSorted((a, b) => a.seenAt - b.seenAt)

import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import { type Entry, type Head, nextEntry, replay } from './history.ts'
import type { IncomingSnapshot } from './Incoming.ts'
import * as rows from './rows.ts'

/** The number of runs that were new, changed, or the same as before. */
export interface Appended {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** The runs whose history is longer now. */
  readonly runs: ReadonlyArray<number>
}

/** A run while a batch is appended to it. */
interface Run {
  readonly runKey: string
  readonly born: number
  readonly before: Head | undefined
  readonly firstSeenAt: number
  head: Head | undefined
  /** The values that the history has: with their times where the caller knows the times. */
  readonly known: Set<string>
  readonly entries: Array<Entry>
  /** Snapshots that were seen before the last entry. */
  readonly late: Array<IncomingSnapshot>
}

/**
 * Appends snapshots to the histories of their runs, in the caller's transaction. A snapshot equal to
 * the last entry changes nothing. A snapshot seen earlier than the last entry takes its place in
 * time: the history of that run is written again.
 *
 * @param skipKnown - true if a value that the history already has, anywhere, is skipped: for files
 *   that are imported again
 */
export const appendSnapshots = (sql: SqlClient.SqlClient, skipKnown: boolean) =>
  Effect.fnUntraced(function* (snapshots: ReadonlyArray<IncomingSnapshot>) {
    const runs = yield* load(sql, snapshots, skipKnown)
    let unchanged = 0
    for (const snapshot of snapshots) {
      const run = runs.get(nameOf(snapshot)) as Run
      if (!append(run, snapshot, skipKnown)) unchanged++
    }
    const longer = [...runs.values()].filter(run => run.entries.length > 0 || run.late.length > 0)
    for (const run of longer) if (run.late.length > 0) yield* insertLate(sql, run)
    const ids = yield* rows.save(sql, longer)
    return {
      added: longer.filter(run => run.before === undefined).length,
      changed: longer.filter(run => run.before !== undefined).length,
      unchanged,
      runs: ids,
    } satisfies Appended
  })

const nameOf = ({ runKey, born }: { readonly runKey: string; readonly born: number }): string =>
  `${born} ${runKey}`

/** Appends one snapshot in memory; false if it changes nothing. */
const append = (run: Run, snapshot: IncomingSnapshot, skipKnown: boolean): boolean => {
  const { valueDigest, seenAt } = snapshot
  if (run.head?.valueDigest === valueDigest || (skipKnown && run.known.has(valueDigest))) return false
  run.known.add(valueDigest)
  if (run.head !== undefined && seenAt < run.head.seenAt) {
    run.late.push(snapshot)
    return true
  }
  const { entry, head } = nextEntry(run.head, snapshot)
  run.entries.push(entry)
  run.head = head
  return true
}

const load = (
  sql: SqlClient.SqlClient,
  snapshots: ReadonlyArray<IncomingSnapshot>,
  withKnown: boolean,
): Effect.Effect<ReadonlyMap<string, Run>, SqlError> =>
  Effect.gen(function* () {
    const runs = new Map<string, Run>()
    const keys = [...new Set(snapshots.map(({ runKey }) => runKey))]
    const stored = yield* rows.heads(sql, keys)
    const known = withKnown
      ? yield* rows.knownValues(
          sql,
          stored.map(({ run }) => run),
        )
      : new Map()
    for (const { run, runKey, born, firstSeenAt, head } of stored)
      runs.set(nameOf({ runKey, born }), {
        runKey,
        born,
        before: head,
        head,
        firstSeenAt,
        known: known.get(run) ?? new Set<string>(),
        entries: [],
        late: [],
      })
    for (const { runKey, born, seenAt } of snapshots) {
      const name = nameOf({ runKey, born })
      if (runs.has(name)) continue
      const fresh = { runKey, born, before: undefined, head: undefined, firstSeenAt: seenAt }
      runs.set(name, { ...fresh, known: new Set(), entries: [], late: [] })
    }
    return runs
  })

/** Puts late snapshots where they belong and makes every entry of the run again. */
const insertLate = (sql: SqlClient.SqlClient, run: Run): Effect.Effect<void, SqlError> =>
  Effect.gen(function* () {
    const stored = run.before === undefined ? [] : yield* rows.entriesOf(sql, run)
    const { snapshots, damage } = replay([...stored, ...run.entries])
    // entries after a damaged one cannot be ordered again; verification names it
    if (damage !== undefined) return
    const all = snapshots.map(({ entry, value }) => ({ ...entry, value }))
    const late = run.late.map(snapshot => ({ ...snapshot, kind: snapshot.kind.name }))
    const ordered = [...all, ...late].toSorted((a, b) => a.seenAt - b.seenAt)
    yield* rows.removeEntries(sql, run)
    run.entries.length = 0
    run.head = undefined
    for (const one of ordered) {
      if (run.head?.valueDigest === one.valueDigest) continue
      const { entry, head } = nextEntry(run.head, { ...one, kind: rows.kindNamed(one.kind) })
      run.entries.push(entry)
      run.head = head
    }
  })

import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import { type Long, queryAll } from './batches.ts'
import { fromColumnJson } from './columnJson.ts'
import type { Entry, Head } from './history.ts'

/** The key of a run: its id as a column holds it, and when it was created. */
export interface RunKey {
  readonly runKey: string
  readonly born: number
}

/** A run as it is stored: the end of its history, and the words of the user. */
export interface StoredRun extends RunKey {
  readonly run: number
  readonly firstSeenAt: number
  /** The number of its last change. */
  readonly changedSeq: number
  readonly source: string
  readonly head: Head
  readonly tags: string
  readonly note: string
}

/** The stored runs with these ids, each with the head of its history. */
export const storedRuns =
  (sql: SqlClient.SqlClient) =>
  (runKeys: ReadonlyArray<string>): Effect.Effect<ReadonlyArray<StoredRun>, SqlError> =>
    queryAll(runKeys, keys =>
      Effect.map(
        sql<Row>`select run, run_key, born, record_kind, entry_count, digest, value_digest, first_seen_at,
          last_seen_at, changed_seq, seen_in, tags, note, body from runs join records using (run)
          where run_key in ${sql.in(keys)}`,
        found => found.map(decodeRow),
      ),
    )

interface Row {
  readonly run: Long
  readonly run_key: string
  readonly born: Long
  readonly record_kind: string
  readonly entry_count: Long
  readonly digest: string
  readonly value_digest: string
  readonly first_seen_at: Long
  readonly last_seen_at: Long
  readonly changed_seq: Long
  readonly seen_in: string
  readonly tags: string
  readonly note: string
  readonly body: string
}

const decodeRow = (row: Row): StoredRun => ({
  run: Number(row.run),
  runKey: row.run_key,
  born: Number(row.born),
  firstSeenAt: Number(row.first_seen_at),
  changedSeq: Number(row.changed_seq),
  source: row.seen_in,
  tags: row.tags,
  note: row.note,
  head: {
    entries: Number(row.entry_count),
    digest: row.digest,
    valueDigest: row.value_digest,
    seenAt: Number(row.last_seen_at),
    kind: row.record_kind,
    value: fromColumnJson(row.body),
  },
})

/** The times at which each value of a history was seen, by its digest. */
export type KnownValues = Map<string, Array<number>>

/** Adds a value that was seen at a time. */
export const addValue = (known: KnownValues, valueDigest: string, seenAt: number): void => {
  const times = known.get(valueDigest)
  if (times === undefined) known.set(valueDigest, [seenAt])
  else times.push(seenAt)
}

/** The values in the histories of these runs. */
export const storedValues =
  (sql: SqlClient.SqlClient) =>
  (runs: ReadonlyArray<number>): Effect.Effect<ReadonlyMap<number, KnownValues>, SqlError> =>
    Effect.map(
      queryAll(
        runs,
        some =>
          sql<{ readonly run: Long; readonly value_digest: string; readonly seen_at: Long }>`
            select run, value_digest, seen_at from entries where run in ${sql.in(some)}`,
      ),
      found => {
        const values = new Map<number, KnownValues>(runs.map(run => [run, new Map()]))
        for (const row of found)
          addValue(values.get(Number(row.run)) as KnownValues, row.value_digest, Number(row.seen_at))
        return values
      },
    )

/** The whole history of a run, oldest entry first. */
export const storedEntries =
  (sql: SqlClient.SqlClient) =>
  (run: number): Effect.Effect<ReadonlyArray<Entry>, SqlError> =>
    Effect.map(
      sql<EntryRow>`select n, digest, value_digest, seen_at, source, kind, is_whole, body
        from entries where run = ${run} order by n`,
      found =>
        found.map(row => ({
          n: Number(row.n),
          digest: row.digest,
          valueDigest: row.value_digest,
          seenAt: Number(row.seen_at),
          source: row.source,
          kind: row.kind,
          isWhole: Number(row.is_whole) === 1,
          body: row.body,
        })),
    )

interface EntryRow {
  readonly n: Long
  readonly digest: string
  readonly value_digest: string
  readonly seen_at: Long
  readonly source: string
  readonly kind: string
  readonly is_whole: Long
  readonly body: string
}

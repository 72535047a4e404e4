import type { RunResources } from '@finetune-kit/model'
import { RecordKind } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import type { Long } from './batches.ts'
import { fromColumnText } from './columnText.ts'
import * as Digest from './Digest.ts'
import { lastSeq } from './facts.ts'
import { findRun } from './findRun.ts'
import { type Damage, replaced, replay } from './history.ts'
import { decodeRow, rowColumns, type RunRow, type StoredRow } from './RunRow.ts'
import { itemsOf } from './items.ts'
import type { StoreError } from './StoreError.ts'
import type { RunName } from './RunName.ts'
import { storedEntries } from './StoredRun.ts'

/** A run with its history, its events and its checkpoints. */
export interface RunDetail extends RunRow {
  /** Undefined for a kind that only a newer version knows. */
  readonly kind: RecordKind.RecordKind | undefined
  /** Oldest first; up to the first damaged entry. */
  readonly snapshots: ReadonlyArray<SeenSnapshot>
  readonly damage: Damage | undefined
  readonly resources: RunResources
}

/** A snapshot, and where and when it was seen. */
export interface SeenSnapshot {
  readonly value: unknown
  readonly seenAt: number
  readonly source: string
  /** The digest of this snapshot and all before it. */
  readonly digest: string
}

/** Reads a run with its whole history. */
export const readRun =
  (sql: SqlClient.SqlClient) =>
  (name: RunName): Effect.Effect<RunDetail, SqlError | StoreError> =>
    Effect.gen(function* () {
      const row = yield* findRun(sql)(name)
      const { snapshots, damage } = replay(yield* storedEntries(sql)(Number(row.run)))
      const items = yield* itemsOf(sql)([row.run_key])
      return {
        ...decodeRow(row),
        kind: RecordKind.byName(row.record_kind),
        snapshots: snapshots.map(({ value, entry }) => ({
          value,
          seenAt: entry.seenAt,
          source: fromColumnText(entry.source),
          digest: entry.digest,
        })),
        damage,
        resources: items.get(row.run_key) ?? {},
      }
    })

/** The result of checking a run: the digest of its whole history, or its first damage. */
export type Verification =
  | { readonly _tag: 'Sound'; readonly entries: number; readonly digest: string }
  | { readonly _tag: 'Damaged'; readonly damage: Damage }

/** Checks every snapshot of a run against its digest, and its last record against the history. */
export const verifyRun =
  (sql: SqlClient.SqlClient) =>
  (name: RunName): Effect.Effect<Verification, SqlError | StoreError> =>
    Effect.gen(function* () {
      const row = yield* findRun(sql)(name)
      const found = yield* verifyRow(sql)(row)
      if (found._tag === 'Sound') return found
      // a run that is written meanwhile is read in two states
      const { changed_seq: seq } = yield* findRun(sql)(name)
      return seq === row.changed_seq ? found : yield* verifyRun(sql)(name)
    })

const verifyRow =
  (sql: SqlClient.SqlClient) =>
  (row: StoredRow): Effect.Effect<Verification, SqlError> =>
    Effect.gen(function* () {
      const run = Number(row.run)
      const { snapshots, damage } = replay(yield* storedEntries(sql)(run))
      if (damage !== undefined) return { _tag: 'Damaged', damage }
      const damaged = (reason: string): Verification => ({
        _tag: 'Damaged',
        damage: { n: snapshots.length, reason, remedy: replaced },
      })
      const last = snapshots.at(-1)
      if (last === undefined || snapshots.length !== Number(row.entry_count))
        return damaged(`the run has ${Number(row.entry_count)} entries, its history ${snapshots.length}`)
      if (last.entry.digest !== row.digest) return damaged('the digest of the run is not that of its history')
      const [record] = yield* sql<{ readonly body: string }>`select body from records where run = ${run}`
      return record !== undefined && isSame(last.entry.kind, record.body, row.value_digest)
        ? { _tag: 'Sound', entries: snapshots.length, digest: row.digest }
        : damaged('the last record of the run is not that of its history')
    })

const isSame = (kindName: string, body: string, valueDigest: string): boolean => {
  const kind = RecordKind.byName(kindName)
  try {
    const digests = kind && Digest.ofStored(kind)(JSON.parse(body))
    return digests?._tag === 'Right' && digests.right.comparable === valueDigest
  } catch {
    return false
  }
}

/** Runs that changed after a cursor, and runs that were deleted. */
export interface Changes {
  readonly runs: ReadonlyArray<RunRow>
  readonly deleted: ReadonlyArray<Required<RunName>>
  /** The cursor to continue from. */
  readonly seq: number
  /** True if there is more after this cursor already. */
  readonly hasMore: boolean
}

/** Reads the changes after a cursor, oldest first. 0 is the beginning. */
export const changesAfter =
  (sql: SqlClient.SqlClient) =>
  (after: number, limit = 1000): Effect.Effect<Changes, SqlError> =>
    Effect.gen(function* () {
      // changes that are committed between these queries come after this cursor
      const end = yield* lastSeq(sql)
      const rows = yield* sql<StoredRow>`select ${sql.literal(rowColumns)} from runs
        where changed_seq > ${after} and changed_seq <= ${end} order by changed_seq limit ${limit}`
      const gone = yield* sql<{ readonly seq: Long; readonly run_key: string; readonly born: Long }>`
        select seq, run_key, born from deletions
        where seq > ${after} and seq <= ${end} order by seq limit ${limit}`
      const seqs = [...rows.map(row => Number(row.changed_seq)), ...gone.map(row => Number(row.seq))]
      const kept = seqs.toSorted((a, b) => a - b).slice(0, limit)
      const seq = kept.at(-1) ?? after
      return {
        runs: rows.filter(row => Number(row.changed_seq) <= seq).map(decodeRow),
        deleted: gone
          .filter(row => Number(row.seq) <= seq)
          .map(row => ({ id: fromColumnText(row.run_key), born: Number(row.born) })),
        seq,
        hasMore: seqs.length > kept.length || rows.length === limit,
      }
    })

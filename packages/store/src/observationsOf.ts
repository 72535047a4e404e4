import type { Observation } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import { type Long, queryAll } from './batches.ts'
import { fromColumnText, toColumnText } from './columnText.ts'
import { observation, ofItem, type StoredItem } from './exportObservations.ts'
import { findRun } from './findRun.ts'
import { replay } from './history.ts'
import type { StoreError } from './StoreError.ts'
import { storedEntries } from './StoredRun.ts'

/** A place in the life of a run: the number of its snapshots, and the last event before it. */
export interface RunMark {
  readonly entries: number
  readonly item: number
}

/** All that is kept of a run, on both sides of a mark. */
export interface MarkedObservations {
  readonly earlier: ReadonlyArray<Observation>
  readonly later: ReadonlyArray<Observation>
  /** The mark after all of them. */
  readonly mark: RunMark
}

/** The newest run of an id: snapshots, then events, checkpoints and result files as they came. */
export const observationsOf =
  (sql: SqlClient.SqlClient) =>
  (id: string, after: RunMark): Effect.Effect<MarkedObservations, SqlError | StoreError> =>
    Effect.gen(function* () {
      const { run, run_key: runKey } = yield* findRun(sql)({ id })
      const items = yield* sql<StoredItem>`select seq, text as run_key, seen_at, source, body
        from items join names on name = run_name where text = ${runKey} order by seq`
      const { snapshots } = replay(yield* storedEntries(sql)(Number(run)))
      const seen = snapshots.map(({ entry: { seenAt, source }, value }) =>
        observation({ seenAt, source, runKey, value }),
      )
      const isEarlier = ({ seq }: StoredItem) => Number(seq) <= after.item
      return {
        earlier: [...seen.slice(0, after.entries), ...items.filter(isEarlier).map(ofItem)],
        later: [...seen.slice(after.entries), ...items.filter(item => !isEarlier(item)).map(ofItem)],
        mark: { entries: seen.length, item: Number(items.at(-1)?.seq ?? 0) },
      }
    })

/** The present marks of these runs; none for a run that is not kept. */
export const marksOf =
  (sql: SqlClient.SqlClient) =>
  (ids: ReadonlyArray<string>): Effect.Effect<ReadonlyMap<string, RunMark>, SqlError> =>
    Effect.gen(function* () {
      const [last] = yield* sql<{ readonly seq: Long | null }>`select max(seq) as seq from items`
      const runs = yield* queryAll(
        ids.map(toColumnText),
        some => sql<{ readonly run_key: string; readonly entry_count: Long }>`
          select run_key, entry_count from runs where run_key in ${sql.in(some)} order by born`,
      )
      const item = Number(last?.seq ?? 0)
      return new Map(
        runs.map(row => [fromColumnText(row.run_key), { entries: Number(row.entry_count), item }]),
      )
    })

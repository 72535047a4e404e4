import type { Observation } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import type { Appended } from './appendSnapshots.ts'
import { queryAll } from './batches.ts'
import { fromColumnText, toColumnText } from './columnText.ts'
import { write } from './facts.ts'
import { sorter } from './sortRecords.ts'
import { writeBatch } from './writeBatch.ts'

/** The result of appending what was seen at a service. */
export interface AppendReport extends Omit<Appended, 'changed'> {
  /** The number of known runs that changed. */
  readonly changed: number
  /** The number of new events, checkpoints and result files. */
  readonly items: number
  /** The reasons why records are not kept. */
  readonly rejected: ReadonlyArray<string>
}

/**
 * Appends what was just seen at a service, in one transaction or in that of the caller. A snapshot
 * that an earlier one was equal to is kept: the run has come back to it. Equal events without ids
 * are counted in each call: the store keeps as many as the call with the most of them had.
 */
export const appendObservations =
  (sql: SqlClient.SqlClient) =>
  (observations: ReadonlyArray<Observation>): Effect.Effect<AppendReport, SqlError> => {
    const sorted = sorter()(observations.map((value, offset) => ({ _tag: 'Record', value, offset })))
    return Effect.map(
      write(sql)(writeBatch(sql, { isInOrder: true }, sorted)),
      ({ unjoined, changed, ...report }) => ({
        ...report,
        changed: changed.length,
        rejected: [...sorted.rejected, ...unjoined].map(({ reason }) => reason),
      }),
    )
  }

/** The ids among these that a run already has events, checkpoints or result files of. */
export const knownItems =
  (sql: SqlClient.SqlClient) =>
  (runId: string, ids: ReadonlyArray<string>): Effect.Effect<ReadonlySet<string>, SqlError> =>
    Effect.map(
      queryAll(
        ids.map(toColumnText),
        some => sql<{ readonly item_key: string }>`
          select item_key from items join names on name = run_name
          where text = ${toColumnText(runId)} and item_key in ${sql.in(some)}`,
      ),
      found => new Set(found.map(row => fromColumnText(row.item_key))),
    )

/** The last snapshot of the newest run of this id, as JSON text; undefined if there is none. */
export const lastRecord =
  (sql: SqlClient.SqlClient) =>
  (runId: string): Effect.Effect<string | undefined, SqlError> =>
    Effect.map(
      sql<{ readonly body: string }>`select body from records join runs using (run)
        where run_key = ${toColumnText(runId)} order by born desc limit 1`,
      ([row]) => row?.body,
    )

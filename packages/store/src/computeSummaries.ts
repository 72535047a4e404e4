import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import type { Long } from './batches.ts'
import { openStored } from './OpenRun.ts'
import { saveRuns } from './saveRuns.ts'
import { storedRuns } from './StoredRun.ts'

/** Runs and items that are read at once, as many as an import writes; a larger run is read alone. */
const maxRecords = 4000

/** Groups what is known of runs so that each group has few records, or is one run. */
export const groupByRecords = <A extends { readonly items: Long }>(
  runs: ReadonlyArray<A>,
): ReadonlyArray<ReadonlyArray<A>> => {
  const groups: Array<Array<A>> = []
  let room = 0
  for (const run of runs) {
    const records = 1 + Number(run.items)
    if (records > room) {
      groups.push([])
      room = maxRecords
    }
    groups.at(-1)?.push(run)
    room -= records
  }
  return groups
}

/** Computes and writes the summaries of these runs, in the caller's transaction. */
export const computeSummaries =
  (sql: SqlClient.SqlClient) =>
  (runKeys: ReadonlyArray<string>): Effect.Effect<unknown, SqlError> =>
    Effect.flatMap(storedRuns(sql)(runKeys), stored =>
      saveRuns(
        sql,
        stored.map(run => openStored(run, new Map())),
      ),
    )

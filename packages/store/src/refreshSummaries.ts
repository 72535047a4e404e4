import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import type { Long } from './batches.ts'
import { readFact, writeFact } from './facts.ts'
import { openStored } from './OpenRun.ts'
import { saveRuns } from './saveRuns.ts'
import { storedRuns } from './StoredRun.ts'
import { addSummaryColumns, summaryDigest } from './summaryColumns.ts'

const fact = 'summary_columns'

const batchSize = 1000

/** True if the summaries have the columns of this version. */
export const areSummariesFresh = (sql: SqlClient.SqlClient): Effect.Effect<boolean, SqlError> =>
  Effect.map(readFact(sql)(fact), digest => digest === summaryDigest)

/**
 * Adds missing columns; computes all summaries again if columns or values have changed. `onBegin`
 * hears of how many runs, if there are any.
 */
export const refreshSummaries = (
  sql: SqlClient.SqlClient,
  onBegin: (runs: number) => Effect.Effect<void>,
): Effect.Effect<void, SqlError> =>
  Effect.gen(function* () {
    if (yield* areSummariesFresh(sql)) return
    const [row] = yield* sql<{ readonly count: Long }>`select count(*) as count from runs`
    const runs = Number(row?.count)
    if (runs > 0) yield* onBegin(runs)
    yield* addSummaryColumns(sql)
    let after = ''
    for (;;) {
      const found = yield* sql<{ readonly run: Long; readonly run_key: string }>`
        select distinct run_key from runs where run_key > ${after} order by run_key limit ${batchSize}`
      const keys = found.map(row => row.run_key)
      const stored = yield* storedRuns(sql)(keys)
      yield* saveRuns(
        sql,
        stored.map(run => openStored(run, new Map())),
      )
      const last = keys.at(-1)
      if (last === undefined) break
      after = last
    }
    yield* writeFact(sql)(fact, summaryDigest)
  })

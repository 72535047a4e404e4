import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import type { Long } from './batches.ts'
import { computeSummaries, groupByRecords } from './computeSummaries.ts'
import { readFact, writeFact } from './facts.ts'
import { addSummaryColumns, isLaterMark, summaryMark } from './summaryColumns.ts'

const fact = 'summary_columns'

/** Runs whose items are counted at once. */
const batchSize = 1000

/** True if the summaries are those of this version; to a reader also those of a later one are. */
export const areSummariesFresh = (
  sql: SqlClient.SqlClient,
  isReadOnly = false,
): Effect.Effect<boolean, SqlError> =>
  Effect.map(
    readFact(sql)(fact),
    mark => mark === summaryMark || (isReadOnly && mark !== undefined && isLaterMark(mark)),
  )

/**
 * Adds missing columns; computes all summaries again if columns or values have changed. `onBegin`
 * hears of how many runs, if there are any. Those of a later version stay as they are: that version
 * sees by the mark that this one writes here, and computes them once more.
 */
export const refreshSummaries = (
  sql: SqlClient.SqlClient,
  onBegin: (runs: number) => Effect.Effect<void>,
): Effect.Effect<void, SqlError> =>
  Effect.gen(function* () {
    const mark = yield* readFact(sql)(fact)
    if (mark === summaryMark) return
    yield* addSummaryColumns(sql)
    if (mark === undefined || !isLaterMark(mark)) yield* computeAll(sql, onBegin)
    yield* writeFact(sql)(fact, summaryMark)
  })

const computeAll = (
  sql: SqlClient.SqlClient,
  onBegin: (runs: number) => Effect.Effect<void>,
): Effect.Effect<void, SqlError> =>
  Effect.gen(function* () {
    const [row] = yield* sql<{ readonly count: Long }>`select count(*) as count from runs`
    const runs = Number(row?.count)
    if (runs > 0) yield* onBegin(runs)
    let after = ''
    for (;;) {
      const found = yield* sql<{ readonly run_key: string; readonly items: Long }>`
        select run_key, (
          select count(*) from items join names on name = run_name where text = run_key) as items
        from runs where run_key > ${after} group by run_key order by run_key limit ${batchSize}`
      for (const group of groupByRecords(found))
        yield* computeSummaries(sql)(group.map(({ run_key }) => run_key))
      const last = found.at(-1)
      if (last === undefined) break
      after = last.run_key
    }
  })

import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import { insertInto } from './batches.ts'
import { write } from './facts.ts'
import { openStored } from './OpenRun.ts'
import { saveRuns } from './saveRuns.ts'
import { storedRuns } from './StoredRun.ts'

/** The names of facts about runs whose summaries are to be computed; their ids follow. */
const prefix = 'summary of '

const insertFacts = insertInto(
  'facts',
  ['name', 'value'],
  'on conflict (name) do update set value = excluded.value',
)

/**
 * Notes that the summaries of these runs are to be computed, in the caller's transaction: an import
 * that is killed leaves the note.
 */
export const postpone =
  (sql: SqlClient.SqlClient) =>
  (runKeys: ReadonlySet<string>): Effect.Effect<unknown, SqlError> =>
    insertFacts(sql)([...runKeys], runKey => [prefix + runKey, String(Date.now())])

/** Milliseconds after which an import that postponed a summary is taken to be killed. */
const abandonedAfter = 10 * 60 * 1000

/** Computes the summaries that were postponed, each in a transaction of its own. */
export const computePostponed =
  (sql: SqlClient.SqlClient) =>
  ({ isAbandoned = false } = {}): Effect.Effect<void, SqlError> =>
    Effect.gen(function* () {
      const noted = yield* sql<{ readonly name: string; readonly value: string }>`
        select name, value from facts where name like ${`${prefix}%`} order by name`
      const before = Date.now() - (isAbandoned ? abandonedAfter : 0)
      const due = noted.filter(({ value }) => Number(value) <= before)
      yield* Effect.forEach(due, ({ name }) => write(sql)(compute(sql, name)), { discard: true })
    })

const compute = Effect.fnUntraced(function* (sql: SqlClient.SqlClient, name: string) {
  const stored = yield* storedRuns(sql)([name.slice(prefix.length)])
  yield* saveRuns(
    sql,
    stored.map(run => openStored(run, new Map())),
  )
  yield* sql`delete from facts where name = ${name}`
})

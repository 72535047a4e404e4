import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import { insertInto, type Long, queryAll } from './batches.ts'
import { computeSummaries, groupByRecords } from './computeSummaries.ts'
import { write } from './facts.ts'

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

/**
 * Milliseconds after which an import that postponed a summary is taken to be killed. One that lives
 * notes a run again with each transaction, and may find the summary of another computed.
 */
const abandonedAfter = 60 * 1000

/** Computes the summaries that were postponed, as many runs in a transaction as are not large. */
export const computePostponed =
  (sql: SqlClient.SqlClient) =>
  ({ isAbandoned = false } = {}): Effect.Effect<void, SqlError> =>
    Effect.gen(function* () {
      const noted = yield* sql<Note>`
        select facts.name, value, (
          select count(*) from items join names runs on runs.name = run_name
          where runs.text = substr(facts.name, ${sql.literal(String(prefix.length + 1))})) as items
        from facts where facts.name like ${`${prefix}%`} order by facts.name`
      const before = isAbandoned ? Date.now() - abandonedAfter : Number.POSITIVE_INFINITY
      const due = noted.filter(({ value }) => Number(value) <= before)
      yield* Effect.forEach(groupByRecords(due), notes => write(sql)(compute(sql, notes)), { discard: true })
    })

/** Computes what killed imports have postponed, now and each minute as long as the scope lives. */
export const computeAbandoned = (sql: SqlClient.SqlClient): Effect.Effect<void, never, Scope.Scope> => {
  const compute = Effect.ignoreCause(computePostponed(sql)({ isAbandoned: true }))
  const later = Effect.forever(Effect.andThen(Effect.sleep(abandonedAfter), compute))
  return Effect.andThen(compute, Effect.asVoid(Effect.forkScoped(later)))
}

interface Note {
  readonly name: string
  readonly value: string
  readonly items: Long
}

const compute = Effect.fnUntraced(function* (sql: SqlClient.SqlClient, notes: ReadonlyArray<Note>) {
  const names = notes.map(({ name }) => name)
  yield* computeSummaries(sql)(names.map(name => name.slice(prefix.length)))
  yield* queryAll(names, some => sql`delete from facts where name in ${sql.in(some)}`)
})

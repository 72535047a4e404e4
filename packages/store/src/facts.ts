import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'

/** A fact about the whole database; undefined if it was never written. */
export const readFact =
  (sql: SqlClient.SqlClient) =>
  (name: string): Effect.Effect<string | undefined, SqlError> =>
    Effect.map(
      sql<{ readonly value: string }>`select value from facts where name = ${name}`,
      ([row]) => row?.value,
    )

export const writeFact =
  (sql: SqlClient.SqlClient) =>
  (name: string, value: string): Effect.Effect<void, SqlError> =>
    Effect.asVoid(
      sql`insert into facts ${sql.insert({ name, value })}
        on conflict (name) do update set value = excluded.value`,
    )

const seq = 'seq'

/** The channel of PostgreSQL's notifications. */
export const changesChannel = 'finetune_kit_changes'

/**
 * Reserves numbers in the order of changes and returns the first. Writers take turns, so that the
 * numbers are in the order of commits.
 */
export const nextSeq =
  (sql: SqlClient.SqlClient) =>
  (count: number): Effect.Effect<number, SqlError> =>
    Effect.gen(function* () {
      const last = Number((yield* readFact(sql)(seq)) ?? 0)
      yield* writeFact(sql)(seq, String(last + count))
      yield* notifyOthers(sql)
      return last + 1
    })

/**
 * Tells other processes of a commit: when the transaction is committed, once for all equal ones.
 * They see each commit of SQLite by themselves.
 */
export const notifyOthers = (sql: SqlClient.SqlClient): Effect.Effect<void, SqlError> =>
  sql.onDialectOrElse({
    pg: () => Effect.asVoid(sql`select pg_notify(${changesChannel}, '')`),
    orElse: () => Effect.void,
  })

/** The number of the last change; 0 if there is none. */
export const lastSeq = (sql: SqlClient.SqlClient): Effect.Effect<number, SqlError> =>
  Effect.map(readFact(sql)(seq), value => Number(value ?? 0))

/** Runs a write in a transaction of its own, one writer at a time: others wait. */
export const write =
  (sql: SqlClient.SqlClient) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E | SqlError, R> =>
    sql.withTransaction(
      sql.onDialectOrElse({
        pg: () => Effect.andThen(sql`select pg_advisory_xact_lock(${writeLock})`, effect),
        // SQLite's transactions take the lock when they begin
        orElse: () => effect,
      }),
    )

/** "finetune", as the number that PostgreSQL knows the lock by. */
const writeLock = 0x66_69_6e_65

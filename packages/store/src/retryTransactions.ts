import * as Cause from 'effect/Cause'
import * as Context from 'effect/Context'
import * as Effect from 'effect/Effect'
import * as SqlClient from 'effect/sql/SqlClient'
import { isSqlError, type SqlError } from 'effect/sql/SqlError'
import type { StoreError } from './StoreError.ts'

/** The attempts at a transaction. */
const maxAttempts = 7

/** The longest pause before the second attempt, in milliseconds; it doubles for each that follows. */
const firstPause = 25

/**
 * Lets a PostgreSQL client try a transaction again that the server has ended for the sake of
 * another: by 40P01, a deadlock, or 40001, a serialization failure. A transaction inside another is
 * not tried again alone, as the outer one keeps its locks. All begin with the isolation level that
 * their statements are written for, whatever the default of the database is.
 */
export const retryTransactions = <C extends SqlClient.SqlClient>(client: C): C => {
  const { transactionService } = client
  const withTransaction = failing(client.withTransaction)
  const tryFor =
    (attempt: number) =>
    <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E | SqlError, R> =>
      Effect.catchIf(
        withTransaction(effect),
        error => attempt < maxAttempts && isConflict(error),
        () =>
          Effect.andThen(
            Effect.suspend(() => Effect.sleep(Math.random() * firstPause * 2 ** (attempt - 1))),
            tryFor(attempt + 1)(effect),
          ),
      )
  const retried = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E | SqlError, R> =>
    Effect.withFiber(fiber =>
      Context.getOption(fiber.context, transactionService)._tag === 'Some'
        ? withTransaction(effect)
        : Effect.provideService(tryFor(1)(effect), SqlClient.BeginTransaction, begin),
    )
  return Object.assign(client, { withTransaction: retried })
}

/**
 * Fails where a connection that is gone cannot roll back: effect dies of that, in place of the
 * error of the statement.
 */
const failing =
  (withTransaction: SqlClient.SqlClient['withTransaction']): SqlClient.SqlClient['withTransaction'] =>
  effect =>
    Effect.catchDefect(withTransaction(effect), defect =>
      isSqlError(defect) ? Effect.fail(defect) : Effect.die(defect),
    )

const begin = 'begin isolation level read committed'

/** True for a conflict of two transactions, also inside the error of a store or of a queue. */
const isConflict = (error: unknown): boolean => {
  if (isSqlError(error))
    return error.reason._tag === 'DeadlockError' || error.reason._tag === 'SerializationError'
  if (typeof error !== 'object' || error === null) return false
  if ('_tag' in error && error._tag === 'StoreError') return (error as StoreError).kind === 'Conflict'
  if (!('cause' in error)) return false
  return isConflict(Cause.isCause(error.cause) ? Cause.squash(error.cause) : error.cause)
}

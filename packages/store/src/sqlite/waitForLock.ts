import * as Context from 'effect/Context'
import * as Effect from 'effect/Effect'
import * as Schedule from 'effect/Schedule'
import type * as SqlClient from 'effect/sql/SqlClient'
import { isSqlError, type SqlError } from 'effect/sql/SqlError'

/** Milliseconds that SQLite itself waits for a lock: the thread stands still meanwhile. */
export const blockingWait = 10

/** Milliseconds between two attempts. */
const pause = 25

/**
 * Tries again what the lock of another process has kept from beginning, for about as many
 * milliseconds. Between two attempts it holds no connection, which other fibers use meanwhile.
 */
export const waitForLock =
  (timeout: number) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>, hasBegun = () => false): Effect.Effect<A, E, R> => {
    const isKept = (error: E) => isSqlError(error) && error.reason._tag === 'LockTimeoutError' && !hasBegun()
    const times = Math.ceil(timeout / (pause + blockingWait))
    return Effect.catchIf(effect, isKept, () =>
      Effect.retry(effect, { while: isKept, times, schedule: Schedule.jittered(Schedule.spaced(pause)) }),
    )
  }

/** Lets the transactions of a client wait for the lock before they begin. */
export const waitToBegin = <C extends SqlClient.SqlClient>(client: C, timeout: number): C => {
  const { transactionService, withTransaction } = client
  const wait = waitForLock(timeout)
  const waiting = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E | SqlError, R> =>
    Effect.withFiber(fiber => {
      if (Context.getOption(fiber.context, transactionService)._tag === 'Some') return withTransaction(effect)
      let hasBegun = false
      const body = Effect.suspend(() => {
        hasBegun = true
        return effect
      })
      return wait(withTransaction(body), () => hasBegun)
    })
  return Object.assign(client, { withTransaction: waiting })
}

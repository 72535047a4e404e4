import * as Effect from 'effect/Effect'
import * as Semaphore from 'effect/Semaphore'
import * as Stream from 'effect/Stream'

/**
 * Starts one request in each turn of the event loop, in the order they came. SQLite answers within
 * a turn, and Node accepts one connection a turn (libuv#3696): many requests in one turn would keep
 * new connections waiting for as long as the load lasts.
 */
export const takeTurns = <A, E, R>(app: Effect.Effect<A, E, R>): Effect.Effect<Effect.Effect<A, E, R>> =>
  Effect.map(Semaphore.make(1), turn => Effect.andThen(turn.withPermit(Effect.yieldNow), app))

/**
 * Leaves the rest of the turn to others before each page of a stream. SQLite reads a page within a
 * turn, and Effect by itself gives one up only after so many operations that it takes seconds.
 */
export const giveTurns = <A, E, R>(pages: Stream.Stream<A, E, R>): Stream.Stream<A, E, R> =>
  Stream.tap(pages, () => Effect.yieldNow)

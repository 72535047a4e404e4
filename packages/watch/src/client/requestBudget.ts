import * as Clock from 'effect/Clock'
import * as Effect from 'effect/Effect'

/** The number of requests that a watcher makes with one key, at most. */
export const requestsPerMinute = 600

/** Milliseconds whose requests may be made at once after a pause. */
const burst = 10_000

/**
 * Waits until one more request keeps to the number a minute. The monotonic clock counts: one that
 * is set back would stop all requests. effect's `RateLimiter` counts by the other clock.
 */
export const requestBudget = (perMinute: number): Effect.Effect<void> => {
  const interval = 60_000 / perMinute
  let next = -Infinity
  return Effect.flatMap(Clock.monotonicTimeNanos, nanos => {
    const now = Number(nanos) / 1e6
    next = Math.max(next, now - burst) + interval
    return next > now ? Effect.sleep(next - now) : Effect.void
  })
}

import { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import * as Clock from 'effect/Clock'
import * as Duration from 'effect/Duration'
import * as Effect from 'effect/Effect'

/** Sleepers of a second or more wake at whole seconds, many at once. */
const wakesAt = (time: number): number => Math.ceil(time / 1000) * 1000

interface Sleep {
  readonly at: number
  readonly millis: number
  readonly wake: () => void
}

/** A clock that goes from one sleep to the next as soon as nothing else is to be done. */
export interface FastClock {
  readonly clock: Clock.Clock
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Number of fibers that sleep. */
  readonly sleeping: () => number
  /** Lets time pass up to a moment. */
  readonly advance: (until: number) => Effect.Effect<void>
}

/** Rounds of the event loop without a new sleep after which nothing else is to be done. */
const idleRounds = 3

/**
 * Makes a clock that stands while a request waits: a request is a sleep of exactly `timeout`
 * milliseconds, its time limit.
 */
export const makeFastClock = (startsAt: number, timeout: number): FastClock => {
  let time = startsAt
  let activity = 0
  let changed: (() => void) | undefined
  const sleeps = new Set<Sleep>()
  const sleep = (duration: Duration.Duration) =>
    Effect.callback<void>(resume => {
      const millis = Duration.toMillis(duration)
      const entry = {
        at: millis < 1000 ? time + Math.max(millis, 0) : wakesAt(time + millis),
        millis,
        wake: () => resume(Effect.void),
      }
      sleeps.add(entry)
      activity++
      return Effect.sync(() => {
        sleeps.delete(entry)
        activity++
        changed?.()
      })
    })
  const now = () => time
  const nanos = () => BigInt(Math.round(time)) * 1_000_000n
  const clock: Clock.Clock = {
    currentTimeMillisUnsafe: now,
    currentTimeMillis: Effect.sync(now),
    currentTimeNanosUnsafe: nanos,
    currentTimeNanos: Effect.sync(nanos),
    monotonicTimeNanosUnsafe: nanos,
    monotonicTimeNanos: Effect.sync(nanos),
    sleep,
  }
  const isWaiting = () => [...sleeps].some(({ millis }) => millis === timeout)
  const idle = async (): Promise<void> => {
    for (let rounds = 0; rounds < idleRounds; rounds++) {
      const before = activity
      await setImmediate()
      while (isWaiting()) await new Promise<void>(resume => (changed = resume))
      if (activity !== before) rounds = 0
    }
  }
  const advance = async (until: number): Promise<void> => {
    for (;;) {
      await idle()
      const next = [...sleeps].reduce((least, { at }) => Math.min(least, at), Infinity)
      time = Math.min(next, until)
      if (next > until) return
      for (const entry of [...sleeps].filter(({ at }) => at <= next)) {
        sleeps.delete(entry)
        entry.wake()
      }
    }
  }
  return { clock, now, sleeping: () => sleeps.size, advance: until => Effect.promise(() => advance(until)) }
}

/** Lets the SQLite databases that are opened in the scope read the time from a clock. */
export const setDatabaseClock = (now: () => number) => {
  const exec = Reflect.get<DatabaseSync, 'exec'>(DatabaseSync.prototype, 'exec')
  const known = new WeakSet<DatabaseSync>()
  return Effect.acquireRelease(
    Effect.sync(() => {
      DatabaseSync.prototype.exec = function (text) {
        if (!known.has(this))
          this.function('current_timestamp', () =>
            new Date(now()).toISOString().slice(0, 19).replace('T', ' '),
          )
        known.add(this)
        exec.call(this, text)
      }
    }),
    () =>
      Effect.sync(() => {
        DatabaseSync.prototype.exec = exec
      }),
  )
}

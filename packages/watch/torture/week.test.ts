import { seeded } from '@finetune-kit/model/testing'
import * as Clock from 'effect/Clock'
import * as Effect from 'effect/Effect'
import { expect, onTestFinished, test } from 'vitest'
import { expectStored } from '../test/support/expectStored.ts'
import { makeFastClock } from '../test/support/FastClock.ts'
import { run, startsAt } from '../test/support/watching.ts'
import { expectedPolls } from './support/Polls.ts'
import { measureSizes, type Sizes } from './support/Sizes.ts'
import { day, makeWeek } from './support/Week.ts'

const runs = Number(process.env['FINETUNE_KIT_RUNS'] ?? 100)
const days = Math.max(3, Number(process.env['FINETUNE_KIT_DAYS'] ?? 3))

/** Looks at the queue each second would be most of the work. */
const lookInterval = 5

/** Seconds: half a look, the second that the queue adds on SQLite, and the rest of a whole one. */
const lateness = lookInterval / 2 + 1.5

/** Seconds between two polls, at most: the pace, a look, and requests that are repeated. */
const longestPause = 60 * 1.15 + lookInterval + 6

/** No other sleep is as long. */
const timeout = 59_999

interface DayEnd extends Sizes {
  /** Polls of each of the runs that wait. */
  readonly polls: ReadonlyArray<number>
  readonly requests: number
  readonly fibers: number
}

// minutes of one core: asked for by FINETUNE_KIT_DAYS=7
test.skipIf(process.env['FINETUNE_KIT_DAYS'] === undefined)(
  `${runs} runs in ${days} days: stored once and in order, at the pace, in bounded space`,
  () => {
    seedRandom()
    const fast = makeFastClock(startsAt * 1000, timeout)
    const program = Effect.gen(function* () {
      const week = yield* makeWeek({ runs, days, lookInterval, timeout }, fast)
      const { store, watcher, lives, waiting, pollsOf, requests } = week
      yield* Effect.forkScoped(watcher.run)
      const ends: Array<DayEnd> = []
      for (let n = 1; n <= days; n++) {
        yield* fast.advance((startsAt + n * day) * 1000)
        const polls = waiting.map(({ life }) => pollsOf(life).count)
        const end = { ...(yield* measureSizes(store)), polls, requests: requests(), fibers: fast.sleeping() }
        ends.push(end)
        process.stdout.write(`day ${n}: ${JSON.stringify(end)}\n`)
      }
      // the last runs end, and what the service writes about them later is waited for
      yield* fast.advance((startsAt + (days + 0.25) * day) * 1000)
      const states = (yield* watcher.watches)
        .filter(({ runId }) => runId !== undefined)
        .map(({ state }) => state)
      expect(states.filter(state => state === 'ended').length).toBe(runs + waiting.length)
      expect(states.length).toBe(runs + waiting.length)

      let [observed, expected] = [0, 0]
      for (const life of lives) {
        yield* expectStored(store, life)
        const { count, first, longest } = pollsOf(life)
        const promised = expectedPolls(life, first, lateness)
        expect(Math.abs(count - promised), `${count} polls of ${life.id}, not ${promised}`).toBeLessThan(
          10 + promised / 5,
        )
        expect(longest, life.id).toBeLessThan(longestPause)
        observed += count
        expected += promised
      }
      process.stdout.write(`${observed} polls of ${runs} runs; the pace promises ${expected}\n`)
      expect(observed / expected).toBeGreaterThan(0.95)
      expect(observed / expected).toBeLessThan(1.05)
      for (const { life } of waiting) {
        yield* expectStored(store, life)
        expect(pollsOf(life).longest, life.id).toBeLessThan(longestPause)
      }
      expectNoDrift(
        ends,
        waiting.map(({ endsAt }) => (endsAt - startsAt) / day),
      )
      expectBounded(ends)
    })
    return run(Effect.provideService(program, Clock.Clock, fast.clock)).then(() => {
      expect(fast.sleeping(), 'fibers that are left').toBe(0)
    })
  },
)

/** Replaces `Math.random` for this test. A mock would keep each call, 0.2 kB, in the measured heap. */
const seedRandom = (): void => {
  const random = seeded(1)
  const own = Math.random
  Math.random = () => random.int(0, 999_999) / 1e6
  onTestFinished(() => void (Math.random = own))
}

/** A run that waits is polled as often on each later day as on the second. */
const expectNoDrift = (ends: ReadonlyArray<DayEnd>, waitingDays: ReadonlyArray<number>) => {
  const onDay = (n: number, run: number) => (ends[n - 1]?.polls[run] ?? 0) - (ends[n - 2]?.polls[run] ?? 0)
  const usual = day / (60 + lateness)
  for (const [run, waits] of waitingDays.entries())
    for (let n = 2; n <= waits; n++) {
      expect(onDay(n, run) / usual, `day ${n}`).toBeGreaterThan(0.97)
      expect(onDay(n, run) / usual, `day ${n}`).toBeLessThan(1.05)
    }
}

const expectBounded = (ends: ReadonlyArray<DayEnd>) => {
  const [, second, ...later] = ends as [DayEnd, DayEnd, ...Array<DayEnd>]
  for (const end of ends) {
    expect(end).toMatchObject({ pausedWatches: 0, failedPolls: 0, oldPolls: 0 })
    expect(end.pendingPolls).toBe(end.activeWatches)
    // a request may be under way; a leak would be a fiber a poll
    expect(end.fibers).toBeLessThanOrEqual(second.fibers + 8)
  }
  for (const { stored, bytes, heap, requests } of later) {
    expect(bytes / stored).toBeLessThan(1.2 * (second.bytes / second.stored))
    // less than any object for each request, and what a collection may leave
    expect(heap - second.heap).toBeLessThan(16 * (requests - second.requests) + 2e6)
  }
}

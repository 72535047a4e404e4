import { openStore } from '@finetune-kit/store'
import { Client, Watcher } from '@finetune-kit/watch'
import { FakeService, type Life } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import * as Redacted from 'effect/Redacted'
import { expect } from 'vitest'
import { sqlite } from '@finetune-kit/checks/databases'
import { type FastClock, setDatabaseClock } from '../../test/support/FastClock.ts'
import { connect, startsAt } from '../../test/support/watching.ts'
import { recordPolls } from './Polls.ts'

export interface WeekPlan {
  /** Number of runs, of both families. */
  readonly runs: number
  readonly days: number
  /** Seconds between looks at the queue. */
  readonly lookInterval: number
  /** Milliseconds of a request, at most. */
  readonly timeout: number
}

export const day = 86_400

/** Faults that leave the order of lists as it is, and pass when the request is repeated at once. */
const faults = {
  rate: 0.02,
  repeatedPages: 0.02,
  kinds: ['dropped', 'dropped-in-body', 'server-error', 'bad-gateway', 'truncated'],
} as const

/**
 * Two services and a watcher of both: one has the runs, which begin over all the days; the other
 * has a run of each family that waits for days, the longest up to the last hour.
 */
export const makeWeek = ({ runs, days, lookInterval, timeout }: WeekPlan, fast: FastClock) =>
  Effect.gen(function* () {
    yield* setDatabaseClock(fast.now)
    const now = () => fast.now() / 1000
    const jobs = Math.ceil(runs / 2)
    const fineTunes = runs - jobs
    const interval = (days * day) / jobs
    const busy = yield* FakeService.make({ jobs, fineTunes, startsAt, interval, clock: now, faults })
    let slowness = 1
    const clock = () => startsAt + (now() - startsAt) / slowness
    const slow = yield* FakeService.make({ jobs: 1, fineTunes: 1, seed: 2, startsAt, clock })
    slowness = (days * day - 3600) / Math.max(...slow.lives.map(lengthOf))
    const clients = new Map(
      yield* Effect.forEach([busy, slow], ({ baseUrl, key }) =>
        Effect.map(
          Client.make({
            baseUrl,
            key: Redacted.make(key),
            dialect: 'openai',
            timeout,
            requestsPerMinute: 600,
          }),
          client => [baseUrl, recordPolls(client, now)] as const,
        ),
      ),
    )
    const store = yield* openStore(yield* sqlite.fresh)
    const watcher = yield* Watcher.make(store, {
      clientOf: ({ baseUrl }) => Effect.succeed(clients.get(baseUrl)?.client as Client.Client),
      pollInterval: `${lookInterval} seconds`,
    })
    yield* watcher.watch((yield* connect(watcher, busy.baseUrl)).connection)
    const { connection } = yield* connect(watcher, slow.baseUrl)
    for (const { id } of slow.lives) yield* watcher.watch(connection, id)
    const pollsOf = ({ id }: Life) =>
      [...clients.values()].map(({ polls }) => polls.get(id)).find(polls => polls !== undefined) ??
      expect.fail(`${id} was never polled`)
    return {
      store,
      watcher,
      lives: busy.lives,
      /** Their times are those of a slower clock. */
      waiting: slow.lives.map(life => ({ life, endsAt: startsAt + lengthOf(life) * slowness })),
      pollsOf,
      requests: () => busy.requests() + slow.requests(),
    }
  })

const lengthOf = ({ states }: Life): number => (states.at(-1)?.at ?? 0) - startsAt

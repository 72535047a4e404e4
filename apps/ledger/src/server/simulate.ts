import type { Observation } from '@finetune-kit/model'
import type { Store } from '@finetune-kit/store'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'

/** Seconds of its life that a simulated run is old when the server starts. */
const age = 300

/** Steps of a run: each takes about 20 seconds. */
const steps = 120

/**
 * Lives one job after the other in real time, for demonstrations: each record is appended when it
 * is due, as if it had just been seen at a service.
 */
export const simulate = (store: Store): Effect.Effect<never> =>
  Effect.forever(
    Effect.gen(function* () {
      const life = yield* Effect.promise(lifeOf)
      let done = 0
      while (done < life.length) {
        const time = now()
        const due = life.slice(done).filter(({ seen_at: seenAt }) => seenAt <= time)
        done += due.length
        if (due.length > 0) yield* Effect.catch(store.append(due), ({ message }) => Console.error(message))
        yield* Effect.sleep('1 second')
      }
    }),
  )

const now = (): number => Math.floor(Date.now() / 1000)

/** The observations of one job that succeeds, in the order of time. */
const lifeOf = async (): Promise<ReadonlyArray<Observation>> => {
  const { observationsOf, simulateJobs } = await import('@finetune-kit/model/testing')
  const begin = now() - age
  return observationsOf(
    simulateJobs(begin, [
      {
        starts: new Date(begin * 1000).toISOString(),
        model: 'gpt-4.1-mini-2025-04-14',
        suffix: 'simulated',
        method: 'supervised',
        epochs: 3,
        steps,
        hasValidation: true,
        outcome: { _tag: 'Succeeded' },
      },
    ]),
  )
}

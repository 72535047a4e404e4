import type { Store } from '@finetune-kit/store'
import { Client, Watcher } from '@finetune-kit/watch'
import { FakeService } from '@finetune-kit/watch/testing'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import * as Redacted from 'effect/Redacted'

/** Seconds that the oldest simulated run is old when the server starts. */
const age = 1500

/** The address that simulated runs are seen at, whatever port the service has. */
const source = 'simulated'

const now = (): number => Date.now() / 1000

/**
 * Watches a simulated service, for demonstrations: a run begins every 5 minutes and lives in real
 * time. Watches of an earlier start are stopped: their service is gone.
 */
export const simulate = (store: Store) =>
  Effect.gen(function* () {
    const startsAt = Math.floor(now()) - age
    const service = yield* FakeService.make({
      seed: startsAt,
      startsAt,
      jobs: 200,
      interval: 300,
      clock: now,
    })
    const watcher = yield* Watcher.make(store, {
      clientOf: () =>
        Effect.map(Client.make({ baseUrl: service.baseUrl, key: Redacted.make(service.key) }), client => ({
          ...client,
          source,
        })),
    })
    const { connection } = yield* watcher.connect({
      baseUrl: source,
      dialect: 'openai',
      apiVersion: undefined,
      keyName: '',
    })
    const earlier = (yield* watcher.watches).filter(
      watch => watch.connection === connection && watch.state === 'active',
    )
    yield* Effect.forEach(earlier, ({ watch }) => watcher.stop(watch))
    yield* watcher.watch(connection)
    return yield* watcher.run
  }).pipe(Effect.catch(({ message }) => Console.error(message)))

import { Client, type Connection, type Watcher } from '@finetune-kit/watch'
import { FakeService } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import * as Redacted from 'effect/Redacted'
import type { Services } from './Services.ts'

/** Seconds that the oldest simulated run is old when the server starts. */
const age = 1500

/** The address that simulated runs are seen at, whatever port the service has. */
const source = 'simulated'

const now = (): number => Date.now() / 1000

const isSimulated = ({ baseUrl, keyName }: Pick<Connection, 'baseUrl' | 'keyName'>): boolean =>
  baseUrl === source && keyName === ''

/**
 * Adds a simulated service, for demonstrations: a run begins every 5 minutes and lives in real
 * time.
 */
export const simulatedServices = (services: Services): Effect.Effect<Services, never, Scope.Scope> =>
  Effect.gen(function* () {
    const startsAt = Math.floor(now()) - age
    const service = yield* FakeService.make({
      seed: startsAt,
      startsAt,
      jobs: 200,
      interval: 300,
      clock: now,
    })
    const client = Effect.map(
      Client.make({ baseUrl: service.baseUrl, key: Redacted.make(service.key) }),
      client => ({ ...client, source }),
    )
    return {
      ...services,
      serves: (connection: Connection) => isSimulated(connection) || services.serves(connection),
      clientOf: (connection: Connection) =>
        isSimulated(connection) ? client : services.clientOf(connection),
      begin: (watcher: Watcher.Watcher) => Effect.andThen(services.begin(watcher), watchSimulated(watcher)),
    }
  })

/** Watches all its runs. Watches of an earlier start are stopped: their service is gone. */
const watchSimulated = (watcher: Watcher.Watcher) =>
  Effect.gen(function* () {
    const { connection } = yield* watcher.connect({
      baseUrl: source,
      dialect: 'openai',
      apiVersion: undefined,
      keyName: '',
    })
    const earlier = yield* watcher.find({ connection, state: 'active' })
    yield* Effect.forEach(earlier, ({ watch }) => watcher.stop(watch))
    yield* watcher.watch(connection)
  })

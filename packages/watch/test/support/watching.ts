import type { Store } from '@finetune-kit/store'
import { Client, type ClientOptions, type Pace, Watcher } from '@finetune-kit/watch'
import type { FakeService } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import * as Redacted from 'effect/Redacted'
import type * as Scope from 'effect/Scope'

export const startsAt = 1_750_000_000

export const run = <A, E>(effect: Effect.Effect<A, E, Scope.Scope>): Promise<A> =>
  Effect.runPromise(Effect.scoped(effect))

/** Opens a watcher whose key is the one of `keys`, by its name. */
export const watcherOf = (
  store: Store,
  service: Pick<FakeService.FakeService, 'baseUrl'>,
  keys: { current: string },
  options: Partial<ClientOptions> = {},
  pace: Partial<Pace> = {},
) =>
  Watcher.make(store, {
    clientOf: ({ baseUrl, dialect }) =>
      Client.make({
        baseUrl,
        dialect,
        key: Redacted.make(keys.current),
        retryDelay: 1,
        attempts: 3,
        ...options,
      }),
    pace: { fastest: 0.01, slowest: 0.4, settle: [0, 1], fileLooks: 30, ...pace },
    pollInterval: '20 millis',
  }).pipe(Effect.map(watcher => ({ watcher, baseUrl: service.baseUrl })))

export const connect = (watcher: Watcher.Watcher, baseUrl: string) =>
  watcher.connect({ baseUrl, dialect: 'openai', apiVersion: undefined, keyName: 'FAKE_KEY' })

/** Waits until a service has had no request for a second: the polls under way have ended, too. */
export const untilQuiet = ({ requests }: Pick<FakeService.FakeService, 'requests'>) =>
  Effect.gen(function* () {
    for (let before = -1; before !== requests(); ) {
      before = requests()
      yield* Effect.sleep(1000)
    }
  })

/** Waits until a fact about the watches is true. */
export const until = (watcher: Watcher.Watcher, isTrue: (states: ReadonlyArray<string>) => boolean) =>
  Effect.gen(function* () {
    for (;;) {
      const watches = yield* watcher.watches
      if (isTrue(watches.filter(({ runId }) => runId !== undefined).map(({ state }) => state))) return watches
      yield* Effect.sleep(50)
    }
  })

import type { Store } from '@finetune-kit/store'
import { Watcher } from '@finetune-kit/watch'
import * as Console from 'effect/Console'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import * as SubscriptionRef from 'effect/SubscriptionRef'
import type { Services } from './Services.ts'

/** The watches of a store: those whose keys this server has are polled by it. */
export interface Watching {
  readonly watcher: Watcher.Watcher
  readonly services: Services
  /** A text now, and another one after each poll and each change of a watch, by any process. */
  readonly versions: Stream.Stream<string>
}

/** Watches for as long as the scope lives. */
export const make = (store: Store, services: Services) =>
  Effect.gen(function* () {
    const watcher = yield* Watcher.make(store, services)
    yield* Effect.catch(services.begin(watcher), ({ message }) => Console.error(message))
    yield* Effect.forkScoped(watcher.run)
    const last = yield* SubscriptionRef.make('')
    let readers = 0
    const look = Effect.gen(function* () {
      if (readers === 0) return
      const version = yield* watcher.version
      if (version !== (yield* SubscriptionRef.get(last))) yield* SubscriptionRef.set(last, version)
    })
    // a database that is gone for a while is looked at again
    yield* Effect.forkScoped(Effect.forever(Effect.andThen(Effect.ignore(look), Effect.sleep('1 second'))))
    const versions = Stream.unwrap(
      Effect.as(
        Effect.acquireRelease(
          Effect.sync(() => readers++),
          () => Effect.sync(() => readers--),
        ),
        SubscriptionRef.changes(last).pipe(
          Stream.filter(version => version !== ''),
          Stream.buffer({ capacity: 1, strategy: 'sliding' }),
        ),
      ),
    )
    return { watcher, services, versions } satisfies Watching
  })

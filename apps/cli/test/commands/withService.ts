import { FakeService } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'

process.env['FAKE_KEY'] = 'sk-fake'

export const startsAt = 1_750_000_000

/** A test of commands by a service, which gets the flags that name it. */
type Use<A> = (service: FakeService.FakeService, flags: ReadonlyArray<string>) => Promise<A>

/** Runs a test with a service whose runs begin at `startsAt`. */
export const withService = <A>(options: FakeService.FakeServiceOptions, use: Use<A>): Promise<A> =>
  Effect.runPromise(
    Effect.scoped(
      Effect.flatMap(FakeService.make({ startsAt, ...options }), service =>
        Effect.promise(() => use(service, ['--base-url', service.baseUrl, '--api-key-env', 'FAKE_KEY'])),
      ),
    ),
  )

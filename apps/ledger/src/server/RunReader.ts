import type { Run } from '@finetune-kit/model'
import type { Store, StoreError } from '@finetune-kit/store'
import * as Cache from 'effect/Cache'
import * as Duration from 'effect/Duration'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import { type ApiError, apiError } from './ApiError.ts'
import type { ReadableRun } from './runDetail.ts'
import * as RunKey from './RunKey.ts'

/** Reads the run of a key. */
export type RunReader = (key: string) => Effect.Effect<ReadableRun, ApiError | StoreError>

/** The time that a run is kept for: it may have very many events. */
const keptFor = '10 seconds'

/**
 * A reader that keeps the last run, as long as it has not changed: a page asks for its parts one by
 * one, and each depends on all events and snapshots.
 */
export const make = (store: Store) =>
  Effect.gen(function* () {
    const scope = yield* Effect.scope
    const cache: Cache.Cache<string, ReadableRun, ApiError | StoreError> = yield* Cache.makeWith(
      (change: string) =>
        Effect.tap(readRun(store, change.slice(change.indexOf(' ') + 1)), () =>
          Effect.forkIn(Effect.delay(Cache.invalidate(cache, change), keptFor), scope),
        ),
      {
        capacity: 1,
        timeToLive: exit => (Exit.isSuccess(exit) ? Duration.infinity : Duration.zero),
      },
    )
    const read: RunReader = key =>
      Effect.flatMap(store.row(RunKey.parse(key)), ({ seq }) => Cache.get(cache, `${seq} ${key}`))
    return read
  })

/** Reads the run of a key, if its last snapshot can be read. */
export const readRun = (store: Store, key: string): Effect.Effect<ReadableRun, ApiError | StoreError> =>
  Effect.flatMap(store.run(RunKey.parse(key)), run => {
    const { kind, snapshots, damage } = run
    const last = snapshots.at(-1)?.value as Run | undefined
    const failed = (reason: string) => Effect.fail(apiError(500, `run ${JSON.stringify(run.id)}: ${reason}`))
    if (kind === undefined) return failed('a newer version of finetune-kit wrote it. Update finetune-kit.')
    if (last === undefined)
      return failed(
        `its history cannot be read (${damage?.reason ?? 'no entry'}). Delete it (DELETE /api/runs/${encodeURIComponent(key)}), and import it again.`,
      )
    return Effect.succeed({ ...run, kind, last })
  })

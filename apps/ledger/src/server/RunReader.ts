import type { Run } from '@finetune-kit/model'
import type { RunDetail, Store, StoreError } from '@finetune-kit/store'
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
    return kind === undefined || last === undefined
      ? Effect.fail(apiError(500, `run ${JSON.stringify(run.id)}: ${unreadable(key, damage)}`))
      : Effect.succeed({ ...run, kind, last })
  })

/** The reason why a run cannot be shown: damage, or a kind that only a newer version knows. */
const unreadable = (key: string, damage: RunDetail['damage']): string =>
  damage === undefined
    ? 'a newer version of finetune-kit wrote it. Update finetune-kit.'
    : `its history cannot be read (${damage.reason}). Delete it (DELETE /api/runs/${encodeURIComponent(key)}), and import it again.`

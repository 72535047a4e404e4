import type { Observation, Run } from '@finetune-kit/model'
import * as Clock from 'effect/Clock'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import type { Client } from '../client/Client.ts'
import { oddRun } from '../client/oddRun.ts'
import type { Page } from '../client/pages.ts'
import { hasNoFineTunes, isServiceError, type ServiceError } from '../client/ServiceError.ts'
import type { KnownItems } from '../follow/KnownItems.ts'
import { isLongOver } from '../follow/isLongOver.ts'
import { fingerprintOf, look } from '../follow/look.ts'

/** The part of a run that somebody has already. */
export interface KnownRun<E> {
  readonly items: KnownItems<E>
  /** The last snapshot, as JSON text; undefined if there is none. */
  readonly snapshot: string | undefined
}

export interface PullOptions<E> {
  readonly knownRun: (id: string) => Effect.Effect<KnownRun<E>, E>
  /** Only runs that were created at this time or later, in Unix seconds. */
  readonly since?: number | undefined
}

/** One run of a service: all about it that is not known, or the reason why it cannot be read. */
export type PulledRun =
  | {
      readonly _tag: 'Pulled'
      readonly id: string
      readonly observations: ReadonlyArray<Observation>
      /** Those for a store, which counts equal events without ids: all of a list are among them. */
      readonly forStore: ReadonlyArray<Observation>
      /** Records that are not what they should be, in words. */
      readonly odd: ReadonlyArray<string>
    }
  | { readonly _tag: 'Failed'; readonly id: string; readonly error: ServiceError }

/** Runs that are read at a time. */
const concurrency = 8

/** Reads all runs of a service once. A run that cannot be read does not stop the others. */
export const pullRuns = <E>(
  client: Client,
  { knownRun, since = 0 }: PullOptions<E>,
): Stream.Stream<PulledRun, ServiceError | E> => {
  const pull = (run: Run): Effect.Effect<PulledRun, E> =>
    Effect.gen(function* () {
      const { id } = run
      const { items, snapshot } = yield* knownRun(id)
      const before = snapshot === undefined ? undefined : fingerprintOf(snapshot)
      const isSame = before === fingerprintOf(JSON.stringify(run))
      if (isSame && isLongOver(run, yield* Clock.currentTimeMillis))
        return { _tag: 'Pulled', id, observations: [], forStore: [], odd: [] }
      const isListed = run.object === 'fine_tuning.job' ? { run } : {}
      return yield* look(client, id, { known: items, before, ...isListed }).pipe(
        Effect.map(({ observations, forStore, odd }): PulledRun => {
          return { _tag: 'Pulled', id, observations, forStore, odd }
        }),
        Effect.catchIf(isServiceError, error => Effect.succeed<PulledRun>({ _tag: 'Failed', id, error })),
      )
    })
  return runsOf(client).pipe(
    Stream.filter(item => item._tag === 'Left' || item.right.created_at >= since),
    Stream.mapEffect(
      item =>
        item._tag === 'Right'
          ? pull(item.right)
          : Effect.succeed<PulledRun>({ _tag: 'Failed', ...oddRun(client.source, item.left) }),
      { concurrency },
    ),
  )
}

/** All runs of a service, of both families. A service without legacy fine-tunes has none. */
const runsOf = (client: Client): Stream.Stream<Page<Run>[number], ServiceError> => {
  const legacy = Stream.catchIf(client.fineTunes, hasNoFineTunes, () => Stream.empty)
  return Stream.concat(
    client.jobs as Stream.Stream<Page<Run>, ServiceError>,
    legacy as Stream.Stream<Page<Run>, ServiceError>,
  ).pipe(Stream.flatMap(Stream.fromIterable))
}

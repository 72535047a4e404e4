import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import * as Stream from 'effect/Stream'
import type { Client } from '../client/Client.ts'
import { oddRun } from '../client/oddRun.ts'
import type { Page } from '../client/pages.ts'
import { hasNoFineTunes, type ServiceError } from '../client/ServiceError.ts'
import { watchedRuns } from './Watch.ts'

/** Every so many polls the list is read whole, and the legacy list with it. */
const wholeEvery = 20

interface Run {
  readonly id: string
  readonly created_at: number
}

export interface FoundRuns {
  /** The ids of the runs that are not watched, oldest first. */
  readonly ids: ReadonlyArray<string>
  /** The first run that cannot be read, in words; undefined where the list was not read whole. */
  readonly fault: string | undefined
}

/** Finds the runs of a service that are not watched. */
export const findRuns = (
  sql: SqlClient.SqlClient,
  client: Client,
  { connection, poll }: { readonly connection: number; readonly poll: number },
): Effect.Effect<FoundRuns, ServiceError | SqlError> =>
  Effect.gen(function* () {
    const isWhole = poll % wholeEvery === 0
    const found: Array<Run> = []
    const odd: Array<string> = []
    const take = (list: Stream.Stream<Page<Run>, ServiceError>) =>
      list.pipe(
        Stream.mapEffect(page => {
          const runs = page.flatMap(item => {
            if (item._tag === 'Right') return [item.right]
            odd.push(oddRun(client.source, item.left).error.message)
            return []
          })
          const ids = runs.map(({ id }) => id)
          return Effect.map(watchedRuns(sql)(connection, ids), known => {
            found.push(...runs.filter(({ id }) => !known.has(id)))
            return !isWhole && known.size > 0 && (runs[0]?.created_at ?? 0) > (runs.at(-1)?.created_at ?? 0)
          })
        }),
        Stream.takeUntil(isDone => isDone),
        Stream.runDrain,
      )
    yield* take(client.jobs)
    if (isWhole)
      yield* Effect.catchIf(
        take(client.fineTunes),
        (error): error is ServiceError => 'kind' in error && hasNoFineTunes(error),
        () => Effect.void,
      )
    return {
      ids: found.toSorted((a, b) => a.created_at - b.created_at).map(({ id }) => id),
      fault: odd[0] ?? (isWhole ? '' : undefined),
    }
  })

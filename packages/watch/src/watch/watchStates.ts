import type { WatchState } from '@finetune-kit/model'
import { notifyOthers } from '@finetune-kit/store'
import * as Clock from 'effect/Clock'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import { listWatches } from './listWatches.ts'
import { offerPoll } from './Poll.ts'
import type { PollQueues } from './pollQueues.ts'
import { addWatches, setState, type Watch } from './Watch.ts'

type PollError = SqlError | { readonly message: string }

/** The changes of watches that a user makes, each in one transaction with the poll that follows. */
export const watchStates = (sql: SqlClient.SqlClient, queueOf: PollQueues) => {
  const change = (watch: number, state: WatchState): Effect.Effect<void, PollError> =>
    sql.withTransaction(
      Effect.gen(function* () {
        const next = yield* setState(sql)(watch, state, '', yield* Clock.currentTimeMillis)
        if (next !== undefined && state === 'active')
          yield* offerPoll(queueOf(next.connection), { watch, n: next.poll, quiet: 0 }, 0)
        yield* notifyOthers(sql)
      }),
    )
  const watch = (connection: number, runId: string): Effect.Effect<Watch, PollError> =>
    Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const [added] = yield* sql.withTransaction(
        Effect.tap(addWatches(sql)(connection, [runId], now), rows =>
          Effect.forEach(rows, row =>
            offerPoll(queueOf(connection), { watch: row.watch, n: row.poll, quiet: 0 }, 0),
          ),
        ),
      )
      if (added !== undefined) return added
      const [found] = yield* listWatches(sql)({ connection, runId })
      if (found !== undefined && found.state !== 'active') yield* change(found.watch, 'active')
      // a key that was refused has paused the other watches as well
      if (found !== undefined && found.reason !== '') yield* resumeAll(connection, found.reason)
      return found as Watch
    })
  const resumeAll = (connection: number, reason?: string): Effect.Effect<void, PollError> =>
    sql.withTransaction(
      Effect.gen(function* () {
        const paused = yield* sql<{ readonly watch: number | bigint }>`
          select watch from watches where connection = ${connection} and state = 'paused'
          ${reason === undefined ? sql`` : sql`and reason = ${reason}`} order by watch`
        yield* Effect.forEach(paused, one => change(Number(one.watch), 'active'), { discard: true })
      }),
    )
  return { change, resumeAll, watch }
}

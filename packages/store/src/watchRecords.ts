import { type Observation, observe, type WatchRecord } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import { fromColumnText, toColumnText } from './columnText.ts'

interface Row {
  readonly base_url: string
  readonly dialect: string
  readonly api_version: string
  readonly key_name: string
  readonly run_key: string
  readonly state: string
}

/** The watches of a store as records: without keys, of which a store knows only the names. */
export const exportWatches =
  (sql: SqlClient.SqlClient) =>
  (seenAt: number): Effect.Effect<ReadonlyArray<Observation>, SqlError> =>
    Effect.map(
      sql<Row>`select base_url, dialect, api_version, key_name, run_key, state
        from watches join connections using (connection) order by watch`,
      rows =>
        rows.map(({ base_url, dialect, api_version, key_name, run_key, state }): Observation => {
          const id = run_key === '' ? null : fromColumnText(run_key)
          const record: WatchRecord = {
            object: 'finetune-kit.watch',
            base_url,
            dialect,
            api_version: api_version === '' ? null : api_version,
            key_name,
            run_id: id,
            state,
          }
          return observe({ seenAt, source: 'finetune-kit', runId: id })(record)
        }),
    )

const moved = 'Moved from another database. Resume it here when it is stopped there.'

/**
 * Adds the watches of another store, in the caller's transaction. Those that were active are
 * paused: two stores would ask the service twice. Returns the number of new ones.
 */
export const importWatches =
  (sql: SqlClient.SqlClient) =>
  (records: ReadonlyArray<WatchRecord>, now: number): Effect.Effect<number, SqlError> =>
    Effect.gen(function* () {
      let added = 0
      for (const { base_url, dialect, api_version, key_name, run_id, state } of records) {
        yield* sql`insert into connections ${sql.insert({
          base_url,
          dialect,
          api_version: api_version ?? '',
          key_name,
          created_at: now,
        })} on conflict (base_url, key_name) do nothing`
        const [connection] = yield* sql<{ readonly connection: number | bigint }>`
          select connection from connections where base_url = ${base_url} and key_name = ${key_name}`
        const isActive = state === 'active'
        const runKey = run_id === null ? '' : toColumnText(run_id)
        const [run] = yield* sql<{ readonly status: string | null }>`
          select status from runs where run_key = ${runKey} order by born desc limit 1`
        const inserted = yield* sql`insert into watches ${sql.insert({
          connection: Number(connection?.connection),
          run_key: runKey,
          status: run?.status ?? '',
          state: isActive ? 'paused' : state,
          reason: isActive ? moved : '',
          poll: 0,
          created_at: now,
        })} on conflict (connection, run_key) do nothing returning watch`
        added += inserted.length
      }
      return added
    })

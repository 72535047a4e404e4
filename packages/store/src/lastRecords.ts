import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import * as Stream from 'effect/Stream'
import type { Long } from './batches.ts'
import { fromColumnJson } from './columnJson.ts'
import { conditions, type RunFilter } from './RunFilter.ts'

/** The names of the kinds of the last records of a filter's runs. */
export const recordKinds =
  (sql: SqlClient.SqlClient) =>
  (filter: RunFilter = {}): Effect.Effect<ReadonlyArray<string>, SqlError> =>
    Effect.gen(function* () {
      const shown = yield* conditions(sql)(filter)
      const found = yield* sql<{ readonly kind: string }>`select distinct record_kind as kind from runs
        where ${sql.and(shown)} order by record_kind`
      return found.map(({ kind }) => kind)
    })

const pageSize = 500

/** The last record of each run of a filter, in the order the runs came in. */
export const lastRecords =
  (sql: SqlClient.SqlClient) =>
  (filter: RunFilter = {}): Stream.Stream<ReadonlyArray<unknown>, SqlError> =>
    Stream.unwrap(
      Effect.map(conditions(sql)(filter), shown =>
        Stream.unfold<number | undefined, ReadonlyArray<unknown>, SqlError, never>(0, after =>
          after === undefined
            ? Effect.succeed(undefined)
            : Effect.map(
                sql<{ readonly run: Long; readonly body: string }>`select run, body
                  from runs join records using (run) where run > ${after} and ${sql.and(shown)}
                  order by run limit ${pageSize}`,
                rows => {
                  const last = rows.length < pageSize ? undefined : rows.at(-1)
                  const records = rows.map(({ body }) => fromColumnJson(body))
                  return [records, last && Number(last.run)] as const
                },
              ),
        ),
      ),
    )

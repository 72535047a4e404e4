import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import { toColumnText } from './columnText.ts'
import type { RunName } from './RunName.ts'
import { rowColumns, type StoredRow } from './RunRow.ts'
import { type StoreError, storeError } from './StoreError.ts'

/** The row of `runs` of this name; undefined if there is none. */
export const findRow =
  (sql: SqlClient.SqlClient) =>
  ({ id, born }: RunName): Effect.Effect<StoredRow | undefined, SqlError> =>
    Effect.map(
      sql<StoredRow>`select ${sql.literal(rowColumns)} from runs where run_key = ${toColumnText(id)}
        ${born === undefined ? sql.literal('') : sql`and born = ${born}`} order by born desc limit 1`,
      ([row]) => row,
    )

/** The row of `runs` of this name. */
export const findRun =
  (sql: SqlClient.SqlClient) =>
  (name: RunName): Effect.Effect<StoredRow, SqlError | StoreError> =>
    Effect.flatMap(findRow(sql)(name), row =>
      row === undefined
        ? Effect.fail(
            storeError('NotFound', `run ${JSON.stringify(name.id)}: not in this database. Import it first.`),
          )
        : Effect.succeed(row),
    )

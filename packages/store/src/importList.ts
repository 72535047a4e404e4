import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import { insertInto, type Long } from './batches.ts'
import { toColumnText } from './columnText.ts'

export interface Counts {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly items: number
  readonly rejected: number
}

export interface Beginning {
  readonly source: string
  readonly startedAt: number
}

/** An import in the list. */
export interface Begun {
  readonly importId: number
  /** The number of the last run that was known before. */
  readonly lastRun: number
  /** The numbers of the runs that changed so far. */
  readonly changed: Set<number>
}

export const unixSeconds = (): number => Math.floor(Date.now() / 1000)

const insertImport = insertInto<{ readonly import: Long }>(
  'imports',
  ['source', 'started_at'],
  'returning import',
)

/** Adds an import to the list, in the caller's transaction. */
export const begin = Effect.fnUntraced(function* (
  sql: SqlClient.SqlClient,
  { source, startedAt }: Beginning,
) {
  const [begun] = yield* insertImport(sql)([source], name => [toColumnText(name), startedAt])
  const [last] = yield* sql<{ readonly run: Long | null }>`select max(run) as run from runs`
  const found: Begun = {
    importId: Number(begun?.import),
    lastRun: Number(last?.run ?? 0),
    changed: new Set(),
  }
  return found
})

export const count = (sql: SqlClient.SqlClient, importId: number, { rejected, ...counts }: Counts) =>
  sql`update imports set added = added + ${counts.added}, changed = changed + ${counts.changed},
    unchanged = unchanged + ${counts.unchanged}, items = items + ${counts.items},
    rejected = rejected + ${rejected} where import = ${importId}`

export const end = (sql: SqlClient.SqlClient, { importId }: Begun) =>
  sql`update imports set ended_at = ${unixSeconds()} where import = ${importId}`

import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import { toColumnText } from './columnText.ts'
import { nextSeq, write } from './facts.ts'
import { findRun } from './findRun.ts'
import type { RunName } from './RunName.ts'
import type { StoredRow } from './RunRow.ts'
import type { StoreError } from './StoreError.ts'
import { decodeSummary, searchText } from './summaryColumns.ts'

/** The words of the user about a run. A field that is absent stays as it is. */
export interface RunEdit {
  /** Blank ones are left out. */
  readonly tags?: ReadonlyArray<string> | undefined
  readonly note?: string | undefined
  readonly isHidden?: boolean | undefined
}

/** Tags, notes or hides a run. */
export const editRun =
  (sql: SqlClient.SqlClient) =>
  (name: RunName, edit: RunEdit): Effect.Effect<void, SqlError | StoreError> =>
    write(sql)(Effect.flatMap(findRun(sql)(name), row => Effect.asVoid(editRow(sql)(row, edit))))

/** Edits the run of a row, in the caller's transaction. False if the run has these words already. */
export const editRow =
  (sql: SqlClient.SqlClient) =>
  (row: StoredRow, edit: RunEdit): Effect.Effect<boolean, SqlError> =>
    Effect.gen(function* () {
      const tags = edit.tags === undefined ? row.tags : tagsText(edit.tags)
      const note = edit.note === undefined ? row.note : toColumnText(edit.note)
      const isHidden = edit.isHidden === undefined ? Number(row.is_hidden) : Number(edit.isHidden)
      if (tags === row.tags && note === row.note && isHidden === Number(row.is_hidden)) return false
      const seq = yield* nextSeq(sql)(1)
      const search = searchText(decodeSummary(row), { tags, note })
      yield* sql`update runs set tags = ${tags}, note = ${note}, is_hidden = ${isHidden},
          changed_seq = ${seq} where run = ${Number(row.run)}`
      yield* sql`update searches set text = ${search} where run = ${Number(row.run)}`
      return true
    })

const tagsText = (tags: ReadonlyArray<string>): string =>
  JSON.stringify([...new Set(tags)].filter(tag => tag.trim() !== ''))

/** Deletes a run with its history and, if no other run has its id, its events and checkpoints. */
export const deleteRun =
  (sql: SqlClient.SqlClient) =>
  (name: RunName): Effect.Effect<void, SqlError | StoreError> =>
    write(sql)(
      Effect.gen(function* () {
        const row = yield* findRun(sql)(name)
        const seq = yield* nextSeq(sql)(1)
        yield* sql`delete from runs where run = ${Number(row.run)}`
        yield* sql`delete from items
          where run_name = (select name from names where text = ${row.run_key})
          and not exists (select 1 from runs where run_key = ${row.run_key})`
        const deletion = { seq, run_key: row.run_key, born: Number(row.born) }
        yield* sql`insert into deletions ${sql.insert(deletion)}`
      }),
    )

import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import { fromColumnList } from './columnJson.ts'
import { fromColumnText } from './columnText.ts'
import { editRow } from './editRun.ts'
import type { IncomingAnnotation } from './Incoming.ts'
import { findRow } from './findRun.ts'
import type { Placed } from './sortRecords.ts'

/**
 * Adds the words of other stores to runs, in the caller's transaction: tags are joined, a note
 * fills an empty one, hidden stays hidden. Repeating it changes nothing. Returns the number of runs
 * that it changed, and the annotations whose run is not here.
 */
export const annotateRuns =
  (sql: SqlClient.SqlClient) =>
  (
    annotations: ReadonlyArray<Placed<IncomingAnnotation>>,
  ): Effect.Effect<
    { readonly changed: number; readonly unjoined: ReadonlyArray<Placed<IncomingAnnotation>> },
    SqlError
  > =>
    Effect.gen(function* () {
      const unjoined: Array<Placed<IncomingAnnotation>> = []
      let changed = 0
      for (const annotation of annotations) {
        const row = yield* findRow(sql)(annotation.value.name)
        if (row === undefined) {
          unjoined.push(annotation)
          continue
        }
        const known = fromColumnList(row.tags)
        const { tags, note, hidden } = annotation.value.value
        const before = fromColumnText(row.note)
        const edit = {
          tags: [...new Set([...known, ...tags])],
          note: before === '' ? note : before,
          isHidden: hidden || Number(row.is_hidden) === 1,
        }
        if (yield* editRow(sql)(row, edit)) changed++
      }
      return { changed, unjoined }
    })

import type { Observation, RunAnnotation } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import type { Fragment } from 'effect/sql/Statement'
import * as Stream from 'effect/Stream'
import type { Long } from './batches.ts'
import { fromColumnText } from './columnText.ts'
import { replay } from './history.ts'
import { conditions, type RunFilter } from './RunFilter.ts'
import { decodeRow, rowColumns, type StoredRow } from './RunRow.ts'
import { exportWatches } from './watchRecords.ts'
import { storedEntries } from './StoredRun.ts'

/**
 * All that is kept: snapshots run by run, then events, checkpoints and result files, then the words
 * of the user; those of the runs of a filter, if one is passed. Law: importing all of them into an
 * empty store makes an equal one, with the same digests.
 */
export const exportObservations =
  (sql: SqlClient.SqlClient) =>
  (filter?: RunFilter): Stream.Stream<ReadonlyArray<Observation>, SqlError> =>
    Stream.unwrap(
      Effect.map(filter === undefined ? Effect.succeed([]) : conditions(sql)(filter), found => {
        const shown = sql.and([sql`1 = 1`, ...found])
        return pages(snapshotsAfter(sql, shown)).pipe(
          Stream.concat(
            pages(
              itemsAfter(sql, found.length === 0 ? undefined : sql`select run_key from runs where ${shown}`),
            ),
          ),
          Stream.concat(pages(annotationsAfter(sql, shown))),
          Stream.concat(filter === undefined ? Stream.fromEffect(exportWatches(sql)(0)) : Stream.empty),
        )
      }),
    )

interface Page {
  readonly observations: ReadonlyArray<Observation>
  /** The key to continue after; undefined at the end. */
  readonly next: number | undefined
}

const pages = (
  pageAfter: (after: number) => Effect.Effect<Page, SqlError>,
): Stream.Stream<ReadonlyArray<Observation>, SqlError> =>
  Stream.unfold<number | undefined, ReadonlyArray<Observation>, SqlError, never>(0, after =>
    after === undefined
      ? Effect.succeed(undefined)
      : Effect.map(pageAfter(after), ({ observations, next }) => [observations, next] as const),
  )

/** A row of an event, a checkpoint or a result file. */
export interface StoredItem {
  readonly seq: Long
  readonly run_key: string
  readonly seen_at: Long
  readonly source: string
  readonly body: string
}

/** The observation of a stored record. */
export const observation = (row: {
  readonly seenAt: number
  readonly source: string
  readonly runKey: string
  readonly value: unknown
}): Observation => ({
  object: 'finetune-kit.observation',
  seen_at: row.seenAt,
  source: fromColumnText(row.source),
  run_id: fromColumnText(row.runKey),
  record: row.value as Observation['record'],
})

/** The snapshots of one run: those before the first damaged entry, which verification names. */
const snapshotsAfter = (sql: SqlClient.SqlClient, shown: Fragment) => (after: number) =>
  Effect.gen(function* () {
    const [found] = yield* sql<{ readonly run: Long; readonly run_key: string }>`
      select run, run_key from runs where run > ${after} and ${shown} order by run limit 1`
    if (found === undefined) return { observations: [], next: undefined }
    const run = Number(found.run)
    const { snapshots } = replay(yield* storedEntries(sql)(run))
    return {
      observations: snapshots.map(({ entry: { seenAt, source }, value }) =>
        observation({ seenAt, source, runKey: found.run_key, value }),
      ),
      next: run,
    }
  })

const pageSize = 1000

const itemsAfter = (sql: SqlClient.SqlClient, runKeys: Fragment | undefined) => (after: number) =>
  Effect.gen(function* () {
    const found = yield* sql<StoredItem>`select seq, text as run_key, seen_at, source, body
      from items join names on name = run_name where seq > ${after}
      ${runKeys === undefined ? sql.literal('') : sql`and text in (${runKeys})`}
      order by seq limit ${pageSize}`
    const last = found.at(-1)
    return {
      observations: found.map(ofItem),
      next: last === undefined ? undefined : Number(last.seq),
    }
  })

/** The observation of an event, a checkpoint or a result file. */
export const ofItem = (row: StoredItem): Observation =>
  observation({
    seenAt: Number(row.seen_at),
    source: row.source,
    runKey: row.run_key,
    value: JSON.parse(row.body) as unknown,
  })

/** The words of the user about the runs that have any, each as the record of an observation. */
const annotationsAfter = (sql: SqlClient.SqlClient, shown: Fragment) => (after: number) =>
  Effect.gen(function* () {
    const found = yield* sql<StoredRow>`select ${sql.literal(rowColumns)} from runs
      where run > ${after} and ${shown} and (tags <> '[]' or note <> '' or is_hidden = 1) order by run limit ${pageSize}`
    const last = found.at(-1)
    return {
      observations: found.map(row => {
        const { id, born, tags, note, isHidden, lastSeenAt } = decodeRow(row)
        const value: RunAnnotation = {
          object: 'finetune-kit.annotation',
          run_id: id,
          run_created_at: born,
          tags: [...tags],
          note,
          hidden: isHidden,
        }
        return observation({ seenAt: lastSeenAt, source: 'finetune-kit', runKey: row.run_key, value })
      }),
      next: last === undefined ? undefined : Number(last.run),
    }
  })

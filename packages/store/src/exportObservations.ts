import { type Observation, observe, type RunAnnotation } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import type { Fragment } from 'effect/sql/Statement'
import * as Stream from 'effect/Stream'
import type { Long } from './batches.ts'
import { fromColumnJson } from './columnJson.ts'
import { fromColumnText } from './columnText.ts'
import { type Damage, replay } from './history.ts'
import { conditions, type RunFilter } from './RunFilter.ts'
import { decodeRow, rowColumns, type StoredRow } from './RunRow.ts'
import { exportWatches } from './watchRecords.ts'
import { storedEntries } from './StoredRun.ts'

/** Hears that the snapshots of a run end at a damage of its history. */
export type OnDamage = (id: string, damage: Damage) => Effect.Effect<void>

/**
 * All that is kept: snapshots run by run, then events, checkpoints and result files, then the words
 * of the user; those of the runs of a filter, if one is passed. Law: importing all of them into an
 * empty store makes an equal one, with the same digests.
 */
export const exportObservations =
  (sql: SqlClient.SqlClient) =>
  (filter?: RunFilter, onDamage?: OnDamage): Stream.Stream<ReadonlyArray<Observation>, SqlError> =>
    Stream.unwrap(
      Effect.map(filter === undefined ? Effect.succeed([]) : conditions(sql)(filter), found => {
        const shown = sql.and([sql`1 = 1`, ...found])
        return runs(sql, shown).pipe(
          Stream.mapEffect(snapshotsOf(sql, onDamage)),
          Stream.concat(filter === undefined ? items(sql) : itemsOfRuns(sql, shown)),
          Stream.concat(annotations(sql, shown)),
          Stream.concat(filter === undefined ? Stream.fromEffect(exportWatches(sql)(0)) : Stream.empty),
        )
      }),
    )

const pageSize = 1000

/**
 * Rows in the order of a number that each has, page by page: a statement for each row would look
 * for all that are left, and sort them.
 */
const pages = <Row>(
  rowsAfter: (after: number) => Effect.Effect<ReadonlyArray<Row>, SqlError>,
  numberOf: (row: Row) => Long,
): Stream.Stream<ReadonlyArray<Row>, SqlError> =>
  Stream.unfold(0, after =>
    Effect.map(rowsAfter(after), rows => {
      const last = rows.at(-1)
      return last === undefined ? undefined : ([rows, Number(numberOf(last))] as const)
    }),
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
}): Observation =>
  observe({
    seenAt: row.seenAt,
    source: fromColumnText(row.source),
    runId: fromColumnText(row.runKey),
  })(row.value)

type RunRow = Pick<StoredRow, 'run' | 'run_key'>

const runs = (sql: SqlClient.SqlClient, shown: Fragment) =>
  pages(
    after => sql<RunRow>`
      select run, run_key from runs where run > ${after} and ${shown} order by run limit ${pageSize}`,
    ({ run }) => run,
  ).pipe(Stream.flattenIterable)

/** The snapshots of one run: those before the first damaged entry. */
const snapshotsOf = (sql: SqlClient.SqlClient, onDamage?: OnDamage) =>
  Effect.fnUntraced(function* ({ run, run_key: runKey }: RunRow) {
    const { snapshots, damage } = replay(yield* storedEntries(sql)(Number(run)))
    if (damage !== undefined && onDamage !== undefined) yield* onDamage(fromColumnText(runKey), damage)
    return snapshots.map(({ entry: { seenAt, source }, value }) =>
      observation({ seenAt, source, runKey, value }),
    )
  })

const items = (sql: SqlClient.SqlClient, condition = sql`1 = 1`) =>
  pages(
    after => sql<StoredItem>`select seq, text as run_key, seen_at, source, body
      from items join names on name = run_name
      where seq > ${after} and ${condition} order by seq limit ${pageSize}`,
    ({ seq }) => seq,
  ).pipe(Stream.map(rows => rows.map(ofItem)))

/** The items of some runs, id by id: several runs may share one. */
const itemsOfRuns = (sql: SqlClient.SqlClient, shown: Fragment) =>
  pages(
    after => sql<{ readonly name: Long }>`
      select name from names where name > ${after} and text in (select run_key from runs where ${shown})
      order by name limit ${pageSize}`,
    ({ name }) => name,
  ).pipe(
    Stream.flattenIterable,
    Stream.flatMap(({ name }) => items(sql, sql`run_name = ${Number(name)}`)),
  )

/** The observation of an event, a checkpoint or a result file. */
export const ofItem = (row: StoredItem): Observation =>
  observation({
    seenAt: Number(row.seen_at),
    source: row.source,
    runKey: row.run_key,
    value: fromColumnJson(row.body),
  })

/** The words of the user about the runs that have any, each as the record of an observation. */
const annotations = (sql: SqlClient.SqlClient, shown: Fragment) =>
  pages(
    after => sql<StoredRow>`select ${sql.literal(rowColumns)} from runs
      where run > ${after} and ${shown} and (tags <> '[]' or note <> '' or is_hidden = 1) order by run limit ${pageSize}`,
    ({ run }) => run,
  ).pipe(Stream.map(rows => rows.map(ofAnnotated)))

const ofAnnotated = (row: StoredRow): Observation => {
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
}

import { type Run, type RunSummary, summaryOf } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import type { SqlError } from 'effect/sql/SqlError'
import { insertAll, type Long, queryAll } from './batches.ts'
import type { Head } from './history.ts'
import { type Items, itemsOf } from './items.ts'
import { nameOf, type OpenRun } from './OpenRun.ts'
import { nextSeq } from './facts.ts'
import { encodeSummary, searchText, summaryColumns } from './summaryColumns.ts'

type WithHead = OpenRun & { readonly head: Head }

const hasHead = (run: OpenRun): run is WithHead => run.head !== undefined

/**
 * Writes the heads, summaries, last records and new entries of these runs. Each gets a number of
 * its own in the order of changes. `known` are items that need not be read.
 */
export const saveRuns =
  (sql: SqlClient.SqlClient) =>
  (runs: ReadonlyArray<OpenRun>, known?: Items): Effect.Effect<void, SqlError> =>
    Effect.gen(function* () {
      const written = runs.filter(hasHead)
      if (written.length === 0) return
      const items = yield* itemsOf(sql)(
        written.map(({ runKey }) => runKey),
        known,
      )
      const summaries = written.map(run => summaryOf(run.head.value as Run, items.get(run.runKey)))
      const first = yield* nextSeq(sql)(written.length)
      const insert = insertAll(sql)
      const saved = yield* insert<{ readonly run: Long; readonly run_key: string; readonly born: Long }>(
        'runs',
        {
          columns: [...keyColumns, ...updated],
          rows: written.map((run, i) => rowOf(run, summaries[i] as RunSummary, first + i)),
        },
        `on conflict (run_key, born) do update set ${updates} returning run, run_key, born`,
      )
      const ids = new Map(
        saved.map(row => [nameOf({ runKey: row.run_key, born: Number(row.born) }), Number(row.run)]),
      )
      const numbered = written.map(run => ({ run, id: ids.get(nameOf(run)) as number }))
      const texts = numbered.map(({ run, id }, i) => [
        id,
        searchText(summaries[i] as RunSummary, run.stored ?? { tags: '[]', note: '' }),
      ])
      yield* insert(
        'searches',
        { columns: ['run', 'text'], rows: texts },
        'on conflict (run) do update set text = excluded.text',
      )
      const longer = numbered.filter(({ run }) => run.entries.length > 0)
      yield* insert(
        'records',
        { columns: ['run', 'body'], rows: longer.map(({ run, id }) => [id, lastBody(run)]) },
        'on conflict (run) do update set body = excluded.body',
      )
      const rewritten = longer.filter(({ run }) => run.isRewritten).map(({ id }) => id)
      yield* queryAll(rewritten, some => sql`delete from entries where run in ${sql.in(some)}`)
      yield* insert('entries', {
        columns: entryColumns,
        rows: longer.flatMap(({ run, id }) => run.entries.map(entry => entryRow(id, entry))),
      })
    })

/** The JSON text of the last snapshot, which its entry has already if it is whole. */
const lastBody = ({ entries, head }: WithHead): string => {
  const last = entries.at(-1)
  return last?.isWhole === true ? last.body : JSON.stringify(head.value)
}

const entryColumns = ['run', 'n', 'digest', 'value_digest', 'seen_at', 'source', 'kind', 'is_whole', 'body']

const entryRow = (run: number, entry: OpenRun['entries'][number]) => {
  const { n, digest, valueDigest, seenAt, source, kind, isWhole, body } = entry
  return [run, n, digest, valueDigest, seenAt, source, kind, isWhole ? 1 : 0, body]
}

const keyColumns = ['run_key', 'born']

/** The columns that are written again. The words of the user are not among them. */
const updated = [
  'record_kind',
  'seen_in',
  'entry_count',
  'digest',
  'value_digest',
  'first_seen_at',
  'last_seen_at',
  'changed_seq',
  ...summaryColumns.map(({ key }) => key),
]

const rowOf = (run: WithHead, summary: RunSummary, seq: number) => {
  const { runKey, born, firstSeenAt, head, entries, stored } = run
  const seenIn = entries.at(-1)?.source ?? stored?.source ?? ''
  const { kind, entries: count, digest, valueDigest, seenAt } = head
  const own = [runKey, born, kind, seenIn, count, digest, valueDigest, firstSeenAt, seenAt, seq]
  return [...own, ...encodeSummary(summary)]
}

const updates = updated.map(column => `"${column}" = excluded."${column}"`).join(', ')

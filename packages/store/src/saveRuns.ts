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
        written.map((run, i) => rowOf(run, summaries[i] as RunSummary, first + i)),
        `on conflict (run_key, born) do update set ${updates} returning run, run_key, born`,
      )
      const ids = new Map(
        saved.map(row => [nameOf({ runKey: row.run_key, born: Number(row.born) }), Number(row.run)]),
      )
      const idOf = (run: OpenRun): number => ids.get(nameOf(run)) as number
      const texts = written.map((run, i) => ({
        run: idOf(run),
        text: searchText(summaries[i] as RunSummary, run.stored ?? { tags: '[]', note: '' }),
      }))
      yield* insert('searches', texts, 'on conflict (run) do update set text = excluded.text')
      const longer = written.filter(({ entries }) => entries.length > 0)
      yield* insert(
        'records',
        longer.map(run => ({ run: idOf(run), body: lastBody(run) })),
        'on conflict (run) do update set body = excluded.body',
      )
      const rewritten = longer.filter(({ isRewritten }) => isRewritten).map(idOf)
      yield* queryAll(rewritten, some => sql`delete from entries where run in ${sql.in(some)}`)
      yield* insert(
        'entries',
        longer.flatMap(run => run.entries.map(entry => entryRow(idOf(run), entry))),
      )
    })

/** The JSON text of the last snapshot, which its entry has already if it is whole. */
const lastBody = ({ entries, head }: WithHead): string => {
  const last = entries.at(-1)
  return last?.isWhole === true ? last.body : JSON.stringify(head.value)
}

const entryRow = (run: number, entry: OpenRun['entries'][number]) => ({
  run,
  n: entry.n,
  digest: entry.digest,
  value_digest: entry.valueDigest,
  seen_at: entry.seenAt,
  source: entry.source,
  kind: entry.kind,
  is_whole: entry.isWhole ? 1 : 0,
  body: entry.body,
})

/** The words of the user are not in this row: they stay as they are. */
const rowOf = (run: WithHead, summary: RunSummary, seq: number) => {
  const { runKey, born, firstSeenAt, head, entries, stored } = run
  return {
    run_key: runKey,
    born,
    record_kind: head.kind,
    seen_in: entries.at(-1)?.source ?? stored?.source ?? '',
    entry_count: head.entries,
    digest: head.digest,
    value_digest: head.valueDigest,
    first_seen_at: firstSeenAt,
    last_seen_at: head.seenAt,
    changed_seq: seq,
    ...encodeSummary(summary),
  }
}

const ownColumns = [
  'record_kind',
  'seen_in',
  'entry_count',
  'digest',
  'value_digest',
  'first_seen_at',
  'last_seen_at',
  'changed_seq',
]

const updates = [...ownColumns, ...summaryColumns.map(({ key }) => key)]
  .map(column => `"${column}" = excluded."${column}"`)
  .join(', ')

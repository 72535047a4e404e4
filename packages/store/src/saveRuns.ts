import { type Run, type RunSummary, summaryOf } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import { insertInto, type Long, queryAll } from './batches.ts'
import type { Entry, Head } from './history.ts'
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
export const saveRuns = Effect.fnUntraced(function* (
  sql: SqlClient.SqlClient,
  runs: ReadonlyArray<OpenRun>,
  known?: Items,
) {
  const written = runs.filter(hasHead)
  if (written.length === 0) return
  const items = yield* itemsOf(sql)(
    written.map(({ runKey }) => runKey),
    known,
  )
  const first = yield* nextSeq(sql)(written.length)
  const summarized = written.map((run, i) => ({
    run,
    summary: summaryOf(run.head.value as Run, items.get(run.runKey)),
    seq: first + i,
  }))
  const saved = yield* insertRuns(sql)(summarized, rowOf)
  const ids = new Map(
    saved.map(row => [nameOf({ runKey: row.run_key, born: Number(row.born) }), Number(row.run)]),
  )
  const numbered = summarized.map(({ run, summary }) => ({
    run,
    summary,
    id: ids.get(nameOf(run)) as number,
  }))
  yield* insertSearches(sql)(numbered, ({ id, run, summary }) => [
    id,
    searchText(summary, run.stored ?? { tags: '[]', note: '' }),
  ])
  const longer = numbered.filter(({ run }) => run.entries.length > 0)
  yield* insertRecords(sql)(longer, ({ run, id }) => [id, lastBody(run)])
  const rewritten = longer.filter(({ run }) => run.isRewritten).map(({ id }) => id)
  yield* queryAll(rewritten, some => sql`delete from entries where run in ${sql.in(some)}`)
  yield* insertEntries(sql)(
    longer.flatMap(({ run, id }) => run.entries.map(entry => ({ id, entry }))),
    entryRow,
  )
})

/** The JSON text of the last snapshot, which its entry has already if it is whole. */
const lastBody = ({ entries, head }: WithHead): string => {
  const last = entries.at(-1)
  return last?.isWhole === true ? last.body : JSON.stringify(head.value)
}

const insertEntries = insertInto('entries', [
  'run',
  'n',
  'digest',
  'value_digest',
  'seen_at',
  'source',
  'kind',
  'is_whole',
  'body',
])

const entryRow = ({ id, entry }: { readonly id: number; readonly entry: Entry }) => {
  const { n, digest, valueDigest, seenAt, source, kind, isWhole, body } = entry
  return [id, n, digest, valueDigest, seenAt, source, kind, isWhole ? 1 : 0, body]
}

const insertSearches = insertInto(
  'searches',
  ['run', 'text'],
  'on conflict (run) do update set text = excluded.text',
)

const insertRecords = insertInto(
  'records',
  ['run', 'body'],
  'on conflict (run) do update set body = excluded.body',
)

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

const updates = updated.map(column => `"${column}" = excluded."${column}"`).join(', ')

const insertRuns = insertInto<{ readonly run: Long; readonly run_key: string; readonly born: Long }>(
  'runs',
  ['run_key', 'born', ...updated],
  `on conflict (run_key, born) do update set ${updates} returning run, run_key, born`,
)

interface Summarized {
  readonly run: WithHead
  readonly summary: RunSummary
  readonly seq: number
}

const rowOf = ({ run, summary, seq }: Summarized) => {
  const { runKey, born, firstSeenAt, head, entries, stored } = run
  const seenIn = entries.at(-1)?.source ?? stored?.source ?? ''
  const { kind, entries: count, digest, valueDigest, seenAt } = head
  const own = [runKey, born, kind, seenIn, count, digest, valueDigest, firstSeenAt, seenAt, seq]
  return [...own, ...encodeSummary(summary)]
}

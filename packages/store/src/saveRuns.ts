import { type Run, summaryOf } from '@finetune-kit/model'
import * as Effect from 'effect/Effect'
import type * as SqlClient from 'effect/sql/SqlClient'
import { insertInto, type Long, queryAll } from './batches.ts'
import type { Entry, Head } from './history.ts'
import { type Items, itemsOf } from './items.ts'
import { nameOf, type OpenRun } from './OpenRun.ts'
import { nextSeq } from './facts.ts'
import { headColumns } from './RunRow.ts'
import { encodeSummary, searchText, summaryColumns } from './summaryColumns.ts'

type WithHead = OpenRun & { readonly head: Head }

const hasHead = (run: OpenRun): run is WithHead => run.head !== undefined

export interface SaveOptions {
  /** Items of runs that need not be read. */
  readonly known?: Items | undefined
  /** Runs whose last change has a higher number than this keep their summaries as they are. */
  readonly postponedAfter?: number | undefined
}

/**
 * Writes the heads, summaries, last records and new entries of these runs. Each gets a number of
 * its own in the order of changes. Returns the ids of those whose summaries are to be computed.
 */
export const saveRuns = Effect.fnUntraced(function* (
  sql: SqlClient.SqlClient,
  runs: ReadonlyArray<OpenRun>,
  { known, postponedAfter = Infinity }: SaveOptions = {},
) {
  const written = runs.filter(hasHead)
  if (written.length === 0) return new Set<string>()
  const first = yield* nextSeq(sql)(written.length)
  const numbered = written.map((run, i) => ({ run, seq: first + i }))
  const isPostponed = ({ run }: Numbered) => (run.stored?.changedSeq ?? 0) > postponedAfter
  const old = numbered.filter(isPostponed)
  const fresh = old.length === 0 ? numbered : numbered.filter(one => !isPostponed(one))
  yield* insertHeads(sql)(old, headCells)
  const ids = yield* saveSummaries(sql, fresh, known)
  const longer = written
    .filter(({ entries }) => entries.length > 0)
    .map(run => ({ run, id: run.stored?.run ?? (ids.get(nameOf(run)) as number) }))
  yield* insertRecords(sql)(longer, ({ run, id }) => [id, lastBody(run)])
  const rewritten = longer.filter(({ run }) => run.isRewritten).map(({ id }) => id)
  yield* queryAll(rewritten, some => sql`delete from entries where run in ${sql.in(some)}`)
  yield* insertEntries(sql)(
    longer.flatMap(({ run, id }) => run.entries.map(entry => ({ id, entry }))),
    entryRow,
  )
  return new Set(old.map(({ run }) => run.runKey))
})

/** Writes the rows of these runs with their summaries; returns the number of each run. */
const saveSummaries = Effect.fnUntraced(function* (
  sql: SqlClient.SqlClient,
  runs: ReadonlyArray<Numbered>,
  known: Items | undefined,
) {
  const items = yield* itemsOf(sql)(
    runs.map(({ run }) => run.runKey),
    known,
  )
  const summarized = runs.map(({ run, seq }) => ({
    run,
    seq,
    summary: summaryOf(run.head.value as Run, items.get(run.runKey)),
  }))
  const saved = yield* insertRuns(sql)(summarized, one => [...headCells(one), ...encodeSummary(one.summary)])
  const ids = new Map(
    saved.map(row => [nameOf({ runKey: row.run_key, born: Number(row.born) }), Number(row.run)]),
  )
  yield* insertSearches(sql)(summarized, ({ run, summary }) => [
    ids.get(nameOf(run)) as number,
    searchText(summary, run.stored ?? { tags: '[]', note: '' }),
  ])
  return ids
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

/** An insert of runs that writes these columns again where a run is there already. */
const upsertInto = <B extends object>(updated: ReadonlyArray<string>, suffix = '') => {
  const updates = updated.map(column => `"${column}" = excluded."${column}"`).join(', ')
  return insertInto<B>(
    'runs',
    ['run_key', 'born', ...updated],
    `on conflict (run_key, born) do update set ${updates} ${suffix}`,
  )
}

const insertHeads = upsertInto(headColumns)
const insertRuns = upsertInto<{ readonly run: Long; readonly run_key: string; readonly born: Long }>(
  [...headColumns, ...summaryColumns.map(({ key }) => key)],
  'returning run, run_key, born',
)

interface Numbered {
  readonly run: WithHead
  readonly seq: number
}

const headCells = ({ run, seq }: Numbered) => {
  const { runKey, born, firstSeenAt, head, entries, stored } = run
  const seenIn = entries.at(-1)?.source ?? stored?.source ?? ''
  const { kind, entries: count, digest, valueDigest, seenAt } = head
  return [runKey, born, kind, seenIn, count, digest, valueDigest, firstSeenAt, seenAt, seq]
}

import type { RunSummary } from '@finetune-kit/model'
import type { Long } from './batches.ts'
import { fromColumnList } from './columnJson.ts'
import { fromColumnText } from './columnText.ts'
import { decodeSummary, summaryColumns } from './summaryColumns.ts'

/** A run as one row of a list. */
export interface RunRow {
  readonly id: string
  readonly summary: RunSummary
  /** Tells runs of one id apart: when the run was created, in Unix seconds. */
  readonly born: number
  readonly tags: ReadonlyArray<string>
  readonly note: string
  readonly isHidden: boolean
  /** The place where its last snapshot was seen. */
  readonly source: string
  /** The number of entries of its history. */
  readonly entries: number
  readonly firstSeenAt: number
  readonly lastSeenAt: number
  /** The number of its last change: the cursor of live changes. */
  readonly seq: number
}

/** A row of the table `runs`. */
export interface StoredRow {
  readonly run: Long
  readonly run_key: string
  readonly born: Long
  readonly record_kind: string
  readonly seen_in: string
  readonly entry_count: Long
  readonly digest: string
  readonly value_digest: string
  readonly first_seen_at: Long
  readonly last_seen_at: Long
  readonly changed_seq: Long
  readonly tags: string
  readonly note: string
  readonly is_hidden: Long
  readonly [column: string]: unknown
}

/** The columns of a run that change with its history: not its identity, nor the words of the user. */
export const headColumns = [
  'record_kind',
  'seen_in',
  'entry_count',
  'digest',
  'value_digest',
  'first_seen_at',
  'last_seen_at',
  'changed_seq',
]

const own = ['run', 'run_key', 'born', ...headColumns, 'tags', 'note', 'is_hidden']

/** The columns of a list, without the text that searches look into. */
export const rowColumns: string = [...own, ...summaryColumns.map(({ key }) => key)]
  .map(column => `"${column}"`)
  .join(', ')

export const decodeRow = (row: StoredRow): RunRow => ({
  id: fromColumnText(row.run_key),
  summary: decodeSummary(row),
  born: Number(row.born),
  tags: fromColumnList(row.tags),
  note: fromColumnText(row.note),
  isHidden: Number(row.is_hidden) === 1,
  source: fromColumnText(row.seen_in),
  entries: Number(row.entry_count),
  firstSeenAt: Number(row.first_seen_at),
  lastSeenAt: Number(row.last_seen_at),
  seq: Number(row.changed_seq),
})

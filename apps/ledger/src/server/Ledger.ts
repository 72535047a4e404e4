import type { ArchiveContent, ArchivedRun } from '@finetune-kit/archive'
import { type Run, type RunResources, RunSummary, summaryOf } from '@finetune-kit/model'
import type { RunRow } from '../api/responses.ts'

/** A run with all its records, and its row in the table. */
export interface LedgerRun extends ArchivedRun {
  /** The run in a URL. */
  readonly key: string
  readonly last: Run
  readonly summary: RunSummary
  readonly row: RunRow
}

/** The runs of some files, in their order. */
export interface Ledger {
  /** The names of the files. */
  readonly sources: ReadonlyArray<string>
  readonly runs: ReadonlyArray<LedgerRun>
  /** The number of records by kind that belong to no run. */
  readonly unjoined: ReadonlyMap<string, number>
  /** Lines about the records that were rejected. */
  readonly rejects: ReadonlyArray<string>
  /** The number of rejected records. */
  readonly rejected: number
}

/** The runs of an archive with their rows. */
export const ledgerRuns = ({ runs }: ArchiveContent): ReadonlyArray<LedgerRun> =>
  runs.flatMap((run, index) => {
    const last = run.snapshots.at(-1) as Run | undefined
    if (last === undefined) return []
    const own = { ...run, key: keyOf(run.id, index), last }
    const summary = summaryOf(last, resourcesOf(own))
    return [{ ...own, summary, row: rowOf(own, summary) }]
  })

/** The records of a run other than its snapshots. */
export const resourcesOf = ({
  events,
  checkpoints,
  results,
}: Pick<LedgerRun, 'events' | 'checkpoints' | 'results'>): RunResources => ({ events, checkpoints, results })

/** Returns the run of a key, or of an index from 0. */
export const findRun =
  ({ runs }: Ledger) =>
  (key: string): LedgerRun | undefined =>
    /^\d{1,9}$/.test(key) ? runs[Number(key)] : runs.find(run => run.key === key)

/** An id is a key where no URL, router or browser takes it for anything else. */
const keyOf = (id: string, index: number): string => (/^[A-Za-z][\w:-]{0,199}$/.test(id) ? id : String(index))

const rowOf = ({ key, snapshots }: Pick<LedgerRun, 'key' | 'snapshots'>, summary: RunSummary): RunRow => ({
  key,
  snapshots: snapshots.length,
  ...(Object.fromEntries(Object.entries(summary).filter(([, value]) => value !== null)) as RunSummary),
})

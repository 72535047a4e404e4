import type { RecordKind, Run, RunResources } from '@finetune-kit/model'

/** A run as an archive has it. */
export interface ReportRun extends RunResources {
  readonly id: string
  /** The kind of its snapshots. */
  readonly kind: Pick<RecordKind.RecordKind, 'codec'>
  /** At least one; the last one is the newest. */
  readonly snapshots: ReadonlyArray<unknown>
  /** Time at which each snapshot was seen, in Unix seconds, where an observation tells it. */
  readonly seenAt?: ReadonlyArray<number | null>
}

/** The newest snapshot of a run. */
export const lastOf = ({ snapshots }: ReportRun): Run => snapshots.at(-1) as Run

/** The names of runs for a reader, each once: ids may be empty or blank, or that of two runs. */
export const namesOf = (runs: ReadonlyArray<Pick<ReportRun, 'id'>>): ReadonlyArray<string> => {
  const counts = new Map<string, number>()
  return runs.map(({ id }) => {
    const name = id.trim() === '' ? 'run without an id' : id
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  })
}

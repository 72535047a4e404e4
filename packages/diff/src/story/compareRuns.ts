import { Identity } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import { isFields } from '../internal/json.ts'
import { recordLines } from '../internal/recordLines.ts'
import { narratorFor } from './narrative/narratorFor.ts'

/** Several runs, field by field. */
export interface RunComparison {
  /** What the runs are called: by their identity, else by their number from 1. */
  readonly runs: ReadonlyArray<string>
  /** What differs first. */
  readonly rows: ReadonlyArray<ComparisonRow>
}

export interface ComparisonRow {
  readonly label: string
  /** A text a run; null where it has nothing of the kind. */
  readonly cells: ReadonlyArray<string | null>
  /** Whether the runs that are compared differ in it. */
  readonly differs: boolean
}

export interface CompareOptions {
  /** Also the rows in which all runs agree; only what differs, otherwise. */
  readonly all?: boolean
  /** The final metrics of each run, where they are known: `{ training_loss: 0.12 }`. */
  readonly metrics?: ReadonlyArray<Readonly<Record<string, number | null>> | undefined>
}

/**
 * Runs (not snapshots of one) side by side: what can be reckoned from them (cost, durations), their final metrics,
 * and their fields. Logs are left out: every run has one of its own. Runs that are not given do not count.
 *
 * @example
 * const Run = annotate(record('Run', { id: t.string, epochs: Integer }), { identity: { key: 'id' } })
 * const { runs, rows } = compareRuns(Run)([{ id: 'a', epochs: 2 }, { id: 'b', epochs: 4 }])
 * runs // => ['a', 'b']
 * rows // => [{ label: 'epochs', cells: ['2', '4'], differs: true }]
 */
export const compareRuns = <A>(codec: t.Type<A, unknown>) => {
  const leavesOf = recordLines(codec, 'index')
  const { key, idOf } = Identity.of(codec)
  const nameOf = (run: unknown, i: number): string => {
    const id = idOf(run)
    return typeof id === 'string' ? id : String(i + 1)
  }

  return (runs: ReadonlyArray<A>, { all = false, metrics = [] }: CompareOptions = {}): RunComparison => {
    const columns = runs.map((run, i): ReadonlyMap<string, string | null> => {
      const derived = narratorFor(run)?.derived(run) ?? []
      const measured = Object.entries(metrics[i] ?? {})
      const fields = leavesOf(withoutKey(run, key))
      return new Map([
        ...derived,
        ...measured.map(([name, x]) => [`Metric ${name}`, x === null ? null : String(x)] as const),
        ...fields.filter(leaf => !leaf.isItem).map(leaf => [leaf.label, leaf.text] as const),
      ])
    })
    const labels = new Set(columns.flatMap(column => [...column.keys()]))
    const rows = [...labels]
      .map(label => {
        const cells = columns.map(column => column.get(label) ?? null)
        return { label, cells, differs: cells.some(cell => cell !== cells[0]) }
      })
      .filter(({ cells }) => cells.some(cell => cell !== null))
    const differing = rows.filter(row => row.differs)
    return {
      runs: runs.map(nameOf),
      rows: all ? [...differing, ...rows.filter(row => !row.differs)] : differing,
    }
  }
}

/** The runs are called by it: a row of it would say nothing. */
const withoutKey = (run: unknown, key: string | undefined): unknown =>
  key !== undefined && isFields(run)
    ? Object.fromEntries(Object.entries(run).filter(([name]) => name !== key))
    : run

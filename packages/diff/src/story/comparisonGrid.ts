import { deltaOf } from './comparisonCell.ts'
import type { ComparisonRow, RunComparison } from './compareRuns.ts'

/** A cell of a drawn comparison. */
export interface GridCell {
  readonly text: string
  readonly isNumber: boolean
  /** True for a text of the record. */
  readonly isText: boolean
  readonly isBest: boolean
}

/**
 * The cells of one field, one for each run, with the difference from the baseline where there is
 * one.
 */
export const cellsOf = (row: ComparisonRow): ReadonlyArray<GridCell> =>
  row.cells.map((cell, i) => {
    const delta = row.deltas[i] ?? null
    return {
      text:
        cell === null ? '' : delta === null || delta === 0 ? cell : `${cell} (${deltaOf(delta, row.unit)})`,
      isNumber: typeof row.values[i] === 'number' && row.unit !== 'Unix seconds',
      isText: typeof row.values[i] === 'string',
      isBest: row.best[i] === true,
    }
  })

/** The heading of each run. */
export const headings = ({ runs, baseline }: RunComparison): ReadonlyArray<string> =>
  runs.map((run, i) => (i === baseline ? `${run} (baseline)` : run))

import type { Run, RunResources, SummaryGroup } from '@finetune-kit/model'
import { type ComparedField, comparedFields } from './comparedFields.ts'
import { cellOf } from './comparisonCell.ts'

/** Several runs, field by field. */
export interface RunComparison {
  /** The ids of the runs. */
  readonly runs: ReadonlyArray<string>
  /** The index of the run that the others are measured against; null without one. */
  readonly baseline: number | null
  /** Rows that differ come first. */
  readonly rows: ReadonlyArray<ComparisonRow>
}

/** One field of all runs. Every list has an entry for each run. */
export interface ComparisonRow {
  readonly field: string
  readonly label: string
  readonly unit: string | null
  /** The part of the run that it belongs to. */
  readonly group: SummaryGroup
  /** Null where a run has no value, or a record does not tell it. */
  readonly values: ReadonlyArray<string | number | null>
  /** The values as people read them. */
  readonly cells: ReadonlyArray<string | null>
  /** True for the runs with the best value. None has it where better is not defined. */
  readonly best: ReadonlyArray<boolean>
  /** The difference of each number from the baseline's; null where there is none. */
  readonly deltas: ReadonlyArray<number | null>
  /** True if the compared runs differ in it. */
  readonly differs: boolean
}

/** A run and the records that belong to it. */
export interface ComparedRun extends RunResources {
  readonly run: Run
}

export interface CompareOptions {
  /** Keep the rows in which all runs agree. Default: false. */
  readonly all?: boolean
  /** The id of the run that the others are measured against, or its index. Default: none. */
  readonly baseline?: string | number | undefined
}

/**
 * Compares runs of both families by what `RunSummary` tells of them, further hyperparameters and
 * metrics. Null and absent are one. Only the runs that are passed count.
 */
export const compareRuns = (
  compared: ReadonlyArray<ComparedRun>,
  { all = false, baseline }: CompareOptions = {},
): RunComparison => {
  const columns = compared.map(({ run, ...resources }) => comparedFields(run, resources))
  const runs = compared.map(({ run }) => run.id)
  const index = typeof baseline === 'string' ? runs.indexOf(baseline) : (baseline ?? -1)
  const base = index in runs ? index : null
  const fields = new Map(columns.flatMap(column => [...column]))
  const rows = [...fields]
    .map(([field, facts]) => {
      const values = columns.map(column => column.get(field)?.value ?? null)
      return rowOf(field, facts, values, base)
    })
    .filter(({ values }) => values.some(value => value !== null))
    .filter((row, _, all) => !isRepeated(row, all))
  const differing = rows.filter(row => row.differs)
  return {
    runs,
    baseline: base,
    rows: all ? [...differing, ...rows.filter(row => !row.differs)] : differing,
  }
}

/** True for the best values of a metric where they are the last ones, which have a row already. */
const isRepeated = ({ field, values }: ComparisonRow, rows: ReadonlyArray<ComparisonRow>): boolean => {
  const last = field.startsWith('best_') ? rows.find(row => row.field === field.slice(5)) : undefined
  return last !== undefined && values.every((value, i) => value === last.values[i])
}

const rowOf = (
  field: string,
  { label, unit, group, goal }: ComparedField,
  values: ComparisonRow['values'],
  baseline: number | null,
): ComparisonRow => {
  const differs = values.some(value => value !== values[0])
  const numbers = values.filter(value => typeof value === 'number')
  const best =
    goal === null || numbers.length < 2
      ? undefined
      : numbers.reduce((a, b) => (goal === 'minimize' ? Math.min(a, b) : Math.max(a, b)))
  const base = baseline === null || unit === 'Unix seconds' ? null : (values[baseline] ?? null)
  return {
    field,
    label,
    unit,
    group,
    values,
    cells: values.map(value => cellOf(value, unit)),
    best: values.map(value => differs && value !== null && value === best),
    deltas: values.map((value, i) =>
      typeof value === 'number' && typeof base === 'number' && i !== baseline ? value - base : null,
    ),
    differs,
  }
}

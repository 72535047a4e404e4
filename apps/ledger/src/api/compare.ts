import { Finite, Integer, nullable, record } from '@finetune-kit/codec'
import { Curve } from '@finetune-kit/model'
import * as t from 'io-ts'
import { RunRow } from './RunRow.ts'

const Cell = t.union([t.string, Finite, t.null])

/** One field of all runs. Every list has an entry for each run. */
const ComparisonRow = record('ComparisonRow', {
  field: t.string,
  label: t.string,
  unit: nullable(t.string),
  values: t.readonlyArray(Cell),
  /** The values as people read them. */
  cells: t.readonlyArray(nullable(t.string)),
  best: t.readonlyArray(t.boolean),
  /** The difference of each number from the baseline's. */
  deltas: t.readonlyArray(nullable(Finite)),
  differs: t.boolean,
})

/** `GET /api/compare`: several runs, field by field, differing rows first. */
export const Comparison = record('Comparison', {
  runs: t.readonlyArray(
    record('ComparedRun', { key: t.string, summary: RunRow, curves: t.readonlyArray(Curve) }),
  ),
  /** The index of the run that the others are measured against. */
  baseline: nullable(Integer),
  rows: t.readonlyArray(ComparisonRow),
})
export interface Comparison extends t.TypeOf<typeof Comparison> {}

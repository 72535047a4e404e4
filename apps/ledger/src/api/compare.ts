import { Finite, Integer, nullable, record } from '@finetune-kit/codec'
import * as t from 'io-ts'

const Cell = t.union([t.string, Finite, t.null])

/** One field of all runs. Every list has an entry for each run. */
const ComparisonRow = record('ComparisonRow', {
  field: t.string,
  label: t.string,
  unit: nullable(t.string),
  /** The part of the run that it belongs to: see `SummaryGroup` of the model. */
  group: t.keyof({ identity: null, course: null, hyperparameters: null, metrics: null }),
  values: t.readonlyArray(Cell),
  /** The values as people read them. */
  cells: t.readonlyArray(nullable(t.string)),
  best: t.readonlyArray(t.boolean),
  /** The difference of each number from the baseline's. */
  deltas: t.readonlyArray(nullable(Finite)),
  differs: t.boolean,
})

/** A run of a comparison. Its curves are asked for one by one. */
const ComparedRun = record('ComparedRun', { key: t.string, id: t.string })

/** `GET /api/compare`: several runs, field by field, differing rows first. */
export const Comparison = record('Comparison', {
  runs: t.readonlyArray(ComparedRun),
  /** The index of the run that the others are measured against. */
  baseline: nullable(Integer),
  rows: t.readonlyArray(ComparisonRow),
  /** The number of further rows, which are left out. */
  more: Integer,
})
export interface Comparison extends t.TypeOf<typeof Comparison> {}

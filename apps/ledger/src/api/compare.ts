import { Finite, Integer, nullable, record } from '@finetune-kit/codec'
import { Curve } from '@finetune-kit/model'
import * as t from 'io-ts'
import { StepTime } from './run.ts'
import { RunRow } from './RunRow.ts'

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

/** A run of a comparison, with what its curves need. */
const ComparedRun = record('ComparedRun', {
  key: t.string,
  summary: RunRow,
  curves: t.readonlyArray(Curve),
  /** When its steps were done, in Unix seconds. */
  times: t.readonlyArray(StepTime),
  started_at: nullable(Finite),
})

/** `GET /api/compare`: several runs, field by field, differing rows first. */
export const Comparison = record('Comparison', {
  runs: t.readonlyArray(ComparedRun),
  /** The index of the run that the others are measured against. */
  baseline: nullable(Integer),
  rows: t.readonlyArray(ComparisonRow),
})
export interface Comparison extends t.TypeOf<typeof Comparison> {}

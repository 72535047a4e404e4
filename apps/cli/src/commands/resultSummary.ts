import { escapeUnprintable } from '@finetune-kit/codec'
import { cellOf } from '@finetune-kit/diff/story'
import { type Curve, curvesOf } from '@finetune-kit/model'
import type { ResultMetrics } from '@finetune-kit/model/results'
import { pluralize } from '../pluralize.ts'

/** A result file in short: its rows and steps, and each metric with its best and last value. */
export interface ResultSummary {
  readonly rows: number
  /** The first and the last step; null where no row has one. */
  readonly steps: readonly [first: number, last: number] | null
  readonly metrics: ReadonlyArray<Pick<Curve, 'metric' | 'best' | 'last'> & { readonly points: number }>
}

export const resultSummary = (file: ResultMetrics.ResultMetrics): ResultSummary => {
  const steps = file.rows.flatMap(({ step }) => (step === null ? [] : [step]))
  const [first] = steps
  return {
    rows: file.rows.length,
    steps:
      first === undefined
        ? null
        : steps.reduce(
            ([least, most], step) => [Math.min(least, step), Math.max(most, step)],
            [first, first],
          ),
    metrics: curvesOf({ results: [file] }).map(({ metric, points, best, last }) => ({
      metric,
      points: points.length,
      best,
      last,
    })),
  }
}

/** Draws the summary as a table below a line that names the file. */
export const resultText = (name: string, { rows, steps, metrics }: ResultSummary): string => {
  const range = steps === null ? 'no steps' : `steps ${shortened(steps[0])} to ${shortened(steps[1])}`
  const head = `${name}: result file, ${pluralize(rows, 'row')}, ${range}`
  const table = [
    ['metric', 'values', 'best', 'at step', 'last'],
    ...metrics.map(({ metric, points, best, last }) => [
      escapeUnprintable(metric, 80),
      shortened(points),
      best === null ? '' : shortened(best.value),
      best === null ? '' : shortened(best.step),
      shortened(last.value),
    ]),
  ]
  const widths = table[0]?.map((_, column) => Math.max(...table.map(row => row[column]?.length ?? 0))) ?? []
  const lines = table.map(row =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  )
  return [head, ...(metrics.length === 0 ? [] : lines.map(line => `  ${line}`))].join('\n')
}

const shortened = (value: number): string => cellOf(value, null) ?? ''

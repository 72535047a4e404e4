import { type ComparisonRow, cellOf, type RunComparison } from '@finetune-kit/diff/story'
import { scaleLinear, scaleLog, scalePoint } from 'd3-scale'
import { line } from 'd3-shape'
import { round, type Tick, tickLabel } from '../chart/Axis.ts'
import type { Place } from '../chart/thin.ts'

/** Runs as lines across parallel axes: hyperparameters on the left, final metrics on the right. */
export interface ParallelChart {
  readonly width: number
  readonly height: number
  readonly top: number
  readonly bottom: number
  readonly axes: ReadonlyArray<ParallelAxis>
  /** A line for each run, in their order. */
  readonly lines: ReadonlyArray<ParallelLine>
}

/** One field of all runs. */
export interface ParallelAxis {
  readonly field: string
  readonly label: string
  readonly x: number
  readonly ticks: ReadonlyArray<Tick>
}

/** One run. The line has a gap at each axis that the run has no value for. */
export interface ParallelLine {
  readonly run: string
  readonly isBaseline: boolean
  readonly path: string
  readonly dots: ReadonlyArray<Place & { readonly isBest: boolean }>
}

const maxAxes = 10
const maxWords = 8

/**
 * Lays out the hyperparameters and final metrics in which runs differ. There are no axes for texts
 * of more than eight kinds.
 */
export const layoutParallel = (
  comparison: RunComparison,
  { width, height }: { readonly width: number; readonly height: number },
): ParallelChart => {
  const [top, bottom] = [44, height - 12]
  const rows = axisRows(comparison)
  const step = width / Math.max(1, rows.length)
  const axes = rows.map((row, i) => ({ row, x: round(step * (i + 0.5)), scale: scaleOf(row, top, bottom) }))
  const pathOf = line<Place | null>(
    place => place?.x ?? 0,
    place => place?.y ?? 0,
  )
    .defined(place => place !== null)
    .digits(1)
  return {
    width,
    height,
    top,
    bottom,
    axes: axes.map(({ row, x, scale }) => ({ field: row.field, label: row.label, x, ticks: scale.ticks })),
    lines: comparison.runs.map((run, i) => {
      const places = axes.map(({ row, x, scale }) => {
        const y = scale.place(row.values[i] ?? null)
        return y === null ? null : { x, y, isBest: row.best[i] === true }
      })
      return {
        run,
        isBaseline: comparison.baseline === i,
        path: pathOf(places) ?? '',
        dots: places.filter(place => place !== null),
      }
    }),
  }
}

/** The rows that make an axis. The best value of a metric has none next to its last one. */
const axisRows = ({ rows }: RunComparison): ReadonlyArray<ComparisonRow> => {
  const metrics = rows.filter(({ group }) => group === 'metrics')
  const last = metrics.filter(({ field }) => !field.startsWith('best_'))
  return [...rows.filter(({ group }) => group === 'hyperparameters'), ...last]
    .filter(({ differs, values }) => differs && values.filter(value => value !== null).length > 1)
    .filter(({ values }) => isNumeric(values) || new Set(values).size <= maxWords)
    .slice(0, maxAxes)
}

const isNumeric = (values: ComparisonRow['values']): boolean =>
  values.every(value => value === null || typeof value === 'number')

interface FieldScale {
  readonly place: (value: string | number | null) => number | null
  readonly ticks: ReadonlyArray<Tick>
}

const scaleOf = ({ values, unit }: ComparisonRow, top: number, bottom: number): FieldScale => {
  const known = [...new Set(values.filter(value => value !== null))]
  if (!isNumeric(values)) {
    const words = known.map(String).toSorted()
    const scale = scalePoint(words, [bottom, top]).padding(0.3)
    const place = (value: string | number | null) =>
      value === null ? null : round(scale(String(value)) ?? top)
    return { place, ticks: words.map(word => ({ at: place(word) ?? top, label: word })) }
  }
  const numbers = known.filter(value => typeof value === 'number')
  const [least, greatest] = [Math.min(...numbers), Math.max(...numbers)]
  // a difference of huge values is no number: their quarters have one
  const domain = [least / 4, greatest / 4]
  const scale = (isWide(least, greatest) ? scaleLog() : scaleLinear()).domain(domain).range([bottom, top])
  const place = (value: string | number | null) => {
    const y = typeof value === 'number' ? round(scale(value / 4)) : Number.NaN
    return Number.isFinite(y) ? y : null
  }
  const label = (value: number): string =>
    unit === null || unit === 'steps' || unit === 'epochs'
      ? tickLabel(Number.isInteger(value) ? value : Number(value.toPrecision(4)))
      : (cellOf(value, unit) ?? '')
  return {
    place,
    ticks: [...new Set([least, greatest])].map(value => ({ at: place(value) ?? top, label: label(value) })),
  }
}

/** True for values like learning rates, which are chosen by their magnitude. */
const isWide = (least: number, greatest: number): boolean => least > 0 && greatest / least >= 50

import type { Curve, CurvePoint } from './Curve.ts'
import { compareMetrics, goalOf, metricName } from './metricNames.ts'
import { get, keys, list, number, positive } from './run/read.ts'
import type { RunResources } from './run/Run.ts'
import { type LogEntry, logOf } from './run/RunLog.ts'

/**
 * Returns the metrics of a run by step, from its result files, metric events, checkpoints and step
 * messages. Where several tell a step, the most exact source counts: messages are rounded.
 *
 * Laws: repeating records changes nothing, and neither does the order of events, of checkpoints or
 * of result files. Never throws, whatever it is given.
 */
export const curvesOf = (
  resources: Pick<RunResources, 'events' | 'checkpoints' | 'results'>,
): ReadonlyArray<Curve> => curvesOfLog(logOf(get(resources, 'events')), resources)

/** The same for events that are read already. */
export const curvesOfLog = (
  log: ReadonlyArray<LogEntry>,
  resources: Pick<RunResources, 'checkpoints' | 'results'>,
): ReadonlyArray<Curve> => {
  const curves: Curves = new Map()
  read(log, resources, curves)
  return inOrder(curves)
}

/**
 * Joins the curves of two parts of a run's records. Where both tell a step by one kind of record,
 * the second counts.
 *
 * Law: `joinCurves(curvesOf({ events }), curvesOf({ results }))` = `curvesOf({ events, results })`.
 */
export const joinCurves = (
  first: ReadonlyArray<Curve>,
  second: ReadonlyArray<Curve>,
): ReadonlyArray<Curve> => {
  const curves: Curves = new Map()
  for (const [at, part] of [first, second].entries())
    for (const { metric, points } of part)
      for (const { step, value, source } of points) add(curves, metric, value, { step, at, source })
  return inOrder(curves)
}

const inOrder = (curves: Curves): ReadonlyArray<Curve> =>
  [...curves]
    .toSorted(([a], [b]) => compareMetrics(a, b))
    .map(([metric, found]) => toCurve(metric, [...found.values()]))

/** A value that some record tells, and when that record was written. */
interface Reading extends Readonly<CurvePoint> {
  readonly at: number
}

/** The best reading of each step, by metric. */
type Curves = Map<string, Map<number, Reading>>

/** Adds each value that the records tell. */
const read = (log: ReadonlyArray<LogEntry>, resources: unknown, curves: Curves): void => {
  for (const file of list(get(resources, 'results')))
    for (const row of list(get(file, 'rows')))
      readValues(curves, get(row, 'values'), {
        step: number(get(row, 'step')),
        at: number(get(row, 'line')) ?? 0,
        source: 'results',
      })
  for (const checkpoint of list(get(resources, 'checkpoints'))) {
    const metrics = get(checkpoint, 'metrics')
    // the documentation's examples hold a fraction in the step of the metrics
    const step = positive(get(checkpoint, 'step_number')) ?? number(get(metrics, 'step'))
    const at = positive(get(checkpoint, 'created_at')) ?? 0
    readValues(curves, metrics, { step, at, source: 'checkpoint' })
  }
  for (const { at, message, data, step } of log) {
    readValues(curves, data, { step, at, source: 'event' })
    if (message._tag === 'Step')
      readValues(curves, message.metrics, { step: message.done, at, source: 'message' })
  }
}

/** The origin of the values of one record. */
type Origin = Omit<Reading, 'value'>

const readValues = (
  curves: Curves,
  values: unknown,
  { step, at, source }: Omit<Origin, 'step'> & { readonly step: number | null },
): void => {
  if (step === null) return
  for (const name of keys(values)) {
    const metric = metricName(name)
    const value = number(get(values, name))
    if (metric !== null && value !== null) add(curves, metric, value, { step, at, source })
  }
}

const add = (curves: Curves, metric: string, value: number, { step, at, source }: Origin): void => {
  let curve = curves.get(metric)
  if (curve === undefined) curves.set(metric, (curve = new Map<number, Reading>()))
  const known = curve.get(step)
  const reading = { step, value, source, at }
  if (known === undefined || isBetter(reading, known)) curve.set(step, reading)
}

const sources: ReadonlyArray<CurvePoint['source']> = ['results', 'event', 'checkpoint', 'message']

/** The more exact source wins, then the later record: a resumed job goes through steps again. */
const isBetter = (a: Reading, b: Reading): boolean =>
  (sources.indexOf(b.source) - sources.indexOf(a.source) || a.at - b.at || a.value - b.value) > 0

const toCurve = (metric: string, found: ReadonlyArray<Reading>): Curve => {
  const points = found
    .toSorted((a, b) => a.step - b.step)
    .map(({ step, value, source }): CurvePoint => ({ step, value, source }))
  const goal = goalOf(metric)
  const best = points.reduce((a, b) =>
    (goal === 'minimize' ? b.value < a.value : b.value > a.value) ? b : a,
  )
  return { metric, points, last: points.at(-1) as CurvePoint, best: goal === null ? null : best }
}

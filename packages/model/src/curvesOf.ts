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
  read(log, resources, reading => add(curves, reading))
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
    for (const { metric, points } of part) for (const point of points) add(curves, { ...point, metric, at })
  return inOrder(curves)
}

const inOrder = (curves: Curves): ReadonlyArray<Curve> =>
  [...curves]
    .toSorted(([a], [b]) => compareMetrics(a, b))
    .map(([metric, found]) => toCurve(metric, [...found.values()]))

/** A value that some record tells, and when that record was written. */
interface Reading extends Readonly<CurvePoint> {
  readonly metric: string
  readonly at: number
}

type Curves = Map<string, Map<number, Reading>>

type Take = (reading: Reading) => void

/** Calls `take` with each value that the records tell: a callback, for there are very many. */
const read = (log: ReadonlyArray<LogEntry>, resources: unknown, take: Take): void => {
  for (const file of list(get(resources, 'results')))
    for (const row of list(get(file, 'rows')))
      readValues(
        get(row, 'values'),
        { step: get(row, 'step'), at: number(get(row, 'line')) ?? 0, source: 'results' },
        take,
      )
  for (const checkpoint of list(get(resources, 'checkpoints'))) {
    const metrics = get(checkpoint, 'metrics')
    // the documentation's examples hold a fraction in the step of the metrics
    const step = positive(get(checkpoint, 'step_number')) ?? get(metrics, 'step')
    readValues(
      metrics,
      { step, at: positive(get(checkpoint, 'created_at')) ?? 0, source: 'checkpoint' },
      take,
    )
  }
  for (const { at, message, data, step } of log) {
    readValues(data, { step, at, source: 'event' }, take)
    if (message._tag === 'Step')
      readValues(message.metrics, { step: message.done, at, source: 'message' }, take)
  }
}

interface Origin {
  readonly step: unknown
  readonly at: number
  readonly source: CurvePoint['source']
}

const readValues = (values: unknown, { step, at, source }: Origin, take: Take): void => {
  const position = number(step)
  if (position === null) return
  for (const name of keys(values)) {
    const metric = metricName(name)
    const value = number(get(values, name))
    if (metric !== null && value !== null) take({ metric, step: position, value, source, at })
  }
}

const add = (curves: Curves, reading: Reading): void => {
  const curve = curves.get(reading.metric) ?? new Map<number, Reading>()
  curves.set(reading.metric, curve)
  const known = curve.get(reading.step)
  if (known === undefined || isBetter(reading, known)) curve.set(reading.step, reading)
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

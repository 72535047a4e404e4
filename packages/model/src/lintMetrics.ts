import { truncate } from '@finetune-kit/codec/compile'
import { metricName } from './metricNames.ts'
import { entries, get, list, positive } from './run/read.ts'
import { logOf } from './run/RunLog.ts'
import type { Warning } from './Warning.ts'

/**
 * Returns what is odd about the metrics in the data of events, which have no type: curves leave out
 * what is no number, and a value without a step. Never throws, whatever it is given.
 */
export const lintMetrics = (events: unknown): ReadonlyArray<Warning> =>
  list(events).flatMap((event, i) => {
    const data = get(event, 'data')
    if (get(event, 'type') !== 'metrics' || data === undefined || data === null) return []
    const path = ['events', i, 'data']
    return typeof data === 'object' && !Array.isArray(data)
      ? oddMetrics(event, path)
      : [{ path, message: `expected an object of metrics, found ${show(data)}` }]
  })

const oddMetrics = (event: unknown, path: Warning['path']): ReadonlyArray<Warning> => {
  const data = get(event, 'data')
  const [step, total] = [positive(get(data, 'step')), positive(get(data, 'total_steps'))]
  const metrics = entries(data).filter(([key]) => isMetric(key))
  const warnings = metrics.flatMap(([key, value]): ReadonlyArray<Warning> => {
    const isFine = value === null || (typeof value === 'number' && Number.isFinite(value))
    return isFine ? [] : [{ path: path.concat(key), message: `not a number: ${show(value)}` }]
  })
  const at = path.concat('step')
  if (metrics.length > 0 && (logOf([event])[0]?.step ?? null) === null)
    warnings.push({ path: at, message: stepText(get(data, 'step')) })
  if (step !== null && total !== null && step > total)
    warnings.push({ path: at, message: `step ${step} of ${total}` })
  return warnings
}

const stepText = (step: unknown): string =>
  step === undefined ? 'missing, and there are metrics' : `not a step: ${show(step)}`

const isMetric = (key: string): boolean => /_(loss|accuracy|reward)$/.test(metricName(key) ?? '')

const show = (value: unknown): string => {
  // JSON would call NaN null
  if (typeof value === 'number') return String(value)
  try {
    return truncate(JSON.stringify(value) ?? String(value), 80)
  } catch {
    return 'a value that is not JSON'
  }
}

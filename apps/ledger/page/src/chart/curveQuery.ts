import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { RunCurves } from '../../../src/api/curves.ts'
import { ask, runPath } from '../api/ask.ts'
import type { ChartChoice } from './chartChoice.ts'

/**
 * The curves of a run, with at most so many points: of the steps that are chosen, or of all. The
 * fewer the steps, the less the server leaves out.
 */
export const curveQuery = (key: string, { logX, from, to }: ChartChoice, points?: number) => {
  const asked = new URLSearchParams(logX ? { axis: 'logarithmic' } : {})
  for (const [name, value] of Object.entries({ from, to, points }))
    if (typeof value === 'number') asked.set(name, String(value))
  return queryOptions({
    queryKey: ['run', key, 'curves', `${asked}`],
    queryFn: ({ signal }) => ask(RunCurves, `${runPath(key)}/curves?${asked}`, { signal }),
    placeholderData: keepPreviousData,
  })
}

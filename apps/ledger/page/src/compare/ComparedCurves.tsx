import type { Trace } from '@finetune-kit/report'
import { type UseQueryResult, useQueries } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { RunCurves } from '../../../src/api/curves.ts'
import { type ChartChoice, isZoomed, type OnChoice } from '../chart/chartChoice.ts'
import { curveQuery } from '../chart/curveQuery.ts'
import { Curves } from '../Curves.tsx'
import { Failure, Loading } from '../Answer.tsx'

interface Props {
  readonly keys: ReadonlyArray<string>
  readonly names: ReadonlyArray<string>
  readonly choice: ChartChoice
  readonly onChoice: OnChoice
}

/** The most runs whose curves are drawn: more lines are not told apart. */
const maxRuns = 24

/** The most points of a run. */
const maxPoints = 1500

/** The curves of several runs, one over the other. */
export const ComparedCurves = ({ keys, names, choice, onChoice }: Props) => {
  const combine = useCallback(
    (answers: ReadonlyArray<UseQueryResult<RunCurves>>) => ({
      isPending: answers.some(answer => answer.isPending),
      error: answers.find(answer => answer.isError)?.error ?? null,
      traces: answers.flatMap(
        ({ data }, i): ReadonlyArray<Trace> =>
          data === undefined
            ? []
            : [{ run: names[i] ?? '', curves: data.curves, times: data.times, startedAt: data.started_at }],
      ),
    }),
    [names],
  )
  const { isPending, error, traces } = useQueries({
    queries: keys.slice(0, maxRuns).map(key => curveQuery(key, choice, maxPoints)),
    combine,
  })
  if (isPending) return <Loading />
  if (error !== null && traces.length < Math.min(keys.length, maxRuns)) return <Failure error={error} />
  if (traces.every(({ curves }) => curves.length === 0) && !isZoomed(choice))
    return <p className="none">No record of these runs tells a metric.</p>
  return (
    <>
      {error !== null && <Failure error={error} />}
      <Curves traces={traces} choice={choice} onChoice={onChoice} />
      {keys.length > maxRuns && (
        <p className="none">
          The curves of the first {maxRuns} runs. {keys.length - maxRuns} more are not drawn.
        </p>
      )}
    </>
  )
}

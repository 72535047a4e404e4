import { curvesOf, joinCurves } from '@finetune-kit/model'
import type { ThinnedCurve, Trace } from '@finetune-kit/report'
import { useQuery } from '@tanstack/react-query'
import { type DragEvent, useMemo, useState } from 'react'
import type { RunDetail } from '../../../src/api/run.ts'
import { Curves } from '../Curves.tsx'
import { Failure, Loading } from '../Answer.tsx'
import { nameOf } from '../runs/nameOf.ts'
import { type ChartChoice, isInside, isZoomed, type OnChoice } from './chartChoice.ts'
import { curveQuery } from './curveQuery.ts'
import { type ResultFile, useResultFiles } from './useResultFiles.ts'

interface Props {
  readonly run: RunDetail
  readonly choice: ChartChoice
  readonly onChoice: OnChoice
}

/** The curves of a run, with those of result files that are dropped on them. */
export const RunCurves = ({ run, choice, onChoice }: Props) => {
  const { files, add, clear } = useResultFiles()
  const [isOver, setOver] = useState(false)
  const answer = useQuery(curveQuery(run.key, choice))
  const traces = useMemo(
    (): ReadonlyArray<Trace> =>
      answer.data === undefined
        ? []
        : [
            {
              run: nameOf(run),
              curves: withResults(answer.data.curves, files, choice),
              times: answer.data.times,
              startedAt: answer.data.started_at,
            },
          ],
    [run, answer.data, files, choice],
  )
  const hasCurves = traces.some(({ curves }) => curves.length > 0)
  // the page takes files that are dropped elsewhere
  const own = (over: boolean) => (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    event.stopPropagation()
    setOver(over)
  }
  return (
    <div
      className="run-curves"
      data-over={isOver}
      data-awaited={answer.isPending && run.progress.steps.done > 0}
      onDragOver={own(true)}
      onDragLeave={own(false)}
      onDrop={event => {
        own(false)(event)
        void add([...event.dataTransfer.files])
      }}
    >
      {answer.isPending && <Loading />}
      {answer.isError && <Failure error={answer.error} />}
      {answer.isSuccess && !hasCurves && !isZoomed(choice) && (
        <p className="none">No record of this run tells a metric.</p>
      )}
      {!answer.isPending && (hasCurves || isZoomed(choice)) && (
        <Curves traces={traces} choice={choice} onChoice={onChoice} />
      )}
      <p className="add-results">
        Drop a result file (step_metrics.csv) on the curves.
        <label className="button file">
          Choose a result file
          <input
            type="file"
            accept=".csv,text/csv"
            multiple
            onChange={({ target }) => {
              void add([...(target.files ?? [])])
              target.value = ''
            }}
          />
        </label>
        {files.length > 0 && (
          <button type="button" className="link" onClick={clear}>
            Remove them
          </button>
        )}
      </p>
      <ul className="result-files" aria-live="polite">
        {files.map(({ name, metrics, note }, index) => (
          <li key={index} className={metrics === null ? 'bad' : ''}>
            <code>{name}</code> {metrics === null ? `is no result file: ${ended(note)}` : ended(note)}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** A note as a sentence: some are one already. */
const ended = (note: string): string => (note.endsWith('.') ? note : `${note}.`)

/** Curves with the values of result files, which lie in the page: they are cut to the steps here. */
const withResults = (
  curves: ReadonlyArray<ThinnedCurve>,
  files: ReadonlyArray<ResultFile>,
  choice: ChartChoice,
): ReadonlyArray<ThinnedCurve> => {
  const results = files.flatMap(({ metrics }) => (metrics === null ? [] : [metrics]))
  if (results.length === 0) return curves
  const added = curvesOf({ results }).map(curve =>
    Object.assign({}, curve, { points: curve.points.filter(({ step }) => isInside(choice, step)) }),
  )
  const starts = new Map(curves.map(({ metric, thinning }) => [metric, thinning?.starts]))
  return joinCurves(curves, added).map((curve): ThinnedCurve => {
    // what is missing between thinned points is not missing
    const known = starts.get(curve.metric)
    const thinning = known && { count: curve.points.length, means: [], starts: known }
    return Object.assign({}, curve, { thinning })
  })
}

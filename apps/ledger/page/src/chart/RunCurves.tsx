import { curvesOf, joinCurves } from '@finetune-kit/model'
import type { Trace } from '@finetune-kit/report'
import { type DragEvent, useMemo, useState } from 'react'
import type { RunDetail } from '../../../src/api/run.ts'
import { Curves } from '../Curves.tsx'
import { nameOf } from '../runs/nameOf.ts'
import { useResultFiles } from './useResultFiles.ts'

/** The curves of a run, with those of result files that are dropped on them. */
export const RunCurves = ({ run }: { readonly run: RunDetail }) => {
  const { files, add, clear } = useResultFiles()
  const [isOver, setOver] = useState(false)
  const traces = useMemo((): readonly [Trace] => {
    const results = files.flatMap(({ metrics }) => (metrics === null ? [] : [metrics]))
    const { curves, times, progress } = run
    return [
      {
        run: nameOf(run),
        curves: results.length === 0 ? curves : joinCurves(curves, curvesOf({ results })),
        times,
        startedAt: progress.startedAt,
      },
    ]
  }, [run, files])
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
      onDragOver={own(true)}
      onDragLeave={own(false)}
      onDrop={event => {
        own(false)(event)
        void add([...event.dataTransfer.files])
      }}
    >
      {traces[0].curves.length === 0 ? (
        <p className="none">No record of this run tells a metric.</p>
      ) : (
        <Curves traces={traces} />
      )}
      <p className="add-results">
        <label>
          Drop a result file here (step_metrics.csv), or choose one:{' '}
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
            <code>{name}</code> {metrics === null ? `is no result file: ${note}.` : `${note}.`}
          </li>
        ))}
      </ul>
    </div>
  )
}

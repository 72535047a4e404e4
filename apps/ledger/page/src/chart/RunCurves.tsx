import { type Curve, curvesOf, type Run, type RunResources } from '@finetune-kit/model'
import { type Trace, traceOf } from '@finetune-kit/report'
import { type DragEvent, useMemo, useState } from 'react'
import { Curves } from '../Curves.tsx'
import { useResultFiles } from './useResultFiles.ts'

interface Props {
  readonly name: string
  readonly record: unknown
  /** The curves that the server tells. */
  readonly curves: ReadonlyArray<Curve>
  readonly events: ReadonlyArray<unknown>
  readonly checkpoints: ReadonlyArray<unknown>
}

/** The curves of a run, with those of result files that are dropped on them. */
export const RunCurves = ({ name, record, curves, events, checkpoints }: Props) => {
  const { files, add, clear } = useResultFiles()
  const [isOver, setOver] = useState(false)
  const trace = useMemo((): Trace => {
    const results = files.flatMap(({ metrics }) => (metrics === null ? [] : [metrics]))
    // decoded by the server, each by its kind
    const resources = { events, checkpoints, results } as unknown as RunResources
    const known = results.length === 0 ? curves : curvesOf(resources)
    const others = curves.filter(({ metric }) => known.every(curve => curve.metric !== metric))
    return { ...traceOf(name, record as Run, resources), curves: [...known, ...others] }
  }, [name, record, curves, events, checkpoints, files])
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
      {trace.curves.length === 0 ? (
        <p className="none">No record of this run tells a metric.</p>
      ) : (
        <Curves traces={[trace]} />
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

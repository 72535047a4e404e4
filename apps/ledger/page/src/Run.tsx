import { Changes } from './Changes.tsx'
import { answers, fields, progress } from './recordConfig.ts'
import { link } from './Route.ts'
import { RunStatus } from './RunStatus.tsx'
import { Timeline } from './Timeline.tsx'
import { useApi } from './useApi.ts'
import { RecordFields } from './Value.tsx'
import { Loading } from './Loading.tsx'

interface Props {
  readonly run: string
  /** The snapshots to compare. Default: the last two. */
  readonly from?: number
  readonly to?: number
}

/** One run: its snapshots, the changes between two of them, and the later one in full. */
export const Run = ({ run, from, to }: Props) => {
  const answer = useApi(answers.Run, `/api/runs/${encodeURIComponent(run)}`)
  if (answer._tag !== 'Ready') return <Loading answer={answer} />
  const { snapshots } = answer.value
  const last = snapshots.length - 1
  const chosen = { from: Math.min(from ?? Math.max(0, last - 1), last), to: Math.min(to ?? last, last) }
  const shown = snapshots[chosen.to]
  if (shown === undefined) return null
  const { failure } = progress(shown)
  return (
    <>
      <nav aria-label="Breadcrumb">
        <a href={link({ _tag: 'Runs' })}>← All runs</a>
      </nav>
      <h1>
        <code>{run}</code>
      </h1>
      <p className="lead">
        <RunStatus snapshot={shown} />
      </p>
      {failure !== null && <pre className="failure">{failure.message ?? failure.code}</pre>}
      <div className="run">
        <Timeline run={run} snapshots={snapshots} {...chosen} />
        <Changes run={run} {...chosen} />
      </div>
      <section aria-labelledby="record">
        <h2 id="record">
          Snapshot {chosen.to + 1} of {snapshots.length}
        </h2>
        <RecordFields fields={fields} record={shown} />
      </section>
    </>
  )
}

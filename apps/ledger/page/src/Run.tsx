import { Changes } from './Changes.tsx'
import { answers, fields, progress } from './contract.ts'
import { link } from './Route.ts'
import { Standing } from './Standing.tsx'
import { Timeline } from './Timeline.tsx'
import { useAnswer } from './useAnswer.ts'
import { Sheet } from './Value.tsx'
import { Waiting } from './Waiting.tsx'

interface Props {
  readonly run: string
  /** The snapshots to compare: the last two unless said otherwise. */
  readonly from?: number
  readonly to?: number
}

/** One run: what was seen of it, what changed between two of its snapshots, and the later of the two in full. */
export const Run = ({ run, from, to }: Props) => {
  const answer = useAnswer(answers.Run, `/api/runs/${encodeURIComponent(run)}`)
  if (answer._tag !== 'Ready') return <Waiting answer={answer} />
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
        <Standing snapshot={shown} />
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
        <Sheet fields={fields} record={shown} />
      </section>
    </>
  )
}

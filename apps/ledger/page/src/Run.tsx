import { escapeUnprintable } from '@finetune-kit/codec'
import type { RunResources } from '@finetune-kit/model'
import { Run as Answer } from '../../src/api/old.ts'
import { Changes } from './Changes.tsx'
import { RunCurves } from './chart/RunCurves.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { Life } from './Life.tsx'
import { Loading } from './Loading.tsx'
import { configFor, configOf, progress } from './recordConfig.ts'
import { allRuns, link } from './Route.ts'
import { RunStatus } from './RunStatus.tsx'
import { nameOf } from './RunTable.tsx'
import { Story } from './Story.tsx'
import { Timeline } from './Timeline.tsx'
import { useApi } from './useApi.ts'
import { useTitle } from './useTitle.ts'
import { Items, RecordFields } from './Value.tsx'

interface Props {
  readonly run: string
  /** The snapshots to compare. Default: the last two. */
  readonly from?: number
  readonly to?: number
}

/** One run: where it stands, its curves, its story, and the changes between two snapshots. */
export const Run = ({ run, ...pair }: Props) => {
  const answer = useApi(Answer, `/api/old/runs/${encodeURIComponent(run)}`)
  useTitle(answer._tag === 'Ready' ? nameOf(answer.value) : '')
  return answer._tag === 'Ready' ? <RunView run={answer.value} {...pair} /> : <Loading answer={answer} />
}

const RunView = ({ run, from, to }: Omit<Props, 'run'> & { readonly run: Answer }) => {
  const { key, kind, snapshots, seenAt, curves, lints, story } = run
  const config = configOf(kind)
  const last = snapshots.length - 1
  const chosen = { from: Math.min(from ?? Math.max(0, last - 1), last), to: Math.min(to ?? last, last) }
  const [latest, shown] = [snapshots[last], snapshots[chosen.to]]
  if (config === undefined || latest === undefined || shown === undefined)
    return <Loading answer={{ _tag: 'Failed', sentence: `The page cannot show a ${kind}.` }} />
  // decoded by the server, each by its kind
  const resources = { events: run.events, checkpoints: run.checkpoints } as unknown as RunResources
  const now = progress(latest, resources)
  return (
    <>
      <nav className="breadcrumb" aria-label="Breadcrumb">
        <a href={link(allRuns)}>← All runs</a>
      </nav>
      <h1>
        <code>{nameOf(run)}</code>
      </h1>
      <p className="lead">
        <RunStatus config={config} snapshot={latest} now={now} />
      </p>
      {now.failure !== null && (
        <pre className="failure">
          {escapeUnprintable(now.failure.message ?? now.failure.code ?? '', 2000)}
        </pre>
      )}
      <Part name="Life">
        <Life now={now} />
      </Part>
      <Part name="Learning curves">
        <RunCurves
          name={nameOf(run)}
          record={latest}
          curves={curves}
          events={run.events}
          checkpoints={run.checkpoints}
        />
      </Part>
      {lints.length > 0 && (
        <Part name="Oddities">
          <ul className="lints">
            {lints.map(({ path, message }) => (
              <li key={path + message}>
                <code>{escapeUnprintable(path, 200)}</code> {escapeUnprintable(message, 500)}
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Part name="Story">
        <Story entries={story} />
      </Part>
      <div className="run">
        <Timeline config={config} run={key} snapshots={snapshots} seenAt={seenAt} {...chosen} />
        <ErrorBoundary>
          <Changes codec={config.codec} run={key} {...chosen} />
        </ErrorBoundary>
      </div>
      <Part name={`Snapshot ${chosen.to + 1} of ${snapshots.length}`}>
        <RecordFields fields={config.fields} record={shown} />
      </Part>
      <Records name="Events" records={run.events} />
      <Records name="Checkpoints" records={run.checkpoints} />
    </>
  )
}

/** A part of the view under its heading. One that cannot be drawn leaves the others. */
const Part = ({ name, children }: { readonly name: string; readonly children: React.ReactNode }) => (
  <section className="part" aria-label={name}>
    <h2>{name}</h2>
    <ErrorBoundary>{children}</ErrorBoundary>
  </section>
)

const Records = ({ name, records }: { readonly name: string; readonly records: Answer['events'] }) => {
  const config = configFor(records[0])
  if (config === undefined) return null
  return (
    <Part name={`${name} (${records.length})`}>
      <Items fields={config.fields} items={records} />
    </Part>
  )
}

import { escapeUnprintable } from '@finetune-kit/codec'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ApiError } from '../api/ask.ts'
import { runDetail } from '../api/queries.ts'
import type { RunDetail } from '../../../src/api/run.ts'
import { ChangesView } from '../changes/ChangesView.tsx'
import { CopyButton } from '../CopyButton.tsx'
import { ErrorBoundary } from '../ErrorBoundary.tsx'
import { ImportButton, Imports } from '../importing/Imports.tsx'
import { Answer, Failure } from '../Answer.tsx'
import { ExportMenu, runParameters } from '../ExportMenu.tsx'
import { ReportMenu } from '../ReportMenu.tsx'
import { configOf } from '../recordConfig.ts'
import { link, type RunPart, type RunRoute, runRoute } from '../Route.ts'
import { lastList, lastRun } from '../runs/lastList.ts'
import { nameOf } from '../runs/nameOf.ts'
import { useTitle } from '../useTitle.ts'
import { Marks } from './Marks.tsx'
import { Overview } from './Overview.tsx'
import { RawRecord } from './RawRecord.tsx'
import './run.css'
import './overview.css'
import { RunStatus } from './RunStatus.tsx'
import { RunWatches } from './RunWatches.tsx'

const names: Readonly<Record<RunPart, string>> = {
  overview: 'Overview',
  changes: 'Changes',
  record: 'Record',
}

/** One run: its overview, its changes, or its record. */
export const Run = (route: RunRoute) => {
  const answer = useQuery(runDetail(route.run))
  const isMissing = answer.error instanceof ApiError && answer.error.status === 404
  const name = answer.data === undefined ? '' : nameOf(answer.data)
  useTitle(...(isMissing ? ['Not found'] : [name, names[route.part]]))
  return (
    <>
      <nav className="breadcrumb" aria-label="Breadcrumb">
        <a href={link(lastList.get())}>← Runs</a>
      </nav>
      <Answer title={isMissing ? 'Not found' : 'Run'} answer={answer}>
        {run => <RunView run={run} route={route} />}
      </Answer>
    </>
  )
}

const RunView = ({ run, route }: { readonly run: RunDetail; readonly route: RunRoute }) => {
  const { key, kind, summary, progress, damage } = run
  useEffect(() => lastRun.set(key), [key])
  const config = configOf(kind)
  if (config === undefined) return <Failure error={{ message: `The page cannot show a ${kind}.` }} />
  const model = progress.model ?? summary.suffix
  return (
    <>
      <header className="heading">
        <h1>
          <code>{nameOf(run)}</code>
        </h1>
        <CopyButton what="id" text={() => run.id} />
        <ReportMenu parameters={runParameters([key])} />
        <ExportMenu parameters={runParameters([key])} />
        <ImportButton label="Import files" run={run.id} />
      </header>
      <Imports />
      <p className="lead">
        <RunStatus summary={summary} progress={progress} />
        {typeof model === 'string' && <code className="model">{escapeUnprintable(model, 200)}</code>}
      </p>
      <RunWatches id={run.id} />
      {damage !== null && (
        <p className="trouble" role="alert">
          The history is damaged at snapshot {damage.n + 1}: {escapeUnprintable(damage.reason, 500)}.{' '}
          {damage.remedy}
        </p>
      )}
      <Marks key={key} run={summary} />
      <nav className="tabs" aria-label="Parts of the run">
        {(Object.keys(names) as ReadonlyArray<RunPart>).map(part => (
          <a
            key={part}
            href={link({ ...runRoute(key), part })}
            aria-current={part === route.part ? 'page' : undefined}
          >
            {names[part]}
          </a>
        ))}
      </nav>
      <ErrorBoundary key={route.part}>
        {route.part === 'changes' ? (
          <ChangesView run={run} config={config} route={route} />
        ) : route.part === 'record' ? (
          <RawRecord run={run} config={config} route={route} />
        ) : (
          <Overview run={run} config={config} route={route} />
        )}
      </ErrorBoundary>
    </>
  )
}

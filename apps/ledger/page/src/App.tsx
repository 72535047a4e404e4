import { lazy, type ReactNode, Suspense, useMemo } from 'react'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { Loading } from './Loading.tsx'
import { allRuns, check, link, type Route, route, useHash } from './Route.ts'
import { Run } from './Run.tsx'
import { Runs } from './Runs.tsx'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Loaded when it is opened: it brings readers and writers of all formats. */
const Check = lazy(async () => ({ default: (await import('./check/Check.tsx')).Check }))

export const App = () => {
  const hash = useHash()
  const to = useMemo(() => route(hash), [hash])
  return (
    <>
      <header className="masthead">
        <a className="brand" href={link(allRuns)}>
          The ledger
        </a>
        <nav aria-label="Views">
          <Tab to={allRuns} isCurrent={to._tag === 'Runs'}>
            Runs
          </Tab>
          <Tab to={check} isCurrent={to._tag === 'Check'}>
            Check
          </Tab>
        </nav>
        <span className="zone">Times in {zone}</span>
      </header>
      <main>
        <ErrorBoundary key={to._tag === 'Run' ? `run ${to.run}` : to._tag}>
          <Suspense fallback={<Loading answer={{ _tag: 'Waiting' }} />}>{view(to)}</Suspense>
        </ErrorBoundary>
      </main>
    </>
  )
}

const view = (to: Route): ReactNode => {
  if (to._tag === 'Check') return <Check />
  return to._tag === 'Runs' ? <Runs query={to.query} /> : <Run {...to} />
}

interface TabProps {
  readonly to: Route
  readonly isCurrent: boolean
  readonly children: string
}

const Tab = ({ to, isCurrent, children }: TabProps) => (
  <a href={link(to)} aria-current={isCurrent ? 'page' : undefined}>
    {children}
  </a>
)

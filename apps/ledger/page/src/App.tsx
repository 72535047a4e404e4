import { useMemo } from 'react'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { allRuns, link, route, useHash } from './Route.ts'
import { Run } from './Run.tsx'
import { Runs } from './Runs.tsx'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

export const App = () => {
  const hash = useHash()
  const to = useMemo(() => route(hash), [hash])
  return (
    <>
      <header className="masthead">
        <a className="brand" href={link(allRuns)}>
          The ledger
        </a>
        <span className="motto">what each fine-tuning run is, and what changed</span>
        <span className="zone">Times in {zone}</span>
      </header>
      <main>
        <ErrorBoundary key={to._tag === 'Run' ? `run ${to.run}` : 'runs'}>
          {to._tag === 'Runs' ? <Runs query={to.query} /> : <Run {...to} />}
        </ErrorBoundary>
      </main>
    </>
  )
}

import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, Suspense, useEffect, useMemo, useRef } from 'react'
import { askAgain, queryClient } from './api/queries.ts'
import type { Live } from './api/liveStream.ts'
import { useLive } from './api/useLive.ts'
import { ErrorBoundary, lazyView } from './ErrorBoundary.tsx'
import { Loading } from './Answer.tsx'
import { timeZone } from './Moment.tsx'
import { NotFound } from './NotFound.tsx'
import { allRuns, check, link, type Route, route, useHash, watchingRoute } from './Route.ts'
import { Runs } from './runs/Runs.tsx'

/** Views that are loaded when they are opened; the check brings readers and writers of all formats. */
const Check = lazyView(async () => (await import('./check/Check.tsx')).Check)
const Compare = lazyView(async () => (await import('./compare/Compare.tsx')).Compare)
const Watching = lazyView(async () => (await import('./watching/Watching.tsx')).Watching)
const Run = lazyView(async () => (await import('./run/Run.tsx')).Run)

export const App = () => {
  const hash = useHash()
  const to = useMemo(() => route(hash), [hash])
  const live = useLive()
  // what failed while the server was away
  useEffect(() => {
    if (live === 'live') askAgain()
  }, [live])
  const name = to._tag === 'Run' ? `run ${to.run}` : to._tag
  const main = useRef<HTMLElement>(null)
  // a link that went away with its view leaves the focus nowhere
  useEffect(() => {
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true })
  }, [name])
  return (
    <QueryClientProvider client={queryClient}>
      <header className="masthead">
        <a className="brand" href={link(allRuns)}>
          The ledger
        </a>
        <nav aria-label="Views">
          <Tab to={allRuns} isCurrent={to._tag === 'Runs'}>
            Runs
          </Tab>
          <Tab to={watchingRoute()} isCurrent={to._tag === 'Watching'}>
            Watching
          </Tab>
          <Tab to={check} isCurrent={to._tag === 'Check'}>
            Check
          </Tab>
        </nav>
        <span className="zone">
          <span className="live" role="status" data-live={live}>
            {liveWords[live]}
          </span>{' '}
          · Times in {timeZone}
        </span>
      </header>
      <main ref={main} tabIndex={-1}>
        <ErrorBoundary key={name}>
          <Suspense fallback={<Loading />}>{view(to)}</Suspense>
        </ErrorBoundary>
      </main>
    </QueryClientProvider>
  )
}

const liveWords: Readonly<Record<Live, string>> = {
  connecting: 'Connecting',
  live: 'Live',
  lost: 'Not connected',
}

const view = (to: Route): ReactNode => {
  if (to._tag === 'Check') return <Check />
  if (to._tag === 'Watching') return <Watching {...to} />
  if (to._tag === 'Compare') return <Compare {...to} />
  if (to._tag === 'NotFound') return <NotFound {...to} />
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

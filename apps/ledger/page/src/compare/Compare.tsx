import type { RunComparison } from '@finetune-kit/diff/story'
import { namesOf } from '@finetune-kit/report'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Comparison } from '../../../src/api/compare.ts'
import { RunList } from '../../../src/api/runs.ts'
import { ActionButton } from '../ActionButton.tsx'
import { ActionError } from '../ActionError.tsx'
import { ApiError, ask } from '../api/ask.ts'
import { runParameters } from '../ExportMenu.tsx'
import { Answer } from '../Answer.tsx'
import { allRuns, type CompareRoute, compareRoute, go, link, replace, runRoute } from '../Route.ts'
import { pluralize } from '../pluralize.ts'
import { Section } from '../run/Section.tsx'
import { lastList } from '../runs/lastList.ts'
import { useTitle } from '../useTitle.ts'
import './compare.css'
import { ComparedCurves } from './ComparedCurves.tsx'
import { ComparisonActions } from './ComparisonActions.tsx'
import { ComparisonTable } from './ComparisonTable.tsx'
import { Parallel } from './Parallel.tsx'

/** Several runs side by side: what differs between them, and their curves one over the other. */
export const Compare = (route: CompareRoute) => {
  const parameters = parametersOf(route)
  const answer = useQuery({
    queryKey: ['compare', `${parameters}`],
    queryFn: ({ signal }) => ask(Comparison, `api/compare?${parameters}`, { signal }),
    placeholderData: keepPreviousData,
    enabled: route.runs.length > 1,
  })
  useTitle(`Compare ${pluralize(route.runs.length, 'run')}`)
  if (route.runs.length < 2)
    return (
      <>
        <h1>Nothing to compare</h1>
        <p className="lead">
          Select two runs or more in the <a href={link(allRuns)}>list of runs</a>.
        </p>
      </>
    )
  return (
    <>
      <Answer title="Comparison" answer={answer}>
        {comparison => <CompareView route={route} answer={comparison} />}
      </Answer>
      {answer.error instanceof ApiError && answer.error.status === 404 && <OthersButton route={route} />}
    </>
  )
}

/** The query of the API; the report takes the runs and the baseline too. */
const parametersOf = ({ runs, baseline, all }: CompareRoute): URLSearchParams =>
  new URLSearchParams([
    ...runs.map(key => ['run', key]),
    ...(baseline === undefined ? [] : [['baseline', baseline]]),
    ...(all === true ? [['all', 'true']] : []),
  ])

/** A comparison with the charts of another. */
const routeOf = (
  { charts }: CompareRoute,
  runs: ReadonlyArray<string>,
  baseline: string | undefined,
  isAll: boolean,
): CompareRoute => ({
  ...compareRoute(runs),
  charts,
  ...(baseline === undefined ? {} : { baseline }),
  ...(isAll ? { all: true } : {}),
})

/** Compares those runs that are there: one may be deleted after a link was made. */
const OthersButton = ({ route }: { readonly route: CompareRoute }) => {
  const { runs, baseline, all } = route
  const find = useMutation({
    mutationFn: () => ask(RunList, `api/runs?${runParameters(runs)}&hidden=with&limit=500`),
    onSuccess: list => {
      const isThere = (name: string) => list.runs.some(({ key, id }) => name === key || name === id)
      const pinned = baseline !== undefined && isThere(baseline) ? baseline : undefined
      go(routeOf(route, runs.filter(isThere), pinned, all === true))
    },
  })
  return (
    <p>
      <ActionButton
        isOff={find.isPending}
        onClick={({ currentTarget }) => {
          // the button goes with the error, and the focus would be lost
          currentTarget.closest<HTMLElement>('main')?.focus({ preventScroll: true })
          find.mutate()
        }}
      >
        Compare those that are there
      </ActionButton>
      <ActionError error={find.error} />
    </p>
  )
}

interface Props {
  readonly route: CompareRoute
  readonly answer: Comparison
}

const CompareView = ({ route, answer }: Props) => {
  const names = useMemo(() => namesOf(answer.runs), [answer])
  const comparison: RunComparison = { runs: names, baseline: answer.baseline, rows: answer.rows }
  const keys = answer.runs.map(({ key }) => key)
  const pinned = answer.baseline === null ? undefined : keys[answer.baseline]
  const isAll = route.all === true
  const remove = (run: number) =>
    go(
      routeOf(
        route,
        keys.filter(key => key !== keys[run]),
        run === answer.baseline ? undefined : pinned,
        isAll,
      ),
    )
  return (
    <>
      <nav className="breadcrumb" aria-label="Breadcrumb">
        <a href={link(lastList.get())}>← Runs</a>
      </nav>
      <h1>{pluralize(names.length, 'run')} compared</h1>
      <ComparisonActions
        comparison={comparison}
        report={`${parametersOf(routeOf(route, keys, pinned, false))}`}
      />
      <Section name="Differences">
        <label className="only-differing">
          <input
            type="checkbox"
            checked={!isAll}
            onChange={() => replace(routeOf(route, keys, pinned, !isAll))}
          />{' '}
          Only what differs
        </label>
        {comparison.rows.length === 0 ? (
          <p className="none">Nothing differs.</p>
        ) : (
          <ComparisonTable
            comparison={comparison}
            linkOf={run => link(runRoute(keys[run] ?? ''))}
            onBaseline={run => go(routeOf(route, keys, run === null ? undefined : keys[run], isAll))}
            onRemove={remove}
          />
        )}
        {answer.more > 0 && (
          <p className="none">
            {pluralize(answer.more, 'more row')} are not shown here, nor copied. The report has all.
          </p>
        )}
      </Section>
      <Section name="Learning curves">
        <ComparedCurves
          keys={keys}
          names={names}
          choice={route.charts}
          onChoice={(charts, isTyped) => (isTyped ? replace : go)({ ...route, charts })}
        />
      </Section>
      <Section name="Hyperparameters and final metrics">
        <Parallel comparison={comparison} />
      </Section>
    </>
  )
}

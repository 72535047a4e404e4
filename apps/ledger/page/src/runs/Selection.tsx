import type { RunRow } from '../../../src/api/RunRow.ts'
import { ExportMenu, runParameters } from '../ExportMenu.tsx'
import { pluralize } from '../pluralize.ts'
import { compareRoute, link, type TableQuery } from '../Route.ts'
import { nameOf } from './nameOf.ts'

interface Props {
  readonly query: TableQuery
  readonly runs: ReadonlyArray<RunRow>
  readonly onQuery: (query: TableQuery) => void
}

/** The actions on the runs that are selected. */
export const Selection = ({ query, runs, onQuery }: Props) => {
  const { selected } = query
  if (selected.length === 0) return null
  const names = selected.map(key => nameOf(runs.find(run => run.key === key) ?? { id: key }))
  return (
    <div className="selection" role="region" aria-label="Selected runs">
      <span title={names.join('\n')}>{pluralize(selected.length, 'run')} selected</span>
      {selected.length > 1 ? (
        <a className="button main" href={link(compareRoute(selected))}>
          Compare
        </a>
      ) : (
        <span className="none">Select another to compare</span>
      )}
      <ExportMenu parameters={runParameters(selected)} />
      <button
        type="button"
        className="link"
        onClick={({ currentTarget }) => {
          // the button goes with the selection, and the focus would be lost
          const list = currentTarget.closest('.run-list')?.querySelector<HTMLElement>('.window')
          list?.focus({ preventScroll: true })
          onQuery({ ...query, selected: [] })
        }}
      >
        Clear
      </button>
    </div>
  )
}

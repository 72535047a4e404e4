import { escapeUnprintable } from '@finetune-kit/codec'
import type { RunRow } from '../../src/api/old.ts'
import { CellValue, State } from './CellValue.tsx'
import { cell } from './Column.ts'
import { type RunColumn, sortKey } from './recordConfig.ts'
import { go, link, type TableQuery } from './Route.ts'
import type { View } from './View.ts'

interface Props {
  readonly query: TableQuery
  readonly columns: ReadonlyArray<RunColumn>
  readonly runs: ReadonlyArray<RunRow>
}

/** A page of runs, a row each. */
export const RunTable = ({ query, columns, runs }: Props) => (
  <div className="scroll" tabIndex={0} role="region" aria-label="Table of runs">
    <table className="runs">
      <thead>
        <tr>
          <Heading query={query} title="Run" sort="id" kind="text" />
          {columns.map(column => (
            <Heading
              key={sortKey(column)}
              query={query}
              title={column.title}
              sort={sortKey(column)}
              kind={column.columns[0]?.view.kind ?? 'text'}
            />
          ))}
        </tr>
      </thead>
      <tbody>
        {runs.map(run => (
          <tr key={run.key} data-phase={run.phase}>
            <th scope="row">
              <a href={link({ _tag: 'Run', run: run.key })}>{nameOf(run)}</a>
            </th>
            {columns.map(column => (
              <Cell key={sortKey(column)} column={column} run={run} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

/** The id of a run, or words in its place: a link needs a text. */
export const nameOf = ({ id = '' }: Pick<RunRow, 'id'>): string =>
  id.trim() === '' ? 'run without an id' : escapeUnprintable(id, 60)

interface HeadingProps {
  readonly query: TableQuery
  readonly title: string
  readonly sort: string
  readonly kind: string
}

/** The header of a column: a button that sorts up, then down, then not at all. */
const Heading = ({ query, title, sort, kind }: HeadingProps) => {
  const order = query.sort !== sort ? undefined : query.order === 'desc' ? 'descending' : 'ascending'
  const next =
    order === undefined
      ? { sort, order: '' }
      : order === 'ascending'
        ? { sort, order: 'desc' }
        : { sort: '', order: '' }
  return (
    <th scope="col" className={kind} aria-sort={order}>
      <button
        type="button"
        className="sort"
        onClick={() => go({ _tag: 'Runs', query: { ...query, page: 0, ...next } })}
      >
        {title}
        <span aria-hidden="true">{order === undefined ? '' : order === 'ascending' ? ' ↑' : ' ↓'}</span>
      </button>
    </th>
  )
}

/** Only the status is a badge: others would drown it. */
const plain = (view: View): View => (view.kind === 'text' ? { kind: 'text', known: false } : view)

/** The first field of the column that the run has. */
const Cell = ({ column, run }: { readonly column: RunColumn; readonly run: RunRow }) => {
  const found = column.columns.find(field => cell(run, field) !== undefined) ?? column.columns[0]
  if (found === undefined) return <td />
  const value = cell(run, found)
  const isStatus = value !== undefined && value === run.status
  return (
    <td
      className={found.view.kind}
      data-title={column.title}
      data-empty={value === undefined}
      title={found.title}
    >
      {isStatus && run.status !== null ? (
        <State word={run.status ?? ''} />
      ) : (
        <CellValue view={plain(found.view)} value={value} />
      )}
    </td>
  )
}

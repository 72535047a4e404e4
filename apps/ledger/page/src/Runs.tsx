import { escapeUnprintable } from '@finetune-kit/codec'
import { Runs as Answer } from '../../src/api/old.ts'
import { Loading } from './Loading.tsx'
import { otherColumns, type RunColumn, sortKey, usefulColumns } from './recordConfig.ts'
import { go, type TableQuery } from './Route.ts'
import { RunFilters } from './RunFilters.tsx'
import { RunTable } from './RunTable.tsx'
import { useApi } from './useApi.ts'
import { useTitle } from './useTitle.ts'

/** The table of runs, each by its last snapshot: a page of those that match the filters. */
export const Runs = ({ query }: { readonly query: TableQuery }) => {
  useTitle('')
  const columns = [...usefulColumns, ...chosen(query)]
  // few rows where there are many columns: a browser slows down by cells
  const size = columns.length > 20 ? 20 : 50
  const answer = useApi(Answer, `/api/old/runs?${parameters(query, size)}`, true)
  if (answer._tag !== 'Ready') return <Loading answer={answer} />
  const { sources, total, matched, offset, runs, rejects, rejected, unjoined } = answer.value
  return (
    <>
      <h1>Runs</h1>
      <p className="lead">
        {total} runs from{' '}
        {sources.map((name, i) => [
          i === 0 ? '' : ' and ',
          <code key={name}>{escapeUnprintable(name, 200)}</code>,
        ])}
      </p>
      {rejected > 0 && (
        <details className="rejects">
          <summary>
            {rejected === 1 ? 'One record' : `${rejected} records`} could not be read and{' '}
            {rejected === 1 ? 'is' : 'are'} not shown
          </summary>
          <pre>{escapeLines(rejects)}</pre>
        </details>
      )}
      {unjoined.length > 0 && (
        <p className="note">
          Not shown, because no run in these files has them:{' '}
          {unjoined.map(({ value, count }) => `${count} ${value}`).join(', ')}.
        </p>
      )}
      <RunFilters query={query} answer={answer.value} />
      <p className="count" role="status">
        {matched === 0
          ? 'No run matches.'
          : `${offset + 1} to ${offset + runs.length} of ${matched}${matched === total ? '' : ' that match'}`}
      </p>
      {runs.length > 0 && <RunTable query={query} columns={columns} runs={runs} />}
      {matched > size && <Pages query={query} count={Math.ceil(matched / size)} />}
    </>
  )
}

const chosen = ({ columns }: TableQuery): ReadonlyArray<RunColumn> => {
  const keys = columns.split(',')
  return otherColumns.filter(column => keys.includes(sortKey(column)))
}

const parameters = ({ search, status, kind, sort, order, page }: TableQuery, size: number): string => {
  const filters = { search, status, kind, sort, order }
  const given = Object.entries(filters).filter(([, value]) => value !== '')
  return new URLSearchParams([...given, ['offset', String(page * size)], ['limit', String(size)]]).toString()
}

const escapeLines = (lines: ReadonlyArray<string>): string =>
  lines
    .flatMap(line => line.split('\n'))
    .map(line => escapeUnprintable(line, 500))
    .join('\n')

const Pages = ({ query, count }: { readonly query: TableQuery; readonly count: number }) => {
  const turn = (page: number) => go({ _tag: 'Runs', query: { ...query, page } })
  return (
    <nav className="pages" aria-label="Pages of runs">
      <button type="button" disabled={query.page === 0} onClick={() => turn(query.page - 1)}>
        Previous
      </button>
      <span>
        Page {query.page + 1} of {count}
      </span>
      <button type="button" disabled={query.page + 1 >= count} onClick={() => turn(query.page + 1)}>
        Next
      </button>
    </nav>
  )
}

import * as Column from './Column.ts'
import { answers, columns, progress, states } from './recordConfig.ts'
import { Epochs } from './Progress.tsx'
import { link } from './Route.ts'
import { CommonValues } from './CommonValues.tsx'
import { ColumnHeader } from './ColumnHeader.tsx'
import { useApi } from './useApi.ts'
import { CellValue, dollars } from './CellValue.tsx'
import { Loading } from './Loading.tsx'

/** The table of runs, each by its last snapshot. */
export const Runs = () => {
  const answer = useApi(answers.Runs, '/api/runs')
  if (answer._tag !== 'Ready') return <Loading answer={answer} />
  const { source, runs, rejects, rejected } = answer.value
  const { telling, shared } = Column.split(
    columns,
    runs.map(({ last }) => last),
  )
  const others = telling.filter(
    column => !states.includes(column) && !runs.every(({ run, last }) => Column.cell(last, column) === run),
  )
  const snapshots = runs.reduce((sum, run) => sum + run.snapshots, 0)
  return (
    <>
      <h1>Runs</h1>
      <p className="lead">
        {runs.length} runs in {snapshots} snapshots, from <code>{source}</code>
      </p>
      {rejected > 0 && (
        <details className="rejects">
          <summary>
            {rejected === 1 ? 'One record' : `${rejected} records`} could not be read and{' '}
            {rejected === 1 ? 'is' : 'are'} not shown
          </summary>
          <pre>{rejects.join('\n')}</pre>
        </details>
      )}
      <div className="scroll" tabIndex={0} role="region" aria-label="Runs">
        <table className="runs">
          <thead>
            <tr>
              <th scope="col">Run</th>
              {heads(states)}
              <th scope="col">Progress</th>
              <th scope="col" className="number">
                Cost
              </th>
              {heads(others)}
            </tr>
          </thead>
          <tbody>
            {runs.map(({ run, last }) => (
              <tr key={run}>
                <th scope="row">
                  <a href={link({ _tag: 'Run', run })}>{run}</a>
                </th>
                {cells(states, last)}
                <td data-title="Progress">
                  <Epochs progress={progress(last)} />
                </td>
                <td className="number" data-title="Cost">
                  {dollars(progress(last).dollars)}
                </td>
                {cells(others, last)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <CommonValues columns={shared} record={runs[0]?.last} />
    </>
  )
}

const heads = (of: ReadonlyArray<Column.Column>) =>
  of.map(column => <ColumnHeader key={column.path.join('.')} column={column} />)

const cells = (of: ReadonlyArray<Column.Column>, record: unknown) =>
  of.map(column => (
    <td key={column.path.join('.')} className={column.view.kind} data-title={column.title}>
      <CellValue view={column.view} value={Column.cell(record, column)} />
    </td>
  ))

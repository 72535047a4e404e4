import { escapeUnprintable } from '@finetune-kit/codec'
import type { Runs } from '../../src/api/old.ts'
import { otherColumns, sortKey } from './recordConfig.ts'
import { go, replace, type TableQuery } from './Route.ts'

interface Props {
  readonly query: TableQuery
  readonly answer: Pick<Runs, 'statuses' | 'kinds'>
}

/** Search, filters and further columns of the table of runs. */
export const RunFilters = ({ query, answer: { statuses, kinds } }: Props) => {
  const change = (part: Partial<TableQuery>): TableQuery => ({ ...query, page: 0, ...part })
  return (
    <form className="filters" role="search" onSubmit={event => event.preventDefault()}>
      <label>
        Search
        <input
          type="search"
          value={query.search}
          placeholder="id, model, suffix, file …"
          onChange={event => replace({ _tag: 'Runs', query: change({ search: event.target.value }) })}
        />
      </label>
      <Choice
        name="Status"
        value={query.status}
        choices={statuses}
        onChange={status => go({ _tag: 'Runs', query: change({ status }) })}
      />
      <Choice
        name="Family"
        value={query.kind}
        choices={kinds}
        onChange={kind => go({ _tag: 'Runs', query: change({ kind }) })}
      />
      <ColumnChoice query={query} />
    </form>
  )
}

interface ChoiceProps {
  readonly name: string
  readonly value: string
  readonly choices: Runs['statuses']
  readonly onChange: (value: string) => void
}

const Choice = ({ name, value, choices, onChange }: ChoiceProps) => (
  <label>
    {name}
    <select value={value} onChange={event => onChange(event.target.value)}>
      <option value="">All</option>
      {choices.slice(0, 100).map(choice => (
        <option key={choice.value} value={choice.value}>
          {escapeUnprintable(choice.value, 60)} ({choice.count})
        </option>
      ))}
    </select>
  </label>
)

const ColumnChoice = ({ query }: Pick<Props, 'query'>) => {
  const chosen = new Set(query.columns.split(',').filter(key => key !== ''))
  const toggle = (key: string) => {
    const columns = chosen.has(key) ? [...chosen].filter(other => other !== key) : [...chosen, key]
    replace({ _tag: 'Runs', query: { ...query, columns: columns.join(',') } })
  }
  return (
    <details className="columns">
      <summary>Columns</summary>
      <fieldset>
        <legend>Further columns</legend>
        {otherColumns.map(column => {
          const key = sortKey(column)
          return (
            <label key={key} title={column.columns[0]?.description}>
              <input type="checkbox" checked={chosen.has(key)} onChange={() => toggle(key)} />
              {column.title}
            </label>
          )
        })}
      </fieldset>
    </details>
  )
}

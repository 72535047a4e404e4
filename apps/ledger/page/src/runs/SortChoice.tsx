import { Menu } from '../Menu.tsx'
import type { TableQuery } from '../Route.ts'
import { fieldsOf, otherColumns, sortOf, titleOf, usefulColumns } from './RunColumn.ts'

interface Props {
  readonly query: TableQuery
  readonly onQuery: (query: TableQuery) => void
}

/** Sorts runs where a phone has no room for the headers of the columns. */
export const SortChoice = ({ query, onQuery }: Props) => {
  const { sort, order, columns } = query
  const shown = [...usefulColumns, ...otherColumns.filter(({ id }) => columns.includes(id))]
  return (
    <div className="sort-choice">
      <Menu
        title="Sort"
        note={`${titleOf(sortOf(query))} ${order === 'ascending' ? '↑' : '↓'}`}
        isActive={sort !== ''}
      >
        <fieldset>
          <legend>Sorted by</legend>
          {[...new Set(['', 'id', ...shown.flatMap(fieldsOf)])].map(id => (
            <label key={id}>
              <input
                type="radio"
                name="sort"
                checked={sort === id}
                onChange={() => onQuery({ ...query, sort: id, order: id === '' ? '' : order })}
              />
              <span>{id === '' ? 'the newest first' : titleOf(id)}</span>
            </label>
          ))}
        </fieldset>
        {sort !== '' && (
          <label>
            <input
              type="checkbox"
              checked={order === 'ascending'}
              onChange={({ target }) => onQuery({ ...query, order: target.checked ? 'ascending' : '' })}
            />
            <span>ascending</span>
          </label>
        )}
      </Menu>
    </div>
  )
}

interface Props {
  readonly title: string
  readonly kind: string
  readonly sorted: false | 'asc' | 'desc'
  readonly onSort: (order: '' | 'ascending' | 'descending') => void
}

/** The header of a column: a button that sorts down, then up, then not at all. */
export const ColumnHead = ({ title, kind, sorted, onSort }: Props) => {
  const next = sorted === false ? 'descending' : sorted === 'desc' ? 'ascending' : ''
  return (
    <th
      scope="col"
      className={kind}
      aria-sort={sorted === false ? undefined : sorted === 'asc' ? 'ascending' : 'descending'}
    >
      <button type="button" className="sort" onClick={() => onSort(next)}>
        {title}
        <span aria-hidden="true">{sorted === false ? '' : sorted === 'asc' ? ' ↑' : ' ↓'}</span>
      </button>
    </th>
  )
}

interface Props {
  readonly title: string
  /** The field that the column is sorted by, where it shows several. */
  readonly by?: string | undefined
  readonly kind: string
  readonly sorted: false | 'asc' | 'desc'
  readonly onSort: (order: '' | 'ascending' | 'descending') => void
}

/** The header of a column: a button that sorts down, then up, then not at all. */
export const ColumnHead = ({ title, by, kind, sorted, onSort }: Props) => {
  const next = sorted === false ? 'descending' : sorted === 'desc' ? 'ascending' : ''
  return (
    <th
      scope="col"
      className={kind}
      aria-sort={sorted === false ? undefined : sorted === 'asc' ? 'ascending' : 'descending'}
    >
      <button
        type="button"
        className="sort"
        title={by === undefined ? undefined : `Sorts by ${by}. Add a column to sort by another field.`}
        onClick={() => onSort(next)}
      >
        {title}
        <span aria-hidden="true">{sorted === false ? '' : sorted === 'asc' ? ' ↑' : ' ↓'}</span>
      </button>
    </th>
  )
}

import { type Column, cell } from './Column.ts'
import { Brief } from './Brief.tsx'

/** What is the same in all records of a table, said once. */
export const Shared = ({
  columns,
  record,
}: {
  readonly columns: ReadonlyArray<Column>
  readonly record: unknown
}) =>
  columns.length === 0 ? null : (
    <p className="shared">
      The same in all:{' '}
      {columns.map(column => (
        <span key={column.path.join('.')} title={column.description}>
          {column.title} <Brief view={column.view} value={cell(record, column)} />
        </span>
      ))}
    </p>
  )

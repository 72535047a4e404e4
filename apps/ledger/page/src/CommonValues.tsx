import { type Column, cell } from './Column.ts'
import { CellValue } from './CellValue.tsx'

/** The values that all records of a table have in common. */
export const CommonValues = ({
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
          {column.title} <CellValue view={column.view} value={cell(record, column)} />
        </span>
      ))}
    </p>
  )

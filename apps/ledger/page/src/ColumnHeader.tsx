import type { Column } from './Column.ts'

/** The header of a column. */
export const ColumnHeader = ({ column: { path, title, description, view } }: { readonly column: Column }) => (
  <th scope="col" className={view.kind} title={[path.join('.'), description].filter(Boolean).join(': ')}>
    {title}
  </th>
)

import type { Column } from './Column.ts'

/** The head of a column. */
export const Title = ({ column: { path, title, description, view } }: { readonly column: Column }) => (
  <th scope="col" className={view.kind} title={[path.join('.'), description].filter(Boolean).join(': ')}>
    {title}
  </th>
)

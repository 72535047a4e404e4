import { CellValue } from './CellValue.tsx'
import * as Column from './Column.ts'
import { CommonValues } from './CommonValues.tsx'
import { ColumnHeader } from './ColumnHeader.tsx'
import type { View } from './View.ts'

interface Props {
  readonly view: View
  readonly value: unknown
}

/** A value in full. */
export const Value = ({ view, value }: Props) => {
  if (view.kind === 'record' && typeof value === 'object' && value !== null)
    return <RecordFields fields={view.fields} record={value} />
  if (view.kind === 'list' && Array.isArray(value) && value.length > 0)
    return view.item.kind === 'record' ? (
      <Items fields={view.item.fields} items={value} />
    ) : (
      <ul>
        {value.map((item, index) => (
          <li key={index}>
            <Value view={view.item} value={item} />
          </li>
        ))}
      </ul>
    )
  if (Array.isArray(value) && value.length === 0) return <span className="none">none</span>
  return <CellValue view={view} value={value} />
}

type Fields = Extract<View, { readonly kind: 'record' }>['fields']

/** A record as a list of its fields; unknown keys come last. */
export const RecordFields = ({ fields, record }: { readonly fields: Fields; readonly record: object }) => {
  const named = new Set(fields.map(({ key }) => key))
  const unknown = Object.keys(record).filter(key => !named.has(key))
  const get = (key: string): unknown => (record as Record<string, unknown>)[key]
  return (
    <dl className="sheet">
      {fields.map(({ key, title, description, view }) => (
        <div key={key}>
          <dt title={[key, description].filter(Boolean).join(': ')}>{title}</dt>
          <dd>
            <Value view={view} value={Object.hasOwn(record, key) ? get(key) : undefined} />
          </dd>
        </div>
      ))}
      {unknown.map(key => (
        <div key={`unknown ${key}`}>
          <dt title="This key is not in the contract.">{key} *</dt>
          <dd>
            <code>{JSON.stringify(get(key))}</code>
          </dd>
        </div>
      ))}
    </dl>
  )
}

const Items = ({ fields, items }: { readonly fields: Fields; readonly items: ReadonlyArray<unknown> }) => {
  const { telling, shared } = Column.split(Column.of(fields), items)
  return (
    <>
      <div className="scroll">
        <table>
          <thead>
            <tr>
              {telling.map(column => (
                <ColumnHeader key={column.path.join('.')} column={column} />
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item, index) => (
              <tr key={index}>
                {telling.map(column => (
                  <td key={column.path.join('.')} className={column.view.kind} data-title={column.title}>
                    <CellValue view={column.view} value={Column.cell(item, column)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <CommonValues columns={shared} record={items[0]} />
    </>
  )
}

import { escapeUnprintable } from '@finetune-kit/codec'
import { missingDecimals } from '@finetune-kit/report'
import type { CSSProperties } from 'react'
import { CellValue, cellText } from './CellValue.tsx'
import * as Column from './Column.ts'
import { CommonValues } from './CommonValues.tsx'
import { ColumnHeader } from './ColumnHeader.tsx'
import { Ends } from './Ends.tsx'
import { useLimit } from './useLimit.tsx'
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
      <List view={view.item} items={value} />
    )
  if (Array.isArray(value) && value.length === 0) return <span className="none">none</span>
  if (view.kind === 'any' && isMap(value)) return <MapFields map={value} />
  return <CellValue view={view} value={value} />
}

type Primitive = string | number | boolean | null

/** True for an object of texts and numbers, as metadata is. */
const isMap = (value: unknown): value is Readonly<Record<string, Primitive>> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const items = Object.values(value)
  return items.length > 0 && items.every(item => typeof item !== 'object' || item === null)
}

const MapFields = ({ map }: { readonly map: Readonly<Record<string, Primitive>> }) => {
  const entries = Object.entries(map)
  const [limit, more] = useLimit(entries.length, 50)
  return (
    <>
      <dl className="sheet">
        {entries.slice(0, limit).map(([key, value]) => (
          <div key={key}>
            <dt>{escapeUnprintable(key, 200)}</dt>
            <dd>
              <CellValue view={{ kind: 'any' }} value={value} />
            </dd>
          </div>
        ))}
      </dl>
      {more}
    </>
  )
}

const List = ({ view, items }: { readonly view: View; readonly items: ReadonlyArray<unknown> }) => {
  const [limit, more] = useLimit(items.length, 50)
  return (
    <>
      <ul>
        {items.slice(0, limit).map((item, index) => (
          <li key={index}>
            <Value view={view} value={item} />
          </li>
        ))}
      </ul>
      {more}
    </>
  )
}

type Fields = Extract<View, { readonly kind: 'record' }>['fields']

interface FieldsProps {
  readonly fields: Fields
  readonly record: object
  /** Leaves out the names of fields that the record lacks. */
  readonly isBrief?: boolean
}

/** A record as a list of its fields; unknown keys come last, as there may be any number. */
export const RecordFields = ({ fields, record, isBrief = false }: FieldsProps) => {
  const named = new Set(fields.map(({ key }) => key))
  const present = fields.filter(({ key }) => Object.hasOwn(record, key))
  const absent = fields.filter(({ key }) => !Object.hasOwn(record, key))
  const unknown = Object.keys(record).filter(key => !named.has(key))
  const [limit, more] = useLimit(unknown.length, 50)
  const get = (key: string): unknown => (record as Record<string, unknown>)[key]
  return (
    <>
      <dl className="sheet">
        {present.map(({ key, title, description, view }) => (
          <div key={key}>
            <dt title={[key, description].filter(Boolean).join(': ')}>{title}</dt>
            <dd>
              <Value view={view} value={get(key)} />
            </dd>
          </div>
        ))}
        {unknown.slice(0, limit).map(key => (
          <div key={`unknown ${key}`}>
            <dt title="This key is not in the contract.">{escapeUnprintable(key, 200)} *</dt>
            <dd>
              <code>{escapeUnprintable(JSON.stringify(get(key)) ?? '', 20_000)}</code>
            </dd>
          </div>
        ))}
        {!isBrief && absent.length > 0 && (
          <div className="absent">
            <dt>Not in the record</dt>
            <dd>{absent.map(({ title }) => title).join(', ')}</dd>
          </div>
        )}
      </dl>
      {more}
    </>
  )
}

interface ItemsProps {
  readonly fields: Fields
  readonly items: ReadonlyArray<unknown>
  /** The number of items that are shown at first, and more on request. Default: 50. */
  readonly step?: number
}

/** Records of one kind as a table, with the columns that differ. */
export const Items = ({ fields, items, step = 50 }: ItemsProps) => {
  const { telling, shared } = Column.split(Column.of(fields), items)
  const [limit, more] = useLimit(items.length, step)
  const shown = items.slice(0, limit)
  const rests = telling.map(column =>
    column.view.kind === 'number'
      ? missingDecimals(shown.map(item => cellText(column.view, Column.cell(item, column))))
      : [],
  )
  return (
    <>
      <div className="scroll" tabIndex={0} role="group" aria-label="Table of items">
        <table className="items">
          <thead>
            <tr>
              {telling.map(column => (
                <ColumnHeader key={column.path.join('.')} column={column} />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((item, index) => (
              <tr key={index}>
                {telling.map((column, i) => (
                  <ItemCell
                    key={column.path.join('.')}
                    column={column}
                    value={Column.cell(item, column)}
                    rest={rests[i]?.[index]}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more}
      <CommonValues columns={shared} record={items[0]} />
    </>
  )
}

interface ItemCellProps {
  readonly column: Column.Column
  readonly value: unknown
  /** The decimals that a number lacks. */
  readonly rest: string | undefined
}

const ItemCell = ({ column: { view, title }, value, rest }: ItemCellProps) =>
  view.kind === 'text' && !view.known && typeof value === 'string' && /^\S+$/u.test(value) ? (
    <NameCell title={title} text={cellText(view, value)} />
  ) : (
    <td className={view.kind} data-title={title} data-rest={rest === '' ? undefined : rest}>
      <CellValue view={view} value={value} />
    </td>
  )

/** An id or a name in one line: as wide as it is where there is room, or without its middle. */
const NameCell = ({ title, text }: { readonly title: string; readonly text: string }) => (
  <td
    className="name"
    data-title={title}
    title={text}
    style={{ '--length': Array.from(text).length } as CSSProperties}
  >
    <span>
      <Ends text={text} tail={12} />
    </span>
  </td>
)

import * as Column from './Column.ts'
import { Shared } from './Shared.tsx'
import { Title } from './Title.tsx'
import type { View } from './View.ts'

interface Props {
  readonly view: View
  readonly value: unknown
}

/** A value in at most a few words, for a cell of a table. */
export const Brief = ({ view, value }: Props) => {
  if (value === undefined) return <span className="none">–</span>
  if (value === null) return <span className="none">null</span>
  if (view.kind === 'time' && typeof value === 'number') return <Moment seconds={value} />
  if (view.kind === 'number' && typeof value === 'number') return <Quantity value={value} unit={view.unit} />
  if (view.kind === 'text' && typeof value === 'string')
    return view.known ? <State word={value} /> : <span title={value}>{value}</span>
  if (Array.isArray(value)) return <>{value.length}</>
  return <code>{JSON.stringify(value)}</code>
}

/** A value in full. */
export const Value = ({ view, value }: Props) => {
  if (view.kind === 'record' && typeof value === 'object' && value !== null)
    return <Sheet fields={view.fields} record={value} />
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
  return <Brief view={view} value={value} />
}

type Fields = Extract<View, { readonly kind: 'record' }>['fields']

/** A record as a list of its fields, those that its codec does not know at the end. */
export const Sheet = ({ fields, record }: { readonly fields: Fields; readonly record: object }) => {
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
                <Title key={column.path.join('.')} column={column} />
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item, index) => (
              <tr key={index}>
                {telling.map(column => (
                  <td key={column.path.join('.')} className={column.view.kind} data-title={column.title}>
                    <Brief view={column.view} value={Column.cell(item, column)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Shared columns={shared} record={items[0]} />
    </>
  )
}

const minutes = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

/** A moment as the reader's own calendar says it; the raw seconds are its title. */
export const Moment = ({ seconds }: { readonly seconds: number }) => {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? (
    <span>{seconds}</span>
  ) : (
    <time dateTime={date.toISOString()} title={`${seconds} seconds since 1970`}>
      {minutes.format(date)}
    </time>
  )
}

const Quantity = ({ value, unit }: { readonly value: number; readonly unit: string | undefined }) => (
  <span title={unit === undefined ? undefined : `${value} ${unit}`}>
    {unit === 'bytes' ? bytes(value) : value.toLocaleString(undefined, { maximumSignificantDigits: 12 })}
    {unit === undefined || unit === 'bytes' ? '' : ` ${unit}`}
  </span>
)

const bytes = (count: number): string =>
  count < 1000
    ? `${count} B`
    : count < 1_000_000
      ? `${(count / 1000).toFixed(1)} kB`
      : `${(count / 1_000_000).toFixed(1)} MB`

/** A word of an open set: where something stands. */
export const State = ({ word }: { readonly word: string }) => (
  <span className="state" data-state={word}>
    {word}
  </span>
)

/** An amount of US dollars. */
export const dollars = (amount: number | null): string => (amount === null ? '' : `$${amount.toFixed(2)}`)

import type { View } from './View.ts'

interface Props {
  readonly view: View
  readonly value: unknown
}

/** A value in a few words, for a table cell. */
export const CellValue = ({ view, value }: Props) => {
  if (value === undefined) return <span className="none">–</span>
  if (value === null) return <span className="none">null</span>
  if (view.kind === 'time' && typeof value === 'number') return <Moment seconds={value} />
  if (view.kind === 'number' && typeof value === 'number') return <Quantity value={value} unit={view.unit} />
  if (view.kind === 'text' && typeof value === 'string')
    return view.known ? <State word={value} /> : <span title={value}>{value}</span>
  if (Array.isArray(value)) return <>{value.length}</>
  return <code>{JSON.stringify(value)}</code>
}

const calendar = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

/** A moment in the reader's own calendar; the raw seconds are its title. */
export const Moment = ({ seconds }: { readonly seconds: number }) => {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? (
    <span>{seconds}</span>
  ) : (
    <time dateTime={date.toISOString()} title={`${seconds} seconds since 1970`}>
      {calendar.format(date)}
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

/** A word of an open enumeration, as a badge. */
export const State = ({ word }: { readonly word: string }) => (
  <span className="state" data-state={word}>
    {word}
  </span>
)

/** An amount of US dollars. */
export const dollars = (amount: number | null): string => (amount === null ? '' : `$${amount.toFixed(2)}`)

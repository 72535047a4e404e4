import { escapeUnprintable } from '@finetune-kit/codec'
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
    return view.known ? <State word={value} /> : <Text text={value} />
  if (Array.isArray(value)) return <>{value.length}</>
  return <code>{escapeUnprintable(JSON.stringify(value), maxText)}</code>
}

const calendar = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

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
  <span title={unit === undefined ? String(value) : `${value} ${unit}`}>{quantity(value, unit)}</span>
)

/** A number as people read it, with its unit. */
export const quantity = (value: number, unit: string | undefined): string => {
  if (unit === 'bytes') return bytes(value)
  if (unit === 'seconds') return duration(value)
  if (unit === 'US dollars') return `$${value.toFixed(2)}`
  const text = Number.isInteger(value)
    ? value.toLocaleString()
    : value.toLocaleString(undefined, { maximumSignificantDigits: 5 })
  return unit === undefined ? text : `${text} ${unit}`
}

const duration = (seconds: number): string => {
  const [days, hours, minutes, rest] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ]
  if (days > 0) return `${days} d ${hours} h`
  if (hours > 0) return `${hours} h ${minutes} min`
  return minutes > 0 ? `${minutes} min ${rest} s` : `${rest} s`
}

const bytes = (count: number): string =>
  count < 1000
    ? `${count} B`
    : count < 1_000_000
      ? `${(count / 1000).toFixed(1)} kB`
      : `${(count / 1_000_000).toFixed(1)} MB`

/** A word of an open enumeration, as a badge. */
export const State = ({ word }: { readonly word: string }) => (
  <span className="state" data-state={word}>
    {escapeUnprintable(word, 80)}
  </span>
)

/** The most characters of a text in a cell; the value in full is in the record. */
const maxText = 2000

/** A text of a record, with what would be invisible escaped. */
export const Text = ({ text }: { readonly text: string }) => {
  const shown = escapeUnprintable(text, maxText)
  return <span title={shown.length > 30 ? shown : undefined}>{shown === '' ? '""' : shown}</span>
}

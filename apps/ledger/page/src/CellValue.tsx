import { escapeUnprintable } from '@finetune-kit/codec'
import { cellOf } from '@finetune-kit/diff/story'
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

/** A number as people read it, with its unit: as the command line writes it. */
export const quantity = (value: number, unit: string | undefined): string => {
  const text = cellOf(value, unit ?? null) ?? ''
  return unit === undefined || isInText.has(unit) ? text : `${text} ${unit}`
}

/** The units that stand in the text already. */
const isInText = new Set(['seconds', 'US dollars', 'bytes'])

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

import { escapeUnprintable } from '@finetune-kit/codec'
import { cellOf } from '@finetune-kit/diff/story'
import { Moment, momentText } from './Moment.tsx'
import type { View } from './View.ts'

interface Props {
  readonly view: View
  readonly value: unknown
}

/** A value in a few words, for a table cell. */
export const CellValue = ({ view, value }: Props) => {
  if (value === undefined || value === null)
    return <span className="none">{value === null ? 'null' : '–'}</span>
  if (view.kind === 'time' && typeof value === 'number') return <Moment seconds={value} isExact />
  if (view.kind === 'number' && typeof value === 'number') return <Quantity value={value} unit={view.unit} />
  if (view.kind === 'text' && typeof value === 'string')
    return view.known ? <State word={value} /> : <Text text={value} />
  if (Array.isArray(value)) return <>{value.length}</>
  // a number or a word, such as "auto"
  if (view.kind === 'any' && typeof value === 'string') return <Text text={value} />
  if (view.kind === 'any' && typeof value === 'number') return <>{quantity(value, undefined)}</>
  return <code>{escapeUnprintable(JSON.stringify(value), maxText)}</code>
}

/** The same as plain text. */
export const cellText = (view: View, value: unknown): string => {
  if (value === undefined || value === null) return value === null ? 'null' : '–'
  if (view.kind === 'time' && typeof value === 'number') return momentText(value)
  if (view.kind === 'number' && typeof value === 'number') return quantity(value, view.unit)
  if (view.kind === 'list' && Array.isArray(value))
    return value.length > 0 && value.every(item => typeof item === 'string')
      ? escapeUnprintable(value.join(', '), maxText)
      : String(value.length)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text === '' ? '""' : escapeUnprintable(text, maxText)
}

const Quantity = ({ value, unit }: { readonly value: number; readonly unit: string | undefined }) => (
  <span title={unit === undefined ? String(value) : `${value} ${unit}`}>{quantity(value, unit)}</span>
)

/** A number as people read it, with its unit: as the command line writes it. */
export const quantity = (value: number, unit: string | undefined): string => {
  const text = cellOf(value, unit ?? null) ?? ''
  if (unit === undefined || isInText.has(unit)) return text
  return `${text} ${value === 1 ? unit.replace(/s$/, '') : unit}`
}

/** The units that stand in the text already. */
const isInText = new Set(['seconds', 'US dollars', 'bytes'])

/** A word of an open enumeration, as a badge. */
export const State = ({ word, tone = word }: { readonly word: string; readonly tone?: string }) => (
  <span className="state" data-state={tone}>
    {escapeUnprintable(word, 80)}
  </span>
)

/** The most characters of a text in a cell; the value in full is in the record. */
const maxText = 600

/** A text of a record, with what would be invisible escaped. */
export const Text = ({ text }: { readonly text: string }) => {
  const shown = escapeUnprintable(text, maxText)
  return <span title={shown.length > 30 ? shown : undefined}>{shown === '' ? '""' : shown}</span>
}

import { truncate } from '@finetune-kit/codec/compile'
import { number, timestamp } from './humanize.ts'

/** The most characters of a text that are shown. */
export const maxShown = 160

/**
 * Draws a value on one line: numbers with their unit, times as dates, all else as JSON, cut with an
 * ellipsis.
 */
export const drawValue = (value: unknown, unit?: string): string => truncate(drawWhole(value, unit), maxShown)

/** The most characters of what a service says: the end of a reason tells what to do. */
const maxSaid = 1000

/** Draws the words of a service on one line. */
export const drawText = (text: string): string => truncate(drawWhole(text, undefined), maxSaid)

/** Draws two values of one path. Long texts begin shortly before they differ. */
export const drawBoth = (was: unknown, value: unknown, unit?: string): readonly [string, string] => {
  const a = drawWhole(was, unit)
  const b = drawWhole(value, unit)
  if (Math.max(a.length, b.length) <= maxShown) return [a, b]
  let same = 0
  while (same < a.length && a[same] === b[same]) same++
  const from = Math.max(0, same - 20)
  const part = (text: string) => truncate(from === 0 ? text : `…${text.slice(from)}`, maxShown)
  return [part(a), part(b)]
}

/** Draws all of a value on one line, however long. */
export const drawWhole = (value: unknown, unit: string | undefined): string => {
  if (typeof value === 'number') {
    if (Object.is(value, -0)) return '-0'
    if (unit === 'Unix seconds') return timestamp(value)
    return unit === undefined ? String(value) : `${number(value)} ${unit}`
  }
  try {
    return JSON.stringify(value) ?? (value === undefined ? 'missing' : `a ${typeof value}`)
  } catch {
    // too deep for the stack, cyclic, or holding a bigint
    return 'a value that cannot be shown'
  }
}

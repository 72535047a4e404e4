import { escapeForLog } from './internal/escapeForLog.ts'
import { highlight, type MarkedText } from './internal/highlight.ts'
import { redact } from './redact.ts'
import type { TextOptions } from './RenderOptions.ts'
import type { Row } from './sideBySide.ts'

export interface ColumnOptions extends TextOptions {
  /** Characters of a line. Default: 100. */
  readonly width?: number
}

/**
 * Draws rows in two columns for a terminal, each below its name. Lines begin with `|` if the sides
 * differ, `<` or `>` if one side alone has the line, and `=` if both are equal. Words that differ
 * are in `{-…-}` and `{+…+}`, or in colours.
 */
export const sideBySideText = (rows: ReadonlyArray<Row>, options: ColumnOptions = {}): string => {
  const half = Math.max(8, Math.floor(((options.width ?? 100) - 5) / 2))
  return (options.redacted === true ? redact(rows) : rows)
    .map(({ label, left, right }) => {
      const [a, b] = highlight(left, right)
      const as = lines(a, half, markOf(a, '-', options))
      const bs = lines(b, half, markOf(b, '+', options))
      const sign = left === null ? '>' : right === null ? '<' : left === right ? '=' : '|'
      const empty = ' '.repeat(half)
      const body = Array.from({ length: Math.max(as.length, bs.length) }, (_, i) =>
        `${sign} ${as[i] ?? empty} | ${bs[i] ?? ''}`.trimEnd(),
      )
      return `${escapeForLog(label)}\n${body.join('\n')}`
    })
    .join('\n')
}

/** Draws rows as a unified diff: `-` left, `+` right, ` ` both. */
export const unifiedText = (rows: ReadonlyArray<Row>, options: TextOptions = {}): string =>
  (options.redacted === true ? redact(rows) : rows)
    .flatMap(({ label, left, right }) => {
      const name = escapeForLog(label)
      if (left === right) return [`  ${name}: ${escapeForLog(left ?? '')}`]
      const [a, b] = highlight(left, right)
      const sides = [
        left === null ? null : `- ${name}: ${draw(a, markOf(a, '-', options))}`,
        right === null ? null : `+ ${name}: ${draw(b, markOf(b, '+', options))}`,
      ]
      return sides.filter(side => side !== null)
    })
    .join('\n')

/** A way to mark text, and the characters that it adds. */
interface Mark {
  readonly of: (text: string) => string
  readonly width: number
}

const markOf = (
  parts: ReadonlyArray<MarkedText>,
  sign: '-' | '+',
  { colours = false }: TextOptions,
): Mark => {
  if (colours) return { of: text => `\u001b[${sign === '-' ? 31 : 32}m${text}\u001b[0m`, width: 0 }
  // marks around a whole side are noise: the row says it
  if (parts.length < 2) return { of: text => text, width: 0 }
  return { of: text => `{${sign}${text}${sign}}`, width: 4 }
}

const draw = (parts: ReadonlyArray<MarkedText>, mark: Mark): string =>
  parts.map(({ text, isMarked }) => (isMarked ? mark.of(text) : text)).join('')

/** Cuts text into lines of one width, each padded with spaces. Takes time linear in the text. */
const lines = (parts: ReadonlyArray<MarkedText>, width: number, mark: Mark): ReadonlyArray<string> => {
  const done: Array<string> = []
  let line = ''
  let room = width
  for (const { text, isMarked } of parts) {
    const extra = isMarked ? mark.width : 0
    const characters = Array.from(text)
    for (let next = 0; next < characters.length; ) {
      if (room <= extra) {
        done.push(line + ' '.repeat(room))
        line = ''
        room = width
      }
      const taken = characters.slice(next, next + room - extra)
      next += taken.length
      line += isMarked ? mark.of(taken.join('')) : taken.join('')
      room -= taken.length + extra
    }
  }
  if (line !== '') done.push(line + ' '.repeat(room))
  return done
}

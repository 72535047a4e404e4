import { escapeForLog } from './internal/escapeForLog.ts'
import { highlight, type MarkedText } from './internal/highlight.ts'
import { redact } from './redact.ts'
import type { TextOptions } from './RenderOptions.ts'
import type { Row } from './sideBySide.ts'

export interface ColumnOptions extends TextOptions {
  /** How many characters a line has; 100 unless told. */
  readonly width?: number
}

/**
 * Rows in two columns for a terminal, below the name of their line. Lines begin with what they are: `|` another on
 * each side, `<` on the left alone, `>` on the right alone, `=` the same. Words that differ stand in `{-…-}` and
 * `{+…+}`, or in colours.
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

/** Rows one below the other, as a unified diff: `-` the left, `+` the right, ` ` both. */
export const unifiedText = (rows: ReadonlyArray<Row>, options: TextOptions = {}): string =>
  (options.redacted === true ? redact(rows) : rows)
    .flatMap(({ label, left, right }) => {
      const name = escapeForLog(label)
      if (left === right) return [`  ${name}: ${escapeForLog(left ?? '')}`]
      const [a, b] = highlight(left, right)
      const sides = [
        left === null ? null : `- ${name}: ${drawn(a, markOf(a, '-', options))}`,
        right === null ? null : `+ ${name}: ${drawn(b, markOf(b, '+', options))}`,
      ]
      return sides.filter(side => side !== null)
    })
    .join('\n')

/** How a piece is marked, and how many characters that takes. */
interface Mark {
  readonly of: (text: string) => string
  readonly width: number
}

const markOf = (
  pieces: ReadonlyArray<MarkedText>,
  sign: '-' | '+',
  { colours = false }: TextOptions,
): Mark => {
  if (colours) return { of: text => `\u001b[${sign === '-' ? 31 : 32}m${text}\u001b[0m`, width: 0 }
  // marks around a whole side would say nothing: the row does
  if (pieces.length < 2) return { of: text => text, width: 0 }
  return { of: text => `{${sign}${text}${sign}}`, width: 4 }
}

const drawn = (pieces: ReadonlyArray<MarkedText>, mark: Mark): string =>
  pieces.map(({ text, isMarked }) => (isMarked ? mark.of(text) : text)).join('')

/** The pieces cut into lines of one width, each filled up with spaces. */
const lines = (pieces: ReadonlyArray<MarkedText>, width: number, mark: Mark): ReadonlyArray<string> => {
  const done: Array<string> = []
  let line = ''
  let room = width
  for (const { text, isMarked } of pieces) {
    const extra = isMarked ? mark.width : 0
    let rest = Array.from(text)
    while (rest.length > 0) {
      if (room <= extra) {
        done.push(line + ' '.repeat(room))
        line = ''
        room = width
      }
      const taken = rest.slice(0, room - extra).join('')
      rest = rest.slice(room - extra)
      line += isMarked ? mark.of(taken) : taken
      room -= Array.from(taken).length + extra
    }
  }
  if (line !== '') done.push(line + ' '.repeat(room))
  return done
}

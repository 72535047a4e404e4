import { escapeForLog } from '../internal/escapeForLog.ts'
import type { Change } from './narrative/RunChange.ts'
import { redact } from '../redact.ts'
import type { TextOptions } from '../RenderOptions.ts'
import { type Piece, type Sentence, sentence } from './changeSentence.ts'

/**
 * Draws changes for a terminal or a log, one line each: `+` added, `-` removed, `~` changed, `>`
 * moved, `!` failed. No text of a record can control the terminal.
 *
 * @example
 * const changes = Change.of(t.type({ status: t.string }))({ status: 'pending' }, { status: 'running' })
 * changeText(changes) // => ~ status: "pending" → "running"
 */
export const changeText = (changes: ReadonlyArray<Change>, options: TextOptions = {}): string => {
  if (changes.length === 0) return 'nothing changed'
  const paint =
    options.colours === true ? (code: number, text: string) => `\u001b[${code}m${text}\u001b[0m` : plain
  return (options.redacted === true ? redact(changes) : changes)
    .map(change => {
      const { sign, pieces } = sentence(change)
      return `${paint(signColour[sign], sign)} ${pieces.map(piece => draw(piece, paint)).join('')}`
    })
    .join('\n')
}

const plain = (_: number, text: string): string => text

const red = 31
const green = 32
const yellow = 33
const cyan = 36
const bold = 1

const signColour: { readonly [S in Sentence['sign']]: number } = {
  '+': green,
  '-': red,
  '~': yellow,
  '>': cyan,
  '!': red,
}

const draw = (piece: Piece, paint: (code: number, text: string) => string): string => {
  if (typeof piece === 'string') return piece
  if ('name' in piece) return paint(bold, escapeForLog(piece.name))
  if ('was' in piece) return paint(red, escapeForLog(piece.was))
  return 'now' in piece ? paint(green, escapeForLog(piece.now)) : escapeForLog(piece.value)
}

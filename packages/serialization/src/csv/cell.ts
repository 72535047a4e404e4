import type { EncodeError } from '@finetune-kit/codec'
import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { defaultLimits } from '../Format.ts'
import { encodeJson } from '../json/encodeJson.ts'
import { jsonDecoder } from '../json/jsonDecoder.ts'

/** The values of a column: only texts (and null), or any. */
export type Kind = 'text' | 'value'

/**
 * The value that a cell stands for; `undefined` is an absent key. The grammar of cells, first match
 * wins:
 *
 * | the cell                                        | stands for               |
 * |-------------------------------------------------|--------------------------|
 * | nothing                                         | an absent key            |
 * | `'` and a text                                  | that text, as it is      |
 * | `null`                                          | null                     |
 * | a JSON string, in its quotes                    | that string              |
 * | in a column of values: any other JSON           | that value               |
 * | everything else                                 | itself, as a text        |
 */
export const readCell = (cell: string, kind: Kind, maxDepth: number = defaultLimits.maxDepth): unknown => {
  if (cell === '') return undefined
  if (cell.startsWith("'")) return cell.slice(1)
  if (cell === 'null') return null
  if (!(kind === 'text' ? /^"/ : /^["[{tf\d-]/).test(cell)) return cell
  const json = decodeJson(cell, { ...defaultLimits, maxDepth })
  return E.isLeft(json) ? cell : json.right
}

const decodeJson = jsonDecoder(t.unknown, 'JSON')

/**
 * The cell for a value. A text that would be read as something else, or that a spreadsheet would
 * run as a formula, gets a `'` in front, which spreadsheets take for "this is text";
 * {@link readCell} takes it off again.
 */
export const writeCell = (value: unknown, kind: Kind): E.Either<EncodeError, string> => {
  if (value === undefined) return E.right('')
  if (typeof value !== 'string') return encodeJson(value)
  // UTF-8 has no lone surrogates, JSON has escapes for them
  if (!value.isWellFormed()) return E.right(JSON.stringify(value))
  return E.right(isFormula(value) || readCell(value, kind) !== value ? `'${value}` : value)
}

/**
 * True if two cells stand for the same value; another program may have quoted one again.
 */
export const isSame = (a: string, b: string, kind: Kind): boolean =>
  a === b || plain(a, kind) === plain(b, kind)

const plain = (cell: string, kind: Kind): string =>
  E.getOrElse(() => cell)(writeCell(readCell(cell, kind), kind))

/**
 * OWASP, "CSV Injection": cells that begin with = + - @, also full-width, a tab or a line end; also
 * after spaces and controls.
 */
const isFormula = (text: string): boolean => /^[\s\p{C}]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text)

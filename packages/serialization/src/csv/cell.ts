import type { EncodeError } from '@finetune-kit/codec'
import { isFormula } from '@finetune-kit/codec/compile'
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
 * | the cell                                          | stands for         |
 * |---------------------------------------------------|--------------------|
 * | nothing                                           | an absent key      |
 * | `'` and a text that {@link writeCell} marks so    | that text          |
 * | `null`                                            | null               |
 * | a JSON string with a lone surrogate               | that string        |
 * | in a column of values: any other JSON but strings | that value         |
 * | everything else                                   | itself, as a text  |
 */
export const readCell = (cell: string, kind: Kind, maxDepth: number = defaultLimits.maxDepth): unknown => {
  if (!cell.startsWith("'")) return readUnmarked(cell, kind, maxDepth)
  const text = cell.replace(/^'+/, '')
  return needsMark(text, kind, maxDepth) ? cell.slice(1) : cell
}

const readUnmarked = (cell: string, kind: Kind, maxDepth: number): unknown => {
  if (cell === '') return undefined
  if (cell === 'null') return null
  if (!(kind === 'text' ? /^"/ : /^["[{tf\d-]/).test(cell)) return cell
  const json = decodeJson(cell, { ...defaultLimits, maxDepth })
  if (E.isLeft(json)) return cell
  return typeof json.right !== 'string' || !json.right.isWellFormed() ? json.right : cell
}

/** True if a text without leading `'` would be read as another value, or run as a formula. */
const needsMark = (text: string, kind: Kind, maxDepth: number): boolean =>
  isFormula(text) || readUnmarked(text, kind, maxDepth) !== text

/** True for a JSON number that a double does not hold exactly. */
export const isInexact = (cell: string): boolean =>
  /^-?\d/.test(cell) &&
  typeof readUnmarked(cell, 'value', 1) === 'number' &&
  E.isLeft(decodeJson(cell, { ...defaultLimits, strict: true }))

const decodeJson = jsonDecoder(t.unknown, 'JSON')

/**
 * The cell for a value. A text that would be read as another value, or that a spreadsheet would run
 * as a formula, gets a `'` in front, which spreadsheets take for "this is text"; {@link readCell}
 * removes it.
 */
export const writeCell = (value: unknown, kind: Kind): E.Either<EncodeError, string> => {
  if (value === undefined) return E.right('')
  if (typeof value !== 'string') return encodeJson(value)
  // UTF-8 has no lone surrogates, JSON has escapes for them
  if (!value.isWellFormed()) return E.right(JSON.stringify(value))
  return E.right(isFormula(value) || readCell(value, kind) !== value ? `'${value}` : value)
}

/** True if two cells stand for the same value: another program may have written one again. */
export const isSame = (a: string, b: string, kind: Kind): boolean =>
  a === b || plain(a, kind) === plain(b, kind)

const plain = (cell: string, kind: Kind): string =>
  E.getOrElse(() => cell)(writeCell(readCell(cell, kind), kind))

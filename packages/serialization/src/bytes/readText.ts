import { type Malformed, malformed, type Position } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import { positionAt } from './positions.ts'
import { textOf, wholeCharacters } from './utf8.ts'

/** The bytes of a text: all, or the first of `size`. */
export interface Found {
  readonly bytes: Uint8Array
  readonly size: number
  readonly at: Position
}

export interface Text {
  readonly text: string
  readonly at: Position
}

/**
 * The decoded text and its position after a byte order mark; or the first byte that is not UTF-8.
 */
export const readText = (format: string, max: number, found: Found): E.Either<Malformed, Text> =>
  E.map(({ text, at }: Text) => withoutMark(text, at))(readRawText(format, max, found))

/** As {@link readText}, for a text in which a byte order mark is a character like others. */
export const readRawText = (
  format: string,
  max: number,
  { bytes, size, at }: Found,
): E.Either<Malformed, Text> => {
  if (size > max) return E.left(malformed(format, `a record longer than ${max} bytes`, at))
  const text = textOf(bytes)
  if (text !== undefined) return E.right({ text, at })
  const good = textOf(bytes.subarray(0, wholeCharacters(bytes))) as string
  return E.left(malformed(format, 'not UTF-8', positionAt(good, good.length, at)))
}

/**
 * Removes a mark. RFC 8259 §8.1: "MAY ignore the presence of a byte order mark rather than treating
 * it as an error".
 */
export const withoutMark = (text: string, at: Position): Text =>
  text.charCodeAt(0) === 0xfeff ? { text: text.slice(1), at: { ...at, offset: at.offset + 3 } } : { text, at }

import { truncate } from './internal/truncate.ts'

/**
 * Escapes what would rewrite or break a line: control, bidirectional and other format characters,
 * and lone surrogates. At most `length` characters, if given, whatever the size of the text.
 *
 * @example
 * escapeUnprintable('\u001b[31mred') // => '\\u001b[31mred'
 */
export const escapeUnprintable = (text: string, length = Number.POSITIVE_INFINITY): string =>
  // cut before, so that a huge text costs nothing, and after, because escapes are longer
  truncate(truncate(text, length).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escapeOf), length)

const escapeOf = (character: string): string => {
  const code = (character.codePointAt(0) as number).toString(16)
  return character.length === 1 ? `\\u${code.padStart(4, '0')}` : `\\u{${code}}`
}

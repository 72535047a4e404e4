import { annotate, type DecodeError, malformed } from '@finetune-kit/codec'
import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { utf8Length } from '@finetune-kit/codec/compile'

/**
 * RFC 6901, JavaScript Object Notation (JSON) Pointer. Laws: `parse(print(tokens)) =
 * right(tokens)`, and `print` restores every text that `parse` accepts.
 */

/**
 * The unescaped reference tokens of a pointer, from the root down. Without tokens: the whole
 * document.
 */
export type Tokens = ReadonlyArray<string>

/**
 * Parses a pointer into its tokens. The error has the position at which the text is no pointer.
 *
 * @example
 * JsonPointer.parse('/events/4/a~1b') // => either.right(['events', '4', 'a/b'])
 */
export const parse = (pointer: string): E.Either<DecodeError, Tokens> => {
  if (pointer === '') return E.right([])
  if (typeof pointer !== 'string') return failAt('', 0, 'a pointer is a text')
  // "a sequence of zero or more reference tokens, each prefixed by a '/'"
  if (!pointer.startsWith('/')) return failAt(pointer, 0, 'a pointer is empty or begins with "/"')
  const tokens = pointer.slice(1).split('/')
  // "an instance of '~' that is not followed by '0' or '1'" is an error: tildes appear nowhere else
  const bad = pointer.search(/~(?![01])/)
  if (bad !== -1) return failAt(pointer, bad, '"~" is not followed by 0 or 1')
  return E.right(pointer.includes('~') ? tokens.map(unescape) : tokens)
}

/** A text that is a JSON Pointer. */
export const JsonPointer: t.Type<string> = annotate(
  t.refinement(t.string, text => E.isRight(parse(text)), 'JSON Pointer'),
  { description: 'The place of a value within a document.', source: 'RFC 6901' },
)

/** Prints tokens as a pointer. */
export const print = (tokens: Tokens): string => tokens.map(token => `/${escape(token)}`).join('')

/** Escapes one token: "'~' needs to be encoded as '~0' and '/' needs to be encoded as '~1'". */
export const escape = (token: string): string =>
  token.includes('~') || token.includes('/') ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token

// "first transforming any occurrence of the sequence '~1' to '/', and then […] '~0' to '~'"
const unescape = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~')

const failAt = (text: string, index: number, reason: string): E.Either<DecodeError, never> => {
  const before = Array.from(text.slice(0, index))
  const offset = utf8Length(text.slice(0, index))
  return E.left(malformed('JSON Pointer', reason, { offset, line: 1, column: before.length + 1 }))
}

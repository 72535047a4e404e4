import { Lexer } from 'yaml'
import { hasManyBrackets } from '../json/depth.ts'
import type { Flaw } from './valueOf.ts'

/** §5.4: "b-carriage-return" is a line break of its own; the library takes it for text. */
export const strayReturnIn = (text: string): Flaw | undefined => {
  const at = text.search(/\r(?!\n)/)
  return at === -1 ? undefined : { at, reason: 'a carriage return without a line feed' }
}

/** Checks the nesting by tokens, before the library builds a tree, which takes far more memory. */
export const tooDeepIn = (text: string, maxDepth: number): Flaw | undefined => {
  if (!hasManyBrackets(text, maxDepth)) return undefined
  let at = 0
  let depth = 0
  let isText = false
  for (const token of new Lexer().lex(text)) {
    const isMark = !isText && marks.has(token)
    if (!isText && (token === '[' || token === '{') && ++depth > maxDepth)
      return { at, reason: `nested more than ${maxDepth} levels deep` }
    if (!isText && (token === ']' || token === '}')) depth--
    if (isMark && token !== textFollows) depth = 0
    isText = token === textFollows && !isText
    if (!isMark) at += token.length
  }
  return undefined
}

/**
 * Tokens without characters in the text: the start of a document, and the end of an unclosed list.
 */
const textFollows = '\u001f'
const marks = new Set(['\u0002', '\u0018', textFollows])

import { Lexer } from 'yaml'
import { hasManyBrackets } from '../internal/depth.ts'
import type { Flaw } from './valueOf.ts'

/** What the library would do harm by, or would not see: asked before it builds a tree of the text, which takes forty times as much memory. */
export const flawOf = (text: string, maxDepth: number): Flaw | undefined => {
  const at = text.search(/\r(?!\n)/)
  // §5.4: "b-carriage-return" is a line break of its own, which to the library is part of a text
  if (at !== -1) return { at, reason: 'a carriage return without a line feed' }
  return hasManyBrackets(text, maxDepth) ? tooDeepIn(text, maxDepth) : undefined
}

const tooDeepIn = (text: string, maxDepth: number): Flaw | undefined => {
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

/** Tokens that stand for no characters of the text: where a document begins, and where a list ends that was never closed. */
const textFollows = '\u001f'
const marks = new Set(['\u0002', '\u0018', textFollows])

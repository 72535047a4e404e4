import { Lexer } from 'yaml'
import type { ReaderOptions } from '../Format.ts'
import { hasManyBrackets } from '../json/depth.ts'
import { nestedTooDeep } from '../json/walkJson.ts'
import type { Flaw } from './valueOf.ts'

/** §5.4: "b-carriage-return" is a line break of its own; the library takes it for text. */
export const strayReturnIn = (text: string): Flaw | undefined => {
  const at = text.search(/\r(?!\n)/)
  return at === -1
    ? undefined
    : { at, reason: 'a carriage return without a line feed. End each line with a line feed' }
}

export type YamlLimits = Required<Pick<ReaderOptions, 'maxDepth' | 'maxRecordBytes'>>

/**
 * The deepest nesting that is read. The library is recursive, and V8 may abort where it overflows
 * the stack.
 */
export const maxLevels = 500

/** The memory that the library takes for a token of a document, at most about six times this. */
const tokenBytes = 128

/** The token limit is never lower than this. */
const fewTokens = 1000

/**
 * The first place of a document that exceeds a limit. Counts nesting and tokens before the library
 * builds a tree, which takes far more memory.
 */
export const excessIn = (text: string, { maxDepth, maxRecordBytes }: YamlLimits): Flaw | undefined => {
  const deepest = Math.min(maxDepth, maxLevels)
  const most = Math.max(fewTokens, Math.ceil(maxRecordBytes / tokenBytes))
  const mayBeDeep = hasManyBrackets(text, deepest) || hasLongIndent(text, deepest)
  if (!mayBeDeep && text.length <= most) return undefined
  const nesting = nestingCounter()
  let at = 0
  let count = 0
  for (const token of new Lexer().lex(text)) {
    if (nesting(token, at) > deepest) return { at, reason: nestedTooDeep(deepest) }
    if (marks.has(token)) continue
    if (++count > most) return { at, reason: `more than ${most} tokens in a document` }
    at += token.length
  }
  return undefined
}

/** Cheap, with false alarms: each level of block nesting starts at a column of its own. */
const hasLongIndent = (text: string, columns: number): boolean =>
  text.length > columns && new RegExp(`^[ \\t?:-]{${columns}}`, 'm').test(text)

/** Counts the lists and objects around a token: those of the block style by their columns. */
const nestingCounter = () => {
  let blocks: Array<number> = [] // the columns of lists and objects, as `enter` writes them
  let flow = 0
  let lineStart = 0
  let node: number | undefined // the column of a node that may turn out to be a key
  let isText = false

  /** A list may stand at the column of the key that it belongs to. */
  const enter = (column: number, isList: boolean): void => {
    const block = 2 * column + (isList ? 1 : 0)
    while ((blocks.at(-1) ?? -1) > block) blocks.pop()
    if (blocks.at(-1) !== block) blocks.push(block)
    node = undefined
  }
  const count = (token: string, at: number): void => {
    if (token === '[' || token === '{') flow++
    else if (token === ']' || token === '}') flow--
    else if (flow > 0) return
    else if (token === '-' || token === '?') enter(at - lineStart, token === '-')
    else if (token === ':') enter(node ?? at - lineStart, false)
    else if (/\S/.test(token[0] ?? ' ')) node ??= at - lineStart
  }

  return (token: string, at: number): number => {
    if (!isText && marks.has(token)) {
      if (token !== textFollows) flow = 0
      if (token === documentStart) blocks = []
    } else {
      if (isText) node ??= at - lineStart
      else count(token, at)
      const feed = token.lastIndexOf('\n')
      if (feed !== -1) {
        lineStart = at + feed + 1
        node = undefined
      }
    }
    isText = token === textFollows && !isText
    return blocks.length + Math.max(0, flow)
  }
}

/**
 * Tokens without characters in the text: the start of a document, and the end of an unclosed list.
 */
const textFollows = '\u001f'
const documentStart = '\u0002'
const marks = new Set([documentStart, '\u0018', textFollows])

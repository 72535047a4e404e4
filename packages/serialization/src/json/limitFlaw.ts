import { hasManyBrackets } from './depth.ts'
import type { Flaw } from './jsonTokens.ts'
import { type Rules, walkJson } from './walkJson.ts'

/**
 * The flaw of a JSON text that exceeds a limit, found without building anything: ask before
 * `JSON.parse` makes much of a long text. Undefined if it is within the limits.
 */
export const limitFlaw = (text: string, rules: Rules): Flaw | undefined =>
  mayExceed(text, rules) && exceeds(text, rules) ? walkJson(text, rules) : undefined

/** Cheap, with false alarms. Each value takes a character, and another one before or after it. */
const mayExceed = (text: string, { maxDepth, maxValues }: Rules): boolean =>
  text.length >= 2 * maxValues || hasManyBrackets(text, maxDepth)

/** Counts values and levels. Of a text that is not JSON, the answer is true or false. */
const exceeds = (text: string, { maxDepth, maxValues }: Rules): boolean => {
  let depth = 0
  let values = 1
  let isOpened = false
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at)
    if (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) continue
    const isCloser = (c | 0x20) === 0x7d
    if (isOpened && !isCloser) values++
    isOpened = (c | 0x20) === 0x7b
    if (c === 0x22) at = endOfString(text, at)
    else if (c === 0x2c) values++
    else if (isOpened) depth++
    else if (isCloser) depth--
    if (values > maxValues || depth > maxDepth) return true
  }
  return false
}

/** The index of the closing quote; the length of the text if there is none. */
const endOfString = (text: string, start: number): number => {
  let at = start + 1
  for (; at < text.length; at++) {
    const c = text.charCodeAt(at)
    if (c === 0x22) break
    if (c === 0x5c) at++
  }
  return at
}

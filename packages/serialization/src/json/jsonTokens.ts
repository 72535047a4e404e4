import { found, foundValue } from './found.ts'
import { numberLoss } from './numberLoss.ts'

/**
 * The position at which a text stops being JSON, and the reason. `first` is the other position
 * involved.
 */
export interface Flaw {
  readonly at: number
  readonly reason: string
  readonly first?: number
}

/** The index of the next character that is no white space. */
export const space = (text: string, at: number): number => {
  for (;;) {
    const c = text.charCodeAt(at)
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return at
    at++
  }
}

/** The index after the string, number or word that starts here. */
export const scalar = (text: string, at: number, strict: boolean): number | Flaw => {
  const c = text[at] ?? ''
  if (c === '"') return string(text, at)
  for (const word of ['true', 'false', 'null']) if (text.startsWith(word, at)) return at + word.length
  if (c === '-' || isDigit(text, at)) return number(text, at, strict)
  return { at, reason: `expected a value, found ${foundValue(text, at)}` }
}

/** The index after the string that starts here. */
export const string = (text: string, start: number): number | Flaw => {
  for (let at = start + 1; ; at++) {
    const c = text.charCodeAt(at)
    if (c === 0x22) return at + 1
    if (Number.isNaN(c)) return { at, reason: 'the text ends inside a string', first: start }
    if (c < 0x20) return { at, reason: `${found(text, at)} must be escaped in a string` }
    if (c !== 0x5c) continue
    at++
    if (text[at] === 'u') {
      if (!/^[0-9a-fA-F]{4}$/.test(text.slice(at + 1, at + 5)))
        return { at: at - 1, reason: 'expected four hexadecimal digits after \\u' }
      at += 4
    } else if (at < text.length && !'"\\/bfnrt'.includes(text[at] as string))
      return { at: at - 1, reason: `no such escape in a string: \\ before ${found(text, at)}` }
  }
}

const isDigit = (text: string, at: number): boolean => {
  const c = text.charCodeAt(at)
  return c >= 0x30 && c <= 0x39
}

const digits = (text: string, at: number): number => {
  while (isDigit(text, at)) at++
  return at
}

const number = (text: string, start: number, strict: boolean): number | Flaw => {
  if (text.startsWith('-Infinity', start))
    return { at: start, reason: `expected a value, found ${foundValue(text, start)}` }
  let at = start + (text[start] === '-' ? 1 : 0)
  const missing = () =>
    isDigit(text, at) ? undefined : { at, reason: `expected a digit, found ${found(text, at)}` }
  const first = missing()
  if (first !== undefined) return first
  at = text[at] === '0' ? at + 1 : digits(text, at)
  if (text[at] === '.') {
    at++
    const none = missing()
    if (none !== undefined) return none
    at = digits(text, at)
  }
  if (text[at] === 'e' || text[at] === 'E') {
    at++
    if (text[at] === '+' || text[at] === '-') at++
    const none = missing()
    if (none !== undefined) return none
    at = digits(text, at)
  }
  const reason = strict ? numberLoss(text.slice(start, at)) : undefined
  return reason === undefined ? at : { at: start, reason }
}

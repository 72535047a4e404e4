import { textAt } from './utf8.ts'

/** Decodes a range of bytes; `undefined` if they are not UTF-8. */
export type StringCache = (bytes: Uint8Array, from: number, to: number) => string | undefined

/** Longer texts are ids and sentences, which hardly recur. */
const longest = 24

/**
 * Decodes recurring texts, such as keys and status words: looking one up among the last `slots` (a
 * power of two) is cheaper than decoding it, and shares its memory.
 */
export const stringCache = (slots: number): StringCache => {
  const seen = Array.from({ length: slots }, () => '')
  return (bytes, from, to) => {
    const n = to - from
    if (n > longest || n === 0) return textAt(bytes, from, to)
    const first = bytes[from] as number
    const last = bytes[to - 1] as number
    const slot = (n + 5 * first + 3 * last + 7 * (bytes[from + (n >> 1)] as number)) & (slots - 1)
    const before = seen[slot] as string
    if (before.length === n && isThere(before, bytes, from)) return before
    const text = textAt(bytes, from, to)
    // as many characters as bytes: it is ASCII, whose characters are bytes
    if (text?.length === n) seen[slot] = text
    return text
  }
}

const isThere = (text: string, bytes: Uint8Array, at: number): boolean => {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[at + i]) return false
  return true
}

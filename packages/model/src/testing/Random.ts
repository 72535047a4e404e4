/** A source of numbers that a seed makes reproducible. */
export interface Random {
  /** Returns an integer from `low` to `high`, both included. */
  readonly int: (low: number, high: number) => number
  /** Returns true with this probability. */
  readonly chance: (probability: number) => boolean
  /** Returns this many letters and digits. */
  readonly word: (length: number) => string
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Mulberry32: 32 bits of state, good enough for a sample, and short. */
export const seeded = (seed: number): Random => {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let n = Math.imul(state ^ (state >>> 15), 1 | state)
    n = (n + Math.imul(n ^ (n >>> 7), 61 | n)) ^ n
    return ((n ^ (n >>> 14)) >>> 0) / 2 ** 32
  }
  const int: Random['int'] = (low, high) => low + Math.floor(next() * (high - low + 1))
  return {
    int,
    chance: probability => next() < probability,
    word: length => Array.from({ length }, () => alphabet[int(0, alphabet.length - 1)]).join(''),
  }
}

/** A seed from a text, such as an id: the same text gives the same. */
export const seedOf = (text: string): number =>
  Array.from(text).reduce((n, letter) => (n * 31 + (letter.codePointAt(0) ?? 0)) | 0, 7)

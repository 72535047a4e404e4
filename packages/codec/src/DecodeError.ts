/** A place in a text: `offset` in bytes from 0, `line` and `column` (in characters) from 1. */
export interface Position {
  readonly offset: number
  readonly line: number
  readonly column: number
  /** Of an input that is several tables: the one that the place is in, unless that is the main one. */
  readonly table?: string
}

/** The text is not of its format at all: where it stops being so, and why. */
export interface Malformed extends Position {
  readonly _tag: 'Malformed'
  /** The name of the format, as people write it: `"JSON"`. */
  readonly format: string
  readonly reason: string
  /** Where the other thing stands that it takes to be wrong: the first of two keys, the quote that nothing closes. */
  readonly first?: Position
}

/** One thing that is wrong with a value. */
export interface Issue {
  /** The keys from the root to the field, without io-ts's numbers of union and intersection members. */
  readonly path: ReadonlyArray<string | number>
  /** What should be there, in words: `"integer"`, `"string or null"`. */
  readonly expected: string
  /** What is there; `undefined` when the key is absent. */
  readonly actual: unknown
  /** What the codec's author wrote for this failure, instead of the usual sentence. */
  readonly message?: string
  /** Where the field stands, when the value was read from a text. */
  readonly position?: Position
}

/** The value is not what the codec describes: at least one issue, at most {@link maxIssues}. */
export interface Invalid {
  readonly _tag: 'Invalid'
  readonly issues: ReadonlyArray<Issue>
  /** How many more issues there were. */
  readonly more: number
}

/** Why something could not be decoded. A plain sum: `switch` on `_tag`, or hand it to `draw`. */
export type DecodeError = Malformed | Invalid

/** How many issues an error holds at most. */
export const maxIssues = 100

export const malformed = (format: string, reason: string, at: Position): Malformed => ({
  _tag: 'Malformed',
  format,
  reason,
  ...at,
})

export const invalid = (issues: ReadonlyArray<Issue>): Invalid => ({
  _tag: 'Invalid',
  issues: issues.slice(0, maxIssues),
  more: Math.max(0, issues.length - maxIssues),
})

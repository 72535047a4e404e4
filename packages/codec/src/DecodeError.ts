/** A position in a text: `offset` in bytes from 0, `line` and `column` (in characters) from 1. */
export interface Position {
  readonly offset: number
  readonly line: number
  readonly column: number
  /** The table of the position, for an input of several tables; absent for the main table. */
  readonly table?: string
}

/** The text is not in its format: where, and why. */
export interface Malformed extends Position {
  readonly _tag: 'Malformed'
  /** The name of the format, as people write it: `"JSON"`. */
  readonly format: string
  readonly reason: string
  /**
   * The other position involved: the first of two duplicate keys, or an opening quote that is never
   * closed.
   */
  readonly first?: Position
  /** The number of the record in its input, from 1, where that has no lines. */
  readonly record?: number
  /** True if the input is binary: line and column mean nothing, and the reason names the byte. */
  readonly isBinary?: true
}

/**
 * The position of an error in a text; undefined in binary data and in a record that has a number,
 * where line and column mean nothing.
 */
export const positionOf = ({
  offset,
  line,
  column,
  table,
  record,
  isBinary,
}: Malformed): Position | undefined =>
  record !== undefined || isBinary === true
    ? undefined
    : { offset, line, column, ...(table === undefined ? {} : { table }) }

/** One thing that is wrong with a value. */
export interface Issue {
  /**
   * The keys from the root to the field, without io-ts's indexes of union and intersection members.
   */
  readonly path: ReadonlyArray<string | number>
  /** The expected type, in words: `"integer"`, `"string or null"`. */
  readonly expected: string
  /** The value found; `undefined` when the key is absent. */
  readonly actual: unknown
  /** The message of the codec's author for this failure, in place of the usual sentence. */
  readonly message?: string
  /** The position of the field, when the value was read from a text. */
  readonly position?: Position
}

/** The value does not match its codec: at least one issue, at most {@link maxIssues}. */
export interface Invalid {
  readonly _tag: 'Invalid'
  readonly issues: ReadonlyArray<Issue>
  /**
   * A lower bound of the number of further issues: decoding stops soon after {@link maxIssues}.
   * 0 if there are none.
   */
  readonly more: number
  /** The number of the record in its input, from 1, where that has no lines. */
  readonly record?: number
}

/** The reason that a value could not be decoded: `switch` on `_tag`, or pass it to `draw`. */
export type DecodeError = Malformed | Invalid

/** The largest number of issues that an error holds. */
export const maxIssues = 100

export const malformed = (format: string, reason: string, at: Position): Malformed => ({
  _tag: 'Malformed',
  format,
  reason,
  ...at,
})

export const invalid = (issues: ReadonlyArray<Issue>): Invalid => ({
  _tag: 'Invalid',
  issues: issues.length <= maxIssues ? issues : issues.slice(0, maxIssues),
  more: Math.max(0, issues.length - maxIssues),
})

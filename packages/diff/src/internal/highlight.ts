import { escapeForLog } from './escapeForLog.ts'
import { type WordRun, wordDiff } from './wordDiff.ts'

/** Text of a line, escaped, and true if the other side does not have it. */
export interface MarkedText {
  readonly text: string
  readonly isMarked: boolean
}

/** Marks the words that differ on both sides of a row; a missing side is empty. */
export const highlight = (
  left: string | null,
  right: string | null,
): readonly [ReadonlyArray<MarkedText>, ReadonlyArray<MarkedText>] => {
  if (left === null || right === null || left === right)
    return [plain(left, left !== right), plain(right, left !== right)]
  // escaped as a whole: a word may end in the middle of what must be escaped
  const [a, b] = wordDiff(escapeForLog(left), escapeForLog(right))
  return [a.map(toMarked), b.map(toMarked)]
}

const plain = (text: string | null, isMarked: boolean): ReadonlyArray<MarkedText> =>
  text === null ? [] : [{ text: escapeForLog(text), isMarked }]

const toMarked = ({ text, isOwn }: WordRun): MarkedText => ({ text, isMarked: isOwn })

import { escapeForLog } from './escapeForLog.ts'
import { type WordRun, wordDiff } from './wordDiff.ts'

/** A piece of a line, as it may be shown, and whether it is marked: the other side does not have it. */
export interface MarkedText {
  readonly text: string
  readonly isMarked: boolean
}

/** What stands on both sides of a row, with marks on what differs; a side that is missing is empty. */
export const highlight = (
  left: string | null,
  right: string | null,
): readonly [ReadonlyArray<MarkedText>, ReadonlyArray<MarkedText>] => {
  if (left === null || right === null || left === right)
    return [plain(left, left !== right), plain(right, left !== right)]
  // made inert as a whole: a piece may end in the middle of what has to be
  const [a, b] = wordDiff(escapeForLog(left), escapeForLog(right))
  return [a.map(pieceOf), b.map(pieceOf)]
}

const plain = (text: string | null, isMarked: boolean): ReadonlyArray<MarkedText> =>
  text === null ? [] : [{ text: escapeForLog(text), isMarked }]

const pieceOf = ({ text, isOwn }: WordRun): MarkedText => ({ text, isMarked: isOwn })

import { escapeForLog } from './escapeForLog.ts'
import { type Part, wordDiff } from './wordDiff.ts'

/** A piece of a line, as it may be shown, and whether it is marked: the other side does not have it. */
export interface Piece {
  readonly text: string
  readonly isMarked: boolean
}

/** What stands on both sides of a row, with marks on what differs; a side that is missing is empty. */
export const highlight = (
  left: string | null,
  right: string | null,
): readonly [ReadonlyArray<Piece>, ReadonlyArray<Piece>] => {
  if (left === null || right === null || left === right)
    return [plain(left, left !== right), plain(right, left !== right)]
  // made inert as a whole: a piece may end in the middle of what has to be
  const [a, b] = wordDiff(escapeForLog(left), escapeForLog(right))
  return [a.map(pieceOf), b.map(pieceOf)]
}

const plain = (text: string | null, isMarked: boolean): ReadonlyArray<Piece> =>
  text === null ? [] : [{ text: escapeForLog(text), isMarked }]

const pieceOf = ({ text, isOwn }: Part): Piece => ({ text, isMarked: isOwn })

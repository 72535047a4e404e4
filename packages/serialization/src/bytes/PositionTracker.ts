import type { Position } from '@finetune-kit/codec'
import { indexOf, isAscii } from './byteSearch.ts'

/**
 * Positions in a chunked input. Ask for indexes of the current chunk in ascending order, and call
 * {@link PositionTracker.next} after each chunk. Lines end with LF, CR LF or CR; a column is a
 * character.
 */
export interface PositionTracker {
  readonly at: (piece: Uint8Array, index: number) => Position
  readonly next: (piece: Uint8Array) => void
}

export const positionTracker = (): PositionTracker => {
  let before = 0 // bytes of the chunks before this one
  let to = 0 // lines and columns are counted up to here in this chunk
  let line = 1
  let column = 1
  let afterCR = false
  let plain: Uint8Array | undefined // the chunk, if each of its bytes is a character, and none a CR
  let feed = 0 // the next line feed of such a chunk

  const count = (piece: Uint8Array, index: number): void => {
    if (to === 0 && plain !== piece && !afterCR && isAscii(piece) && indexOf(piece, 0x0d, 0) === -1) {
      plain = piece
      feed = indexOf(piece, 0x0a, 0)
    }
    if (plain !== piece) {
      countEach(piece, index)
      return
    }
    while (feed !== -1 && feed < index) {
      line++
      column = 1
      to = feed + 1
      feed = indexOf(piece, 0x0a, to)
    }
    column += index - to
    to = index
  }

  const countEach = (piece: Uint8Array, index: number): void => {
    for (; to < index; to++) {
      const c = piece[to] as number
      if (c === 0x0a || c === 0x0d) {
        if (c === 0x0d || !afterCR) line++
        column = 1
        afterCR = c === 0x0d
        continue
      }
      afterCR = false
      // continuation bytes and a byte order mark take no column
      if ((c & 0xc0) !== 0x80 && !(c === 0xef && before + to === 0)) column++
    }
  }

  return {
    at: (piece, index) => {
      count(piece, index)
      return { offset: before + index, line, column }
    },
    next: piece => {
      count(piece, piece.length)
      before += piece.length
      to = 0
      plain = undefined
    },
  }
}

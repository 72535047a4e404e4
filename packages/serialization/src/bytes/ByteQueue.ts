/**
 * A queue of bytes: chunks are appended, and bytes are taken from the front without copying at each
 * chunk.
 */
export interface ByteQueue {
  /** The bytes not yet taken. Valid until the next call. */
  readonly bytes: Uint8Array
  /** Their offset in the input. */
  readonly offset: number
  readonly add: (piece: Uint8Array) => void
  /** Removes the first bytes and returns a copy. */
  readonly take: (size: number) => Uint8Array
}

export const byteQueue = (): ByteQueue => {
  let buffer = new Uint8Array(0)
  let from = 0
  let to = 0
  let offset = 0
  return {
    get bytes() {
      return buffer.subarray(from, to)
    },
    get offset() {
      return offset
    },
    add: piece => {
      const size = to - from
      if (to + piece.length > buffer.length) {
        // twice what is needed: each byte of a growing record is copied a bounded number of times
        const larger =
          size + piece.length > buffer.length / 2 ? new Uint8Array(2 * (size + piece.length)) : buffer
        larger.set(buffer.subarray(from, to))
        buffer = larger
        from = 0
        to = size
      }
      buffer.set(piece, to)
      to += piece.length
    },
    take: size => {
      const taken = buffer.slice(from, from + size)
      from += size
      offset += size
      return taken
    },
  }
}

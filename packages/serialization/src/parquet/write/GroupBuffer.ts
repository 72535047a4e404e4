import { ByteWriter } from 'hyparquet-writer'
import { copyOf } from '../../bytes/utf8.ts'

/**
 * Holds a written row group while its bytes leave in chunks. One buffer serves all row groups: of
 * one for each, V8 would keep as many as the next full garbage collection takes to come.
 */
export interface GroupBuffer {
  /**
   * Writes the next row group, for which the buffer has to be empty.
   *
   * @param maxBytes - the most bytes that it takes
   * @param rows - its number of rows: the chunks leave during an eighth of as many
   */
  readonly write: (maxBytes: number, rows: number, write: (out: ByteWriter) => void) => void
  /** Takes the next chunk, without bytes if nothing is left. */
  readonly takeChunk: () => Uint8Array
  /** Takes all that is left. */
  readonly takeRest: () => Uint8Array
  /** Appends the end of the file, and takes all that is left without a copy. */
  readonly end: (parts: ReadonlyArray<Uint8Array>) => Uint8Array
}

export const groupBuffer = (): GroupBuffer => {
  let out = new ByteWriter(0)
  let taken = 0
  let chunkBytes = 0
  const take = (bytes: number): Uint8Array => {
    const end = Math.min(taken + bytes, out.index)
    const chunk = taken === end ? noBytes : copyOf(out.getBytes(), taken, end)
    taken = end
    return chunk
  }
  return {
    write: (maxBytes, rows, write) => {
      const { offset } = out
      // row groups are of about the same size
      if (out.buffer.byteLength < maxBytes) out = new ByteWriter(Math.ceil(maxBytes * slack))
      out.offset = offset
      out.index = 0
      taken = 0
      write(out)
      chunkBytes = Math.max(minChunk, Math.ceil((8 * out.index) / rows))
    },
    takeChunk: () => take(chunkBytes),
    takeRest: () => take(out.index),
    end: parts => {
      for (const part of parts) out.appendBytes(part)
      return out.getBytes().subarray(taken)
    },
  }
}

const noBytes: Uint8Array = new Uint8Array(0)
const minChunk = 1024
const slack = 9 / 8

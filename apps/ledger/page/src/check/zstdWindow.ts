/**
 * The largest window that a frame of Zstandard data asks for, in bytes (RFC 8878 §3.1.1). A decoder
 * allocates it before the first block: a frame of 14 bytes can ask for more memory than there is.
 */
export const largestWindow = (bytes: Uint8Array): number => {
  const numberAt = (at: number, length: number): number => {
    let value = 0
    for (let i = length - 1; i >= 0; i--) value = value * 256 + (bytes[at + i] ?? 0)
    return value
  }
  const endOfBlocks = (from: number): number => {
    let at = from
    for (let isLast = false; !isLast && at < bytes.length; ) {
      const block = numberAt(at, 3)
      isLast = (block & 1) === 1
      at += 3 + ((block & 6) === repeated ? 1 : block >>> 3)
    }
    return at
  }

  let largest = 0
  for (let at = 0; at < bytes.length; ) {
    const magic = numberAt(at, 4)
    if (magic >>> 4 === skippable) at += 8 + numberAt(at + 4, 4)
    else if (magic === frame) {
      const flags = numberAt(at + 4, 1)
      const isSingle = (flags & 0x20) !== 0
      const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6] as number
      const sizeAt = at + (isSingle ? 5 : 6) + ([0, 1, 2, 4][flags & 3] as number)
      const descriptor = numberAt(at + 5, 1)
      largest = Math.max(
        largest,
        isSingle ? numberAt(sizeAt, sizeBytes) : 2 ** (10 + (descriptor >> 3)) * (1 + (descriptor & 7) / 8),
      )
      at = endOfBlocks(sizeAt + sizeBytes) + ((flags & 4) === 0 ? 0 : checksumBytes)
    } else break
  }
  return largest
}

const frame = 0xfd2fb528
/** The magic numbers 0x184D2A50 to 0x184D2A5F. */
const skippable = 0x184d2a5
/** The type of a block that repeats one byte, as it stands in the block's header. */
const repeated = 2
const checksumBytes = 4
